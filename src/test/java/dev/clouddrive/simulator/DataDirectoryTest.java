package dev.clouddrive.simulator;

import static dev.clouddrive.simulator.assertions.SimulatorAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.ref.PhantomReference;
import java.lang.ref.ReferenceQueue;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A world that outlives its process ({@code --data}, simulator.md section 4). */
final class DataDirectoryTest {
  private static final String INSTANT = "2015-10-07T22:41:05Z";

  @TempDir Path data;

  private CloudDriveSimulator start() {
    return CloudDriveSimulator.builder().frozenAt(INSTANT).data(data).start();
  }

  private static String export(CloudDriveSimulator simulator) {
    return new Http(simulator.baseUrl()).get("/_simulator/api/world").text();
  }

  @Test
  void theNextRunGoesOnWhereThisOneEnds() {
    String before;
    try (CloudDriveSimulator simulator = start()) {
      simulator.app().webhooks().subscribe("http://127.0.0.1:9/hook", EventType.ALL);
      simulator.account().put("/large.bin", new byte[300_000]);
      simulator.account().put("/small.txt", "small");
      simulator.app().pick(simulator.account(), "/large.bin", "/small.txt");
      simulator.account().delete("/Documents/notes.txt");
      new Http(simulator.baseUrl()).post("/_simulator/api/clock/advance", "{\"by\":\"PT6M\"}");
      before = export(simulator);
    }
    try (CloudDriveSimulator simulator = start()) {
      assertThat(export(simulator)).isEqualTo(before);
      assertThat(simulator.account())
          .hasContent("/large.bin", new byte[300_000])
          .hasContent("/small.txt", "small")
          .hasNoFile("/Documents/notes.txt");
      simulator.clock().advance(Duration.ofHours(12));
      assertThat(simulator.deliveries()).hasSize(2);
      simulator
          .deliveries()
          .forEach(
              delivery ->
                  assertThat(delivery)
                      .isFailed()
                      .wasAttemptedAfter(
                          Duration.ZERO,
                          Duration.ofMinutes(5),
                          Duration.ofHours(1),
                          Duration.ofHours(12)));
      before = export(simulator);
    }
    try (CloudDriveSimulator simulator = start()) {
      assertThat(export(simulator)).isEqualTo(before);
      simulator.reset();
      assertThat(simulator.account()).hasNoFile("/large.bin").hasFile("/Documents/notes.txt");
    }
    try (CloudDriveSimulator simulator = start()) {
      assertThat(simulator.account()).hasNoFile("/large.bin");
    }
  }

  @Test
  void aContentThatTwoNameStaysUntilNeitherDoes() throws InterruptedException {
    String handle;
    try (CloudDriveSimulator simulator = start()) {
      simulator.account().put("/large.bin", new byte[300_000]);
      handle = simulator.app().pick(simulator.account(), "/large.bin").file().handle();
    }
    try (CloudDriveSimulator simulator = start()) {
      FilestackApp.SignedPolicy remove =
          simulator.app().sign("{\"expiry\":4102444800,\"call\":[\"remove\"]}");
      Http.Answer removed =
          new Http(simulator.baseUrl())
              .delete(
                  "/api/file/%s?key=%s&policy=%s&signature=%s"
                      .formatted(
                          handle, simulator.app().apikey(), remove.policy(), remove.signature()));
      assertThat(removed.status()).isEqualTo(200);
      collectGarbage();
      // What nobody needs goes when the next content is stored.
      simulator.account().put("/other.bin", new byte[400_000]);
      assertThat(simulator.account()).hasContent("/large.bin", new byte[300_000]);
    }
    try (CloudDriveSimulator simulator = start()) {
      assertThat(simulator.account())
          .hasContent("/large.bin", new byte[300_000])
          .hasContent("/other.bin", new byte[400_000]);
    }
  }

  /** Until what nobody refers to has been told of by its queue. */
  private static void collectGarbage() throws InterruptedException {
    ReferenceQueue<Object> queue = new ReferenceQueue<>();
    for (int i = 0; i < 3; i++) {
      PhantomReference<Object> collected = new PhantomReference<>(new Object(), queue);
      while (queue.remove(50) == null) {
        System.gc();
      }
      assertThat(collected.refersTo(null)).isTrue();
    }
  }

  @Test
  void aVideoWhoseWorkWentWithItsProcessFails() {
    String video;
    try (CloudDriveSimulator simulator = start()) {
      simulator.app().webhooks().subscribe("http://127.0.0.1:9/hook", EventType.ALL);
      Http http = new Http(simulator.baseUrl());
      http.control("PUT", "options", "{\"conversion.standIns\":true}");
      video =
          "/video_convert=preset:webm/"
              + simulator.app().pick(simulator.account(), "/Videos/kite.mp4").file().handle();
      assertThat(http.get(video).json().string("status")).isEqualTo("started");
    }
    try (CloudDriveSimulator simulator = start()) {
      Http http = new Http(simulator.baseUrl());
      assertThat(http.get(video).json().string("status")).isEqualTo("pending");
      simulator.clock().advance(Duration.ofMinutes(1));
      assertThat(http.get(video).json().string("status")).isEqualTo("failed");
      assertThat(simulator.deliveries()).single(EventType.VIDEO_CONVERSE).isPending();
    }
  }

  @Test
  void contentsThatNobodyNeedsAreRemoved() throws IOException {
    try (CloudDriveSimulator simulator = start()) {
      simulator.account().put("/large.bin", new byte[300_000]);
    }
    assertThat(contents()).isEqualTo(1 + sampleContents());
    try (CloudDriveSimulator simulator = start()) {
      simulator.account().delete("/large.bin");
    }
    start().close();
    // Those that are kept, and those that reset would go back to.
    assertThat(contents()).isEqualTo(2 * sampleContents());
  }

  private long contents() throws IOException {
    try (Stream<Path> files = Files.list(data.resolve("contents"))) {
      return files.count();
    }
  }

  /** The sample world's files that are too large for the heap. */
  private long sampleContents() {
    try (CloudDriveSimulator sample = CloudDriveSimulator.start()) {
      return sample.account().files().stream()
          .filter(path -> sample.account().read(path).orElseThrow().length > 128 * 1024)
          .count();
    }
  }

  @Test
  void whatIsNoDirectoryOfOursIsToldInAWord() throws IOException {
    Path store = data.resolve("world.mv");
    Files.writeString(store, "garbage");
    assertThatThrownBy(this::start)
        .isInstanceOf(SimulatorException.class)
        .hasMessageContaining("its world.mv is damaged; remove it, or take another directory");
    assertThatThrownBy(() -> CloudDriveSimulator.builder().data(store).start())
        .isInstanceOf(SimulatorException.class)
        .hasMessageContaining("there is a file of that name");
  }

  @Test
  void oneSimulatorAloneMayUseIt() {
    CloudDriveSimulator first = start();
    try {
      assertThatThrownBy(this::start)
          .isInstanceOf(SimulatorException.class)
          .hasMessageContaining("another simulator runs on it");
    } finally {
      first.close();
    }
  }
}
