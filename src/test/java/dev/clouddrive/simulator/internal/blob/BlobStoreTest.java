package dev.clouddrive.simulator.internal.blob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ref.PhantomReference;
import java.lang.ref.ReferenceQueue;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BlobStoreTest {
  private static final byte[] LARGE = new byte[300_000];

  @TempDir Path folder;

  private long files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.count();
    }
  }

  private static void collectGarbage() throws InterruptedException {
    ReferenceQueue<Object> queue = new ReferenceQueue<>();
    PhantomReference<Object> collected = new PhantomReference<>(new Object(), queue);
    while (queue.remove(50) == null) {
      System.gc();
    }
    assertThat(collected.refersTo(null)).isTrue();
  }

  @Test
  void aFileGoesWithItsContent() throws Exception {
    try (BlobStore blobs = new BlobStore(folder)) {
      blobs.of(LARGE);
      collectGarbage();
      Blob kept = blobs.of(LARGE);
      assertThat(files()).isEqualTo(1);
      assertThat(kept.size()).isEqualTo(LARGE.length);
    }
  }

  @Test
  void whatIsKeptOutlivesTheContentsThatStoodForIt() throws Exception {
    BlobStore blobs = new BlobStore(folder);
    blobs.of(LARGE);
    // One that is under way while the store is closed looks for files to remove when it ends.
    blobs.store(
        out -> {
          out.write(LARGE);
          blobs.close();
          try {
            collectGarbage();
          } catch (InterruptedException e) {
            throw new IOException(e);
          }
        });
    assertThat(files()).isEqualTo(2);
  }

  @Test
  void aClosedStoreTakesNothingLarge() throws Exception {
    BlobStore blobs = new BlobStore(folder);
    blobs.close();
    assertThatThrownBy(() -> blobs.of(LARGE)).isInstanceOf(UncheckedIOException.class);
    assertThat(files()).isZero();
  }
}
