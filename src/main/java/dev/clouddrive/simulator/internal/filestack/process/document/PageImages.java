package dev.clouddrive.simulator.internal.filestack.process.document;

import dev.clouddrive.simulator.internal.filestack.process.Artifact;
import dev.clouddrive.simulator.internal.filestack.process.MadeFile;
import dev.clouddrive.simulator.internal.filestack.process.Workbench;
import dev.clouddrive.simulator.internal.json.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The pages of a document as images. The vendor's answer has a URL of each (filestack-files.md
 * 5.4); here it is a {@code data:} URL, which needs no further call.
 */
record PageImages(String filename, List<MadeFile> pages) implements Artifact {
  private static final int MOST_BYTES = 32 * 1024 * 1024;

  PageImages {
    pages = List.copyOf(pages);
  }

  @Override
  public String mimetype() {
    return "application/json";
  }

  @Override
  public Rendered render(Workbench bench) throws IOException {
    List<Map<String, @Nullable Object>> list = new ArrayList<>();
    for (int i = 0; i < pages.size(); i++) {
      MadeFile page = pages.get(i);
      String base64 = Base64.getEncoder().encodeToString(page.blob().body().readAll(MOST_BYTES));
      list.add(
          Json.object(
              "page",
              i + 1,
              "mimetype",
              page.mimetype(),
              "url",
              "data:" + page.mimetype() + ";base64," + base64));
    }
    return new Rendered(
        bench.blobs().of(Json.bytes(Json.object("images", list))),
        mimetype(),
        MadeFile.renamed(filename, "json"));
  }
}
