package dev.clouddrive.simulator.internal.filestack.process;

import dev.clouddrive.simulator.internal.blob.Blob;
import java.io.IOException;

/** What a chain has made so far. */
public interface Artifact {

  /** The name, whose extension follows the type of what is made. */
  String filename();

  String mimetype();

  /** The content as a file. */
  Rendered render(Workbench bench) throws IOException;

  /**
   * A file that was made.
   *
   * @param standIn whether it only stands in for what a missing program would make
   */
  record Rendered(Blob blob, String mimetype, String filename, boolean standIn) {
    public Rendered(Blob blob, String mimetype, String filename) {
      this(blob, mimetype, filename, false);
    }
  }
}
