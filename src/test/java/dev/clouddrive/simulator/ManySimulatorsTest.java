package dev.clouddrive.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.clouddrive.simulator.junit.CloudDriveTest;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.Assumptions;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.platform.testkit.engine.EngineTestKit;

/** Many simulators in one JVM, at once and one after the other. */
final class ManySimulatorsTest {
  private static final int AT_ONCE = 20;

  /** Where all meet: none goes on before all simulators run. */
  private static final CyclicBarrier ALL = new CyclicBarrier(AT_ONCE);

  private static final Queue<Integer> PORTS = new ConcurrentLinkedQueue<>();
  private static final Queue<String> HANDLES = new ConcurrentLinkedQueue<>();

  @CloudDriveTest(frozenAt = "2015-10-07T22:41:05Z")
  static class AtOnce {
    @RepeatedTest(AT_ONCE)
    void eachSeesItsOwnAlone(
        RepetitionInfo info,
        CloudDriveSimulator simulator,
        FilestackApp app,
        DriveAccount alice,
        WebhookReceiver receiver)
        throws Exception {
      int number = info.getCurrentRepetition();
      PORTS.add(simulator.port());
      meet();
      app.webhooks().subscribe(receiver, EventType.UPLOAD);
      alice.put("/own-" + number + ".txt", "content " + number);
      receiver.answer(number % 2 == 0 ? 503 : 200);
      meet();
      PickResult picked = app.pick(alice, "/own-" + number + ".txt");
      HANDLES.add(picked.file().handle());
      simulator.clock().advance(Duration.ofMinutes(number));
      meet();
      assertThat(simulator.clock().now())
          .isEqualTo(Instant.parse("2015-10-07T22:41:05Z").plusSeconds(60L * number));
      assertThat(alice.files().stream().filter(path -> path.startsWith("/own-")))
          .containsExactly("/own-" + number + ".txt");
      assertThat(new Http(simulator.baseUrl()).get("/" + picked.file().handle()).text())
          .isEqualTo("content " + number);
      boolean again = number % 2 == 0 && number >= 5;
      assertThat(simulator.deliveries().single().attempts()).hasSize(again ? 2 : 1);
      assertThat(receiver.received()).hasSize(again ? 2 : 1);
      meet();
      simulator.reset();
      assertThat(alice.files().stream().filter(path -> path.startsWith("/own-"))).isEmpty();
    }

    private static void meet() throws Exception {
      ALL.await(30, TimeUnit.SECONDS);
    }
  }

  @Test
  void twentyAtOnceDoNotSeeEachOther() {
    EngineTestKit.engine("junit-jupiter")
        .selectors(selectClass(AtOnce.class))
        .configurationParameter("junit.jupiter.execution.parallel.enabled", "true")
        .configurationParameter("junit.jupiter.execution.parallel.mode.default", "concurrent")
        .configurationParameter("junit.jupiter.execution.parallel.config.strategy", "fixed")
        .configurationParameter(
            "junit.jupiter.execution.parallel.config.fixed.parallelism", "" + AT_ONCE)
        .execute()
        .testEvents()
        .assertStatistics(statistics -> statistics.succeeded(AT_ONCE).failed(0));
    assertThat(Set.copyOf(PORTS)).hasSize(AT_ONCE);
    // The same world, seed and calls give the same ids, whatever the others do.
    assertThat(Set.copyOf(HANDLES)).hasSize(1);
  }

  @Test
  void aThousandStartsLeaveNothingBehind() throws Exception {
    Assumptions.assumeThat(ManagementFactory.getOperatingSystemMXBean())
        .as("open files are counted on Unix alone")
        .isInstanceOf(UnixOperatingSystemMXBean.class);
    List<Integer> ports = new ArrayList<>();
    startAndStop(50, ports);
    Footprint before = Footprint.now();
    startAndStop(1_000, ports);
    Footprint after = Footprint.now();
    assertThat(after.threads()).isLessThanOrEqualTo(before.threads() + 3);
    assertThat(after.openFiles()).isLessThanOrEqualTo(before.openFiles() + 10);
    assertThat(after.heapBytes()).isLessThan(before.heapBytes() + 5_000_000);
    for (int port : Set.copyOf(ports)) {
      assertThat(isOpen(port)).as("port " + port).isFalse();
    }
  }

  private static void startAndStop(int times, List<Integer> ports) {
    for (int i = 0; i < times; i++) {
      try (CloudDriveSimulator simulator = CloudDriveSimulator.start()) {
        ports.add(simulator.port());
        assertThat(simulator.app().pick(simulator.account(), "/Documents/notes.txt").filesFailed())
            .isEmpty();
      }
    }
  }

  private static boolean isOpen(int port) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (ConnectException e) {
      return false;
    }
  }

  private record Footprint(int threads, long openFiles, long heapBytes) {
    static Footprint now() {
      System.gc();
      Runtime runtime = Runtime.getRuntime();
      return new Footprint(
          ManagementFactory.getThreadMXBean().getThreadCount(),
          ((UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
              .getOpenFileDescriptorCount(),
          runtime.totalMemory() - runtime.freeMemory());
    }
  }
}
