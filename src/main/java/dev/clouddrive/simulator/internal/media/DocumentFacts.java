package dev.clouddrive.simulator.internal.media;

import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDDocumentInformation;

/** What a PDF says of itself; loaded only when one is met, because the library is optional. */
final class DocumentFacts {
  private DocumentFacts() {}

  /**
   * Title, authors and version, as far as they are there.
   *
   * @throws IOException if it is no PDF that can be read
   */
  static Map<String, Object> ofPdf(byte[] content) throws IOException {
    try (PDDocument document = Loader.loadPDF(content)) {
      Map<String, Object> facts = new LinkedHashMap<>();
      PDDocumentInformation information = document.getDocumentInformation();
      if (information.getTitle() != null) {
        facts.put("title", information.getTitle());
      }
      if (information.getAuthor() != null) {
        facts.put("authors", authors(information.getAuthor()));
      }
      facts.put("documentVersion", Float.toString(document.getVersion()));
      return facts;
    }
  }

  private static List<String> authors(String text) {
    return Arrays.stream(text.split("[,;]")).map(String::strip).toList();
  }
}
