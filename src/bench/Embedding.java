import static java.nio.charset.StandardCharsets.UTF_8;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.sun.management.UnixOperatingSystemMXBean;
import dev.clouddrive.simulator.CloudDriveSimulator;
import dev.clouddrive.simulator.DriveAccount;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.net.HttpURLConnection;
import java.net.URI;
import java.util.Arrays;
import java.util.Locale;

/** Starting and resetting in one JVM, beside WireMock; embed.sh runs it. */
final class Embedding {
  private static final int NODES = 10_000;

  /** What it returns is closed when the time is taken. */
  private interface Work {
    AutoCloseable run() throws Exception;
  }

  private static final AutoCloseable NOTHING = () -> {};

  public static void main(String[] args) throws Exception {
    switch (args[0]) {
      case "first" -> first(args[1]);
      case "warm" -> warm();
      case "soak" -> soak(Integer.parseInt(args[1]));
      default -> throw new IllegalArgumentException(args[0]);
    }
  }

  private static void first(String which) throws Exception {
    long began = System.nanoTime();
    AutoCloseable started = which.equals("simulator") ? startSimulator() : startWireMock();
    System.out.printf(Locale.ROOT, "%.0f%n", (System.nanoTime() - began) / 1e6);
    started.close();
  }

  /** In turns, so that what else the machine does falls on both. */
  private static void warm() throws Exception {
    compare("start", 400, CloudDriveSimulator::start, Embedding::wireMock);
    compare("start and one answer", 400, Embedding::startSimulator, Embedding::startWireMock);
    try (CloudDriveSimulator simulator = CloudDriveSimulator.start()) {
      WireMockServer wireMock = new WireMockServer(options());
      wireMock.start();
      String api = simulator.baseUrl() + "/_simulator/api";
      byte[] many = ("{\"folder\":\"/bulk\",\"count\":" + NODES + "}").getBytes(UTF_8);
      send("POST", api + "/accounts/bob@example.com/generate", many);
      // Loaded with them, so that a reset brings them back.
      send("PUT", api + "/world", send("GET", api + "/world", new byte[0]));
      DriveAccount bob = simulator.account("bob@example.com");
      compare(
          "reset, nothing has changed",
          4_000,
          () -> {
            simulator.reset();
            return NOTHING;
          },
          () -> {
            wireMock.resetAll();
            return NOTHING;
          });
      compare(
          "a change and a reset",
          4_000,
          () -> {
            bob.put("/new.txt", "new");
            simulator.reset();
            return NOTHING;
          },
          () -> {
            wireMock.stubFor(WireMock.get("/new").willReturn(WireMock.ok()));
            wireMock.resetAll();
            return NOTHING;
          });
      if (simulator.account("bob@example.com").files().size() != NODES) {
        throw new AssertionError("the reset has lost something");
      }
      wireMock.stop();
    }
  }

  /** The median of the second half of the rounds. */
  private static void compare(String what, int rounds, Work ours, Work theirs) throws Exception {
    double[] our = new double[rounds];
    double[] their = new double[rounds];
    for (int i = 0; i < rounds; i++) {
      our[i] = millis(ours);
      their[i] = millis(theirs);
    }
    System.out.printf(
        Locale.ROOT, "%s: simulator %.3f ms, WireMock %.3f ms%n", what, median(our), median(their));
  }

  private static double millis(Work work) throws Exception {
    long began = System.nanoTime();
    AutoCloseable made = work.run();
    double millis = (System.nanoTime() - began) / 1e6;
    made.close();
    return millis;
  }

  private static double median(double[] values) {
    double[] sorted = Arrays.copyOfRange(values, values.length / 2, values.length);
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  /** Until it has answered once. */
  private static AutoCloseable startSimulator() throws Exception {
    CloudDriveSimulator simulator = CloudDriveSimulator.start();
    send("GET", simulator.baseUrl() + "/_simulator/health", new byte[0]);
    return simulator;
  }

  private static AutoCloseable startWireMock() throws Exception {
    WireMockServer wireMock = new WireMockServer(options());
    wireMock.start();
    send("GET", wireMock.baseUrl() + "/__admin/health", new byte[0]);
    return wireMock::stop;
  }

  private static AutoCloseable wireMock() {
    WireMockServer wireMock = new WireMockServer(options());
    wireMock.start();
    return wireMock::stop;
  }

  private static WireMockConfiguration options() {
    return WireMockConfiguration.options().dynamicPort();
  }

  private static void soak(int starts) throws Exception {
    for (int i = 1; i <= starts; i++) {
      startSimulator().close();
      if (i == 20 || i == starts / 2 || i == starts) {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        UnixOperatingSystemMXBean system =
            (UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        System.out.printf(
            Locale.ROOT,
            "after %d starts: %d threads, %d open files and sockets, %.1f MB of heap%n",
            i,
            ManagementFactory.getThreadMXBean().getThreadCount(),
            system.getOpenFileDescriptorCount(),
            (runtime.totalMemory() - runtime.freeMemory()) / 1e6);
      }
    }
  }

  private static byte[] send(String method, String url, byte[] body) throws Exception {
    HttpURLConnection connection = (HttpURLConnection) URI.create(url).toURL().openConnection();
    connection.setRequestMethod(method);
    // Or the JDK's client would hold on to connections, which are counted here.
    connection.setRequestProperty("Connection", "close");
    if (body.length > 0) {
      connection.setDoOutput(true);
      connection.setRequestProperty("Content-Type", "application/json");
      connection.getOutputStream().write(body);
    }
    try (InputStream in = connection.getInputStream()) {
      return in.readAllBytes();
    }
  }
}
