package dev.clouddrive.simulator.internal.stub;

import com.github.tomakehurst.wiremock.common.BinaryFile;
import com.github.tomakehurst.wiremock.common.FileSource;
import com.github.tomakehurst.wiremock.common.TextFile;
import java.net.URI;
import java.util.List;

/**
 * Where no directory of stubs is named: WireMock's own default would read the host's {@code
 * src/test/resources}.
 */
final class NoFiles implements FileSource {
  private static final String WORDS = "there is no directory of stubs; start with --stubs";

  @Override
  public BinaryFile getBinaryFileNamed(String name) {
    throw new UnsupportedOperationException(WORDS);
  }

  @Override
  public TextFile getTextFileNamed(String name) {
    throw new UnsupportedOperationException(WORDS);
  }

  @Override
  public void createIfNecessary() {
    // There is nowhere to make it.
  }

  @Override
  public FileSource child(String subDirectoryName) {
    return this;
  }

  @Override
  public String getPath() {
    return "";
  }

  @Override
  public URI getUri() {
    return URI.create("memory:/");
  }

  @Override
  public List<TextFile> listFilesRecursively() {
    return List.of();
  }

  @Override
  public void writeTextFile(String name, String contents) {
    throw new UnsupportedOperationException(WORDS);
  }

  @Override
  public void writeBinaryFile(String name, byte[] contents) {
    throw new UnsupportedOperationException(WORDS);
  }

  @Override
  public boolean exists() {
    return false;
  }

  @Override
  public void deleteFile(String name) {
    // There is none.
  }
}
