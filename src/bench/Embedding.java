import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.sun.management.UnixOperatingSystemMXBean;
import dev.clouddrive.simulator.CloudDriveSimulator;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/** Starting and resetting in one JVM, beside WireMock; embed.sh runs it. */
final class Embedding {
  private static final int NODES = 10_000;

  private interface Work {
    void run() throws Exception;
  }

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
    if (which.equals("simulator")) {
      startSimulator();
    } else {
      startWireMock();
    }
    System.out.printf(Locale.ROOT, "%.0f%n", (System.nanoTime() - began) / 1e6);
  }

  /** In turns, so that what else the machine does falls on both. */
  private static void warm() throws Exception {
    compare("start, answer one request, stop", Embedding::startSimulator, Embedding::startWireMock);
    try (CloudDriveSimulator simulator = CloudDriveSimulator.start()) {
      WireMockServer wireMock = new WireMockServer(options());
      wireMock.start();
      String api = simulator.baseUrl() + "/_simulator/api";
      post(
          api + "/accounts/bob@example.com/generate",
          "{\"folder\":\"/bulk\",\"count\":" + NODES + "}");
      // Loaded with them, so that a reset brings them back.
      byte[] world = send("GET", api + "/world", new byte[0]);
      send("PUT", api + "/world", world);
      for (int i = 0; i < NODES; i++) {
        wireMock.stubFor(WireMock.get("/nodes/" + i).willReturn(WireMock.ok()));
      }
      compare("reset with 10,000 nodes; 10,000 stubs", simulator::reset, wireMock::resetAll);
      compare("reset with 10,000 nodes; no stub", simulator::reset, wireMock::resetAll);
      wireMock.stop();
    }
  }

  private static void compare(String what, Work ours, Work theirs) throws Exception {
    double[] our = new double[200];
    double[] their = new double[200];
    for (int i = 0; i < 400; i++) {
      double mine = millis(ours);
      double other = millis(theirs);
      if (i >= 200) {
        our[i - 200] = mine;
        their[i - 200] = other;
      }
    }
    System.out.printf(
        Locale.ROOT,
        "%s: simulator %.2f ms, WireMock %.2f ms (median of 200 after 200)%n",
        what,
        median(our),
        median(their));
  }

  private static double millis(Work work) throws Exception {
    long began = System.nanoTime();
    work.run();
    return (System.nanoTime() - began) / 1e6;
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  private static void startSimulator() throws Exception {
    try (CloudDriveSimulator simulator = CloudDriveSimulator.start()) {
      send("GET", simulator.baseUrl() + "/_simulator/health", new byte[0]);
    }
  }

  private static void startWireMock() throws Exception {
    WireMockServer wireMock = new WireMockServer(options());
    wireMock.start();
    send("GET", wireMock.baseUrl() + "/__admin/health", new byte[0]);
    wireMock.stop();
  }

  private static WireMockConfiguration options() {
    return WireMockConfiguration.options().dynamicPort();
  }

  private static void soak(int starts) throws Exception {
    for (int i = 1; i <= starts; i++) {
      startSimulator();
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

  private static void post(String url, String body) throws Exception {
    send("POST", url, body.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] send(String method, String url, byte[] body) throws Exception {
    HttpURLConnection connection = (HttpURLConnection) URI.create(url).toURL().openConnection();
    connection.setRequestMethod(method);
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
