package dev.clouddrive.simulator.internal.filestack.process;

import dev.clouddrive.simulator.internal.blob.Blob;

/**
 * A file that an engine has made and that others may go on with.
 *
 * @param standIn whether it only stands in for what a missing program would make
 */
public record MadeFile(Blob blob, String mimetype, String filename, boolean standIn)
    implements Artifact {

  public MadeFile(Blob blob, String mimetype, String filename) {
    this(blob, mimetype, filename, false);
  }

  @Override
  public Rendered render(Workbench bench) {
    return new Rendered(blob, mimetype, filename, standIn);
  }

  /** A name with another extension. */
  public static String renamed(String filename, String extension) {
    int dot = filename.lastIndexOf('.');
    return (dot <= 0 ? filename : filename.substring(0, dot)) + "." + extension;
  }
}
