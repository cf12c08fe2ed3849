package dev.clouddrive.simulator.junit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.platform.engine.OutputDirectoryCreator;
import org.junit.platform.engine.TestDescriptor;

/** Where JUnit puts the files that a test publishes. */
record FixedOutput(Path root) implements OutputDirectoryCreator {
  @Override
  public Path getRootDirectory() {
    return root;
  }

  @Override
  public Path createOutputDirectory(TestDescriptor test) throws IOException {
    return Files.createTempDirectory(root, "test");
  }
}
