package dev.clouddrive.simulator.internal.media;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clouddrive.simulator.internal.blob.BlobStore;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class OfficeFactsTest {
  private static final String XML =
      "<?xml version=\"1.0\"?>%s<m xmlns:dc=\"http://purl.org/dc/elements/1.1/\">"
          + "<dc:title>Plan &amp; cost</dc:title><dc:creator>Zoë</dc:creator></m>";

  private static MediaFacts facts(String contentType, String entry, String xml) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry("mimetype"));
      zip.write(contentType.getBytes(StandardCharsets.US_ASCII));
      zip.putNextEntry(new ZipEntry(entry));
      zip.write(xml.getBytes(StandardCharsets.UTF_8));
    }
    try (BlobStore blobs = new BlobStore()) {
      return new MediaFacts(blobs.store(out -> out.write(bytes.toByteArray())), contentType);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document,docProps/core.xml",
    "application/vnd.oasis.opendocument.text,meta.xml"
  })
  void titleAndAuthorsAreRead(String contentType, String entry) throws IOException {
    assertThat(facts(contentType, entry, XML.formatted("")).document())
        .isEqualTo(Map.of("title", "Plan & cost", "authors", List.of("Zoë")));
  }

  @Test
  void aDocumentThatIsDamagedOrMeansHarmHasNoFacts() throws IOException {
    String type = "application/vnd.oasis.opendocument.text";
    String entity = "<!DOCTYPE m [<!ENTITY e SYSTEM \"file:///etc/passwd\">]>";
    assertThat(facts(type, "meta.xml", XML.formatted(entity).replace("Zoë", "&e;")).document())
        .isEmpty();
    assertThat(facts(type, "meta.xml", "<m><title>").document()).isEmpty();
    assertThat(facts(type, "other.xml", XML.formatted("")).document()).isEmpty();
  }
}
