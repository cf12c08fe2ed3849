package dev.clouddrive.simulator.internal.filestack.process;

import dev.clouddrive.simulator.internal.blob.Blob;
import java.io.IOException;
import java.io.InputStream;

/** Small valid files that stand in for what a program that isn't installed would make. */
public final class StandIns {
  private static final String FOLDER = "dev/clouddrive/simulator/stand-ins/";

  private StandIns() {}

  /**
   * @param extension of the kind of file
   * @throws ProcessException if there is none of that kind
   */
  public static Blob of(String extension, Workbench bench) throws IOException {
    String resource = FOLDER + "stand-in." + extension;
    try (InputStream in = StandIns.class.getClassLoader().getResourceAsStream(resource)) {
      if (in == null) {
        throw ProcessException.provider("there is no stand-in of the format " + extension);
      }
      return bench.blobs().of(in.readAllBytes());
    }
  }
}
