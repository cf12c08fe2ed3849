package dev.clouddrive.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The forward proxy and the HTTPS port, with a client that trusts nothing but the simulator's CA.
 */
final class ProxyTest {
  private CloudDriveSimulator simulator;

  @BeforeEach
  void start() {
    simulator = CloudDriveSimulator.builder().httpsPort(0).start();
  }

  @AfterEach
  void stop() {
    simulator.close();
  }

  private HttpClient client(boolean proxied) throws Exception {
    KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
    trusted.load(null, null);
    trusted.setCertificateEntry(
        "ca",
        CertificateFactory.getInstance("X.509")
            .generateCertificate(
                new ByteArrayInputStream(simulator.caPem().getBytes(StandardCharsets.US_ASCII))));
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    HttpClient.Builder builder = HttpClient.newBuilder().sslContext(context);
    return proxied
        ? builder
            .proxy(ProxySelector.of(new InetSocketAddress("127.0.0.1", simulator.port())))
            .build()
        : builder.build();
  }

  private static HttpResponse<String> get(HttpClient client, String url, HttpClient.Version version)
      throws Exception {
    return client.send(
        HttpRequest.newBuilder(URI.create(url)).version(version).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void anAuthorityThatIsKeptIsTheSameAfterARestart(@TempDir Path data) throws Exception {
    String made;
    try (CloudDriveSimulator first = CloudDriveSimulator.builder().data(data).start()) {
      made = first.caPem();
    }
    simulator.close();
    simulator = CloudDriveSimulator.builder().httpsPort(0).data(data).start();
    assertThat(simulator.caPem())
        .isEqualTo(made)
        .isEqualTo(Files.readString(data.resolve("ca.pem")));
    assertThat(
            get(
                    client(false),
                    simulator.httpsUrl().orElseThrow() + "/_simulator/health",
                    HttpClient.Version.HTTP_1_1)
                .statusCode())
        .isEqualTo(200);
    simulator.close();
    Files.writeString(data.resolve("ca.pem"), "damaged");
    assertThatThrownBy(() -> CloudDriveSimulator.builder().data(data).start())
        .isInstanceOf(SimulatorException.class)
        .hasMessageContaining("remove both");
    // What has failed has let the directory go.
    Files.writeString(data.resolve("ca.pem"), made);
    simulator = CloudDriveSimulator.builder().data(data).start();
    assertThat(simulator.caPem()).isEqualTo(made);
  }

  @ParameterizedTest
  @EnumSource(HttpClient.Version.class)
  void theVendorsNamesAreReachedByHttps(HttpClient.Version version) throws Exception {
    HttpResponse<String> answer =
        get(client(true), "https://drive.amazonaws.com/drive/v1/account/endpoint", version);
    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.version()).isEqualTo(version);
    assertThat(answer.body()).contains("No authentication header");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://www.amazon.com/ap/oa",
        "https://api.amazon.com/auth/o2/token",
        "https://content-na.drive.amazonaws.com/cdproxy/nodes",
        "https://www.filestackapi.com/api/file/x",
        "https://cloud.filestackapi.com/auth/clouddrive/open",
        "https://cdn.filestackcontent.com/x",
        "https://process.filestackapi.com/x"
      })
  void everyNameHasItsRole(String url) throws Exception {
    assertThat(get(client(true), url, HttpClient.Version.HTTP_1_1).statusCode())
        .isBetween(400, 405);
  }

  @Test
  void whoComesByAVendorsNameIsSentOnToTheVendorsNames() throws Exception {
    String token =
        new Http(simulator.baseUrl())
            .control("POST", "accounts/alice@example.com/tokens", "{}")
            .json()
            .string("access_token");
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("https://drive.amazonaws.com/drive/v1/account/endpoint"))
            .header("Authorization", "Bearer " + token)
            .build();
    assertThat(client(true).send(request, HttpResponse.BodyHandlers.ofString()).body())
        .contains(
            "\"contentUrl\":\"https://content-na.drive.amazonaws.com/cdproxy/\"",
            "\"metadataUrl\":\"https://cdws.us-east-1.amazonaws.com/drive/v1/\"");
  }

  @Test
  void anyOtherNameIsRefusedAndNothingLeaves() throws Exception {
    HttpClient client = client(true);
    assertThatThrownBy(() -> get(client, "https://example.org/", HttpClient.Version.HTTP_1_1))
        .isInstanceOf(IOException.class);
    assertThat(connect("example.org:443")).startsWith("HTTP/1.1 403");
    assertThat(connect("169.254.169.254:80")).startsWith("HTTP/1.1 403");
    assertThat(connect("localhost:22")).startsWith("HTTP/1.1 403");
    assertThat(get(client, "http://example.org/", HttpClient.Version.HTTP_1_1).statusCode())
        .isEqualTo(403);
  }

  private String connect(String target) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", simulator.port())) {
      socket.setSoTimeout(10_000);
      socket
          .getOutputStream()
          .write(
              ("CONNECT " + target + " HTTP/1.1\r\nHost: " + target + "\r\n\r\n")
                  .getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readNBytes(20), StandardCharsets.US_ASCII);
    }
  }

  @Test
  void tlsThatBeginsOnTheProxysPortWithoutConnectIsTolerated() throws Exception {
    HttpResponse<String> answer =
        get(
            client(false),
            "https://localhost:" + simulator.port() + "/_simulator/health",
            HttpClient.Version.HTTP_1_1);
    assertThat(answer.body()).contains("\"UP\"");
  }

  @Test
  void theHttpsPortHasACertificateForLoopback() throws Exception {
    URI https = simulator.httpsUrl().orElseThrow();
    for (String host : new String[] {"127.0.0.1", "localhost"}) {
      HttpResponse<String> answer =
          get(
              client(false),
              "https://" + host + ":" + https.getPort() + "/_simulator/health",
              HttpClient.Version.HTTP_2);
      assertThat(answer.body()).contains("\"UP\"");
    }
  }

  @Test
  void anHttpsPortThatIsTakenLeavesNothingListening() throws Exception {
    int free;
    try (java.net.ServerSocket probe = new java.net.ServerSocket(0)) {
      free = probe.getLocalPort();
    }
    int taken = simulator.httpsUrl().orElseThrow().getPort();
    assertThatThrownBy(() -> CloudDriveSimulator.builder().port(free).httpsPort(taken).start())
        .isInstanceOf(SimulatorException.class)
        .hasMessageContaining("in use");
    try (CloudDriveSimulator again = CloudDriveSimulator.builder().port(free).start()) {
      assertThat(again.port()).isEqualTo(free);
    }
  }

  @Test
  void theCaIsServed() {
    assertThat(new Http(simulator.baseUrl()).get("/_simulator/ca.pem").text())
        .isEqualTo(simulator.caPem())
        .startsWith("-----BEGIN CERTIFICATE-----\n");
  }
}
