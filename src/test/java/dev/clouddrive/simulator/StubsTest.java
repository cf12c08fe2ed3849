package dev.clouddrive.simulator;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static dev.clouddrive.simulator.assertions.SimulatorAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.client.VerificationException;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Stubs before our own answers, by WireMock's own client (simulator.md section 5). */
final class StubsTest {
  private CloudDriveSimulator simulator;
  private Http http;
  private WireMock wireMock;

  @BeforeEach
  void start() {
    start(CloudDriveSimulator.builder());
  }

  private void start(CloudDriveSimulator.Builder builder) {
    stop();
    simulator = builder.start();
    http = new Http(simulator.baseUrl());
    wireMock = WireMock.create().host("127.0.0.1").port(simulator.port()).build();
  }

  @AfterEach
  void stop() {
    if (simulator != null) {
      simulator.close();
    }
  }

  @Test
  void aRemoteClientStubsVerifiesAndResets() {
    wireMock.register(get(urlEqualTo("/drive/v1/account/usage")).willReturn(ok("stubbed")));
    assertThat(http.get("/drive/v1/account/usage").text()).isEqualTo("stubbed");
    assertThat(wireMock.allStubMappings().getMappings()).hasSize(1);
    wireMock.verifyThat(1, getRequestedFor(urlEqualTo("/drive/v1/account/usage")));
    assertThatThrownBy(
            () -> wireMock.verifyThat(2, getRequestedFor(urlEqualTo("/drive/v1/account/usage"))))
        .isInstanceOf(VerificationException.class);
    wireMock.resetMappings();
    assertThat(http.get("/drive/v1/account/usage").status()).isEqualTo(401);
    wireMock.resetRequests();
    wireMock.verifyThat(0, getRequestedFor(urlEqualTo("/drive/v1/account/usage")));
  }

  @Test
  void whatTheSimulatorAnswersIsVerifiedToo() {
    wireMock.register(get(urlEqualTo("/nothing")).willReturn(ok()));
    http.post(
        "/folder/list",
        "{\"apikey\":\"ASimKey0000000000000Az\",\"clouds\":{\"clouddrive\":{\"path\":\"/\"}}}",
        "Content-Type",
        "application/json",
        "X-Mark",
        "m1");
    wireMock.verifyThat(
        postRequestedFor(urlPathEqualTo("/folder/list"))
            .withHeader("X-Mark", equalTo("m1"))
            .withRequestBody(containing("clouddrive")));
    List<LoggedRequest> found = wireMock.find(postRequestedFor(urlPathEqualTo("/folder/list")));
    assertThat(found).hasSize(1);
    assertThat(found.get(0).getHeader("X-Mark")).isEqualTo("m1");
    http.delete("/folder/list?x=1");
    assertThat(wireMock.findAllUnmatchedRequests())
        .extracting(LoggedRequest::getUrl)
        .containsExactly("/folder/list?x=1");
  }

  @Test
  void aStubAtAmazonShowsInAPick() {
    wireMock.register(
        get(urlPathEqualTo("/drive/v1/nodes")).willReturn(aResponse().withStatus(503)));
    assertThat(simulator.app().pick(simulator.account(), "/Pictures/beach.jpg"))
        .hasFailed("/Pictures/beach.jpg", "The service is not available at the moment");
  }

  @Test
  void faultsAndDelaysAreTheEdges() {
    wireMock.register(
        get(urlEqualTo("/reset"))
            .willReturn(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER)));
    assertThatThrownBy(() -> http.get("/reset")).hasRootCauseInstanceOf(java.io.IOException.class);
    wireMock.register(
        get(urlEqualTo("/cut"))
            .willReturn(
                aResponse().withBody("a".repeat(1000)).withFault(Fault.MALFORMED_RESPONSE_CHUNK)));
    assertThatThrownBy(() -> http.get("/cut")).hasRootCauseInstanceOf(java.io.IOException.class);
    wireMock.register(get(urlEqualTo("/late")).willReturn(ok("late").withFixedDelay(200)));
    long began = System.nanoTime();
    assertThat(http.get("/late").text()).isEqualTo("late");
    assertThat(System.nanoTime() - began).isGreaterThan(200_000_000);
  }

  @Test
  void bodiesHeadersFormsAndPartsAreMatched() {
    wireMock.register(
        post(urlEqualTo("/form")).withFormParam("a", equalTo("1")).willReturn(ok("form")));
    assertThat(
            http.post("/form", "a=1&b=2", "Content-Type", "application/x-www-form-urlencoded")
                .text())
        .isEqualTo("form");
    wireMock.register(
        post(urlEqualTo("/parts"))
            .withMultipartRequestBody(
                WireMock.aMultipart("metadata").withBody(containing("beach.jpg")))
            .willReturn(ok("parts")));
    String parts =
        "--b\r\nContent-Disposition: form-data; name=\"metadata\"\r\n\r\n{\"name\":\"beach.jpg\"}\r\n--b--\r\n";
    assertThat(http.post("/parts", parts, "Content-Type", "multipart/form-data; boundary=b").text())
        .isEqualTo("parts");
    wireMock.register(
        get(urlPathEqualTo("/cookies"))
            .withCookie("c", equalTo("v"))
            .withQueryParam("q", equalTo("2"))
            .willReturn(
                ok("{{request.query.q.[1]}} {{request.cookies.c}}")
                    .withTransformers("response-template")));
    assertThat(http.get("/cookies?q=1&q=2", "Cookie", "c=v").text()).isEqualTo("2 v");
  }

  @Test
  void nothingIsEverForwarded() {
    try (CloudDriveSimulator other = CloudDriveSimulator.start()) {
      wireMock.register(
          get(urlEqualTo("/_far")).willReturn(aResponse().proxiedFrom(other.baseUrl().toString())));
      assertThat(http.get("/_far").status()).isEqualTo(500);
    }
  }

  @Test
  void resetGoesBackToTheStubsOfTheStart() {
    start(
        CloudDriveSimulator.builder()
            .stub(get(urlEqualTo("/given")).willReturn(ok("given")).build().toString()));
    simulator.stub(get(urlEqualTo("/later")).willReturn(ok("later")).build().toString());
    assertThat(http.get("/given").text()).isEqualTo("given");
    assertThat(http.get("/later").text()).isEqualTo("later");
    simulator.reset();
    assertThat(http.get("/given").text()).isEqualTo("given");
    assertThat(http.get("/later").status()).isEqualTo(404);
  }

  @Test
  void theDriveIsMaintained() {
    start(CloudDriveSimulator.builder().stubs(Path.of("stubs/drive-maintenance")));
    Http.Answer answer = http.get("/drive/v1/nodes?filters=isRoot:true");
    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.json().string("logref")).matches("[0-9a-f]{8}");
    assertThat(http.get("/drive/v1/account/endpoint").status()).isEqualTo(401);
  }

  @Test
  void theFirstListIsThrottled() {
    start(CloudDriveSimulator.builder().stubs(Path.of("stubs/flaky-list")));
    String list =
        "{\"apikey\":\"ASimKey0000000000000Az\",\"clouds\":{\"clouddrive\":{\"path\":\"/\"}}}";
    for (int i = 0; i < 2; i++) {
      assertThat(http.post("/folder/list", list).status()).isEqualTo(429);
      assertThat(http.post("/folder/list", list).status()).isEqualTo(200);
      simulator.reset();
    }
  }

  @Test
  void aFileOfTheDirectoryIsTheAnswer() {
    start(CloudDriveSimulator.builder().stubs(Path.of("stubs/quota-banner")));
    assertThat(http.get("/drive/v1/account/quota", "User-Agent", "me").json().toMap())
        .containsEntry("available", 2)
        .containsEntry("asked", "me");
  }

  @Test
  void whatCanNotBeIsToldWithTheMend(@TempDir Path folder) throws Exception {
    assertThatThrownBy(() -> start(CloudDriveSimulator.builder().stubs(folder)))
        .hasMessageContaining("stubs are in a directory with mappings/*.json");
    assertThatThrownBy(() -> simulator.stub("{\"request\":1}"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("WireMock's JSON");
    Files.createDirectory(folder.resolve("mappings"));
    Files.writeString(folder.resolve("mappings/bad.json"), "{ bad");
    assertThatThrownBy(() -> start(CloudDriveSimulator.builder().stubs(folder)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("bad.json");
  }

  @Test
  void bodiesAreShownUpToAMebibyteAndAlwaysArriveWhole() {
    wireMock.register(
        post(urlPathEqualTo("/api/store/S3"))
            .withRequestBody(containing("needle"))
            .willReturn(ok("seen")));
    byte[] small = "hay needle hay".getBytes(StandardCharsets.UTF_8);
    byte[] large = new byte[3 * 1024 * 1024 + 7];
    System.arraycopy(small, 0, large, 0, small.length);
    for (boolean chunked : new boolean[] {false, true}) {
      assertThat(store(small, chunked).text()).isEqualTo("seen");
      Http.Answer stored = store(large, chunked);
      assertThat(stored.json().longValue("size")).isEqualTo(large.length);
      String handle = stored.json().string("url").replaceFirst(".*/", "");
      assertThat(http.get("/" + handle).body()).isEqualTo(large);
    }
  }

  private Http.Answer store(byte[] body, boolean chunked) {
    return http.call(
        "POST",
        "/api/store/S3?key=ASimKey0000000000000Az",
        chunked
            ? HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body))
            : HttpRequest.BodyPublishers.ofByteArray(body),
        "Content-Type",
        "application/octet-stream");
  }
}
