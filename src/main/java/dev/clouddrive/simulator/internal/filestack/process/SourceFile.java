package dev.clouddrive.simulator.internal.filestack.process;

import dev.clouddrive.simulator.internal.filestack.file.FileContent;
import java.io.IOException;

/** A source as it is, before any engine has looked into it. */
public record SourceFile(FileContent content) implements Artifact {
  @Override
  public String filename() {
    return content.filename();
  }

  @Override
  public String mimetype() {
    return content.mimetype();
  }

  @Override
  public Rendered render(Workbench bench) throws IOException {
    return new Rendered(bench.blobs().store(content.body()), mimetype(), filename());
  }
}
