package dev.clouddrive.simulator.internal.media;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * What an office document says of itself: the Dublin Core elements that Office Open XML (ECMA-376
 * part 2, 11) and OpenDocument (part 2, 4.3) both keep in one entry of their archive.
 */
final class OfficeFacts {
  private static final List<String> ENTRIES = List.of("docProps/core.xml", "meta.xml");
  private static final int LARGEST_ENTRY = 256 * 1024;

  private OfficeFacts() {}

  /** Whether documents of that type are archives of this kind. */
  static boolean know(String contentType) {
    return contentType.startsWith("application/vnd.openxmlformats-officedocument.")
        || contentType.startsWith("application/vnd.oasis.opendocument.");
  }

  /**
   * Title and authors, as far as they are there.
   *
   * @throws IOException if it is no archive that can be read
   */
  static Map<String, Object> of(InputStream content) throws IOException {
    try (BoundedArchive archive = new BoundedArchive(content)) {
      for (Optional<ZipEntry> entry = archive.next(); entry.isPresent(); entry = archive.next()) {
        if (ENTRIES.contains(entry.get().getName())) {
          return facts(archive.read(LARGEST_ENTRY));
        }
      }
      return Map.of();
    }
  }

  private static Map<String, Object> facts(byte[] xml) throws IOException {
    XMLInputFactory factory = XMLInputFactory.newInstance();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    Map<String, Object> facts = new LinkedHashMap<>();
    List<String> authors = new ArrayList<>();
    try {
      XMLStreamReader reader = factory.createXMLStreamReader(new ByteArrayInputStream(xml));
      while (reader.hasNext()) {
        if (reader.next() == XMLStreamConstants.START_ELEMENT) {
          switch (reader.getLocalName()) {
            case "title" -> facts.put("title", reader.getElementText());
            case "creator" -> authors.add(reader.getElementText());
            default -> {
              // The other elements have no place in a node.
            }
          }
        }
      }
    } catch (XMLStreamException e) {
      throw new IOException(e);
    }
    if (!authors.isEmpty()) {
      facts.put("authors", authors);
    }
    return facts;
  }
}
