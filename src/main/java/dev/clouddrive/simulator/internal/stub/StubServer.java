package dev.clouddrive.simulator.internal.stub;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.common.JsonException;
import com.github.tomakehurst.wiremock.common.NetworkAddressRules;
import com.github.tomakehurst.wiremock.core.Options;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.http.AdminRequestHandler;
import com.github.tomakehurst.wiremock.http.ChunkedDribbleDelay;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.http.HttpHeader;
import com.github.tomakehurst.wiremock.http.HttpServer;
import com.github.tomakehurst.wiremock.http.HttpServerFactory;
import com.github.tomakehurst.wiremock.http.RequestHandler;
import com.github.tomakehurst.wiremock.http.ResponseDefinition;
import com.github.tomakehurst.wiremock.http.StubRequestHandler;
import com.github.tomakehurst.wiremock.standalone.MappingFileException;
import com.github.tomakehurst.wiremock.stubbing.StubMapping;
import dev.clouddrive.simulator.internal.http.Body;
import dev.clouddrive.simulator.internal.http.Overlay;
import dev.clouddrive.simulator.internal.http.Request;
import dev.clouddrive.simulator.internal.http.Response;
import dev.clouddrive.simulator.internal.http.Transmission;
import dev.clouddrive.simulator.internal.journal.Journal;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * WireMock without a server of its own: our edge hands it requests and sends what it answers, so
 * that no Jetty is needed.
 */
final class StubServer {
  /** Larger bodies are not shown to stubs: an upload must not be held in memory for them. */
  private static final int SHOWN_BODY_BYTES = 1024 * 1024;

  private static final int ADMIN_BODY_BYTES = 16 * 1024 * 1024;

  /** Of TEST-NET-1, where nobody lives (RFC 5737): nothing is ever forwarded to anybody. */
  private static final String NOBODY = "192.0.2.1";

  private final WireMockServer wireMock;
  private final Handlers handlers = new Handlers();
  private final StubStores stores;
  private final List<String> given;

  StubServer(Journal journal, @Nullable Path directory, List<String> given) {
    this.stores = new StubStores(journal);
    this.given = given;
    WireMockConfiguration configuration =
        WireMockConfiguration.options()
            .httpServerFactory(handlers)
            .withStores(stores)
            .templatingEnabled(true)
            .stubRequestLoggingDisabled(true)
            .extensionScanningEnabled(false)
            .limitProxyTargets(NetworkAddressRules.builder().allow(NOBODY).build())
            .notMatchedRendererFactory(extensions -> new Unmatched());
    if (directory == null) {
      configuration.fileSource(new NoFiles());
    } else {
      configuration.usingFilesUnderDirectory(directory.toString());
    }
    try {
      this.wireMock = new WireMockServer(configuration);
      wireMock.start();
    } catch (MappingFileException e) {
      throw new IllegalArgumentException(
          String.valueOf(e.getMessage()).lines().limit(2).collect(Collectors.joining(" ")), e);
    }
    given.forEach(this::add);
  }

  /** Takes WireMock's handlers instead of a server. */
  private static final class Handlers implements HttpServerFactory, HttpServer {
    private @Nullable AdminRequestHandler admin;
    private @Nullable StubRequestHandler stubs;

    @Override
    public HttpServer buildHttpServer(
        Options options, AdminRequestHandler adminHandler, StubRequestHandler stubHandler) {
      admin = adminHandler;
      stubs = stubHandler;
      return this;
    }

    @Override
    public String getName() {
      return "clouddrive-simulator";
    }

    @Override
    public void start() {
      // It is served at our edge.
    }

    @Override
    public void stop() {
      // As above.
    }

    @Override
    public boolean isRunning() {
      return true;
    }

    @Override
    public int port() {
      return -1;
    }

    @Override
    public int httpsPort() {
      return -1;
    }
  }

  /** Spares the comparison with every stub that WireMock makes for each request it doesn't know. */
  private static final class Unmatched
      extends com.github.tomakehurst.wiremock.verification.notmatched.NotMatchedRenderer {
    @Override
    protected ResponseDefinition render(
        com.github.tomakehurst.wiremock.core.Admin admin,
        com.github.tomakehurst.wiremock.stubbing.ServeEvent event) {
      return ResponseDefinition.notConfigured();
    }
  }

  void add(String json) {
    try {
      wireMock.addStubMapping(StubMapping.buildFrom(json));
    } catch (JsonException e) {
      throw new IllegalArgumentException(
          "a stub is not as WireMock's JSON is: " + e.getErrors().first().getDetail(), e);
    }
  }

  void reset() {
    wireMock.resetToDefaultMappings();
    wireMock.resetScenarios();
    given.forEach(this::add);
  }

  Overlay.Outcome answer(Request request) {
    if (stores.getStubStore().getAll().findAny().isEmpty()) {
      return new Overlay.Outcome(Optional.empty(), request);
    }
    try {
      Request again = request;
      byte[] shown = new byte[0];
      if (request.body().length() <= SHOWN_BODY_BYTES) {
        InputStream body = request.body().openStream();
        byte[] head = body.readNBytes(SHOWN_BODY_BYTES + 1);
        boolean whole = head.length <= SHOWN_BODY_BYTES;
        again = request.withBody(whole ? Body.of(head) : new Begun(head, body));
        shown = whole ? head : shown;
      }
      com.github.tomakehurst.wiremock.http.Response answer =
          handled(handlers.stubs, StubRequest.of(request, shown));
      return new Overlay.Outcome(
          answer.wasConfigured() ? Optional.of(response(answer)) : Optional.empty(), again);
    } catch (IOException e) {
      // The operation meets the same, and says so in its service's words.
      return new Overlay.Outcome(Optional.empty(), request);
    }
  }

  /** A body of unknown length whose beginning was read to see whether it can be shown. */
  private record Begun(byte[] head, InputStream rest) implements Body {
    @Override
    public long length() {
      return -1;
    }

    @Override
    public InputStream openStream() {
      return new SequenceInputStream(new ByteArrayInputStream(head), rest);
    }
  }

  Response admin(Request request) {
    try {
      return response(
          handled(
              handlers.admin,
              StubRequest.of(request, request.body().readAll(ADMIN_BODY_BYTES)).below("/__admin")));
    } catch (IOException e) {
      return Response.text(400, "the body ended early, or is larger than 16 MiB\n");
    }
  }

  private static com.github.tomakehurst.wiremock.http.Response handled(
      @Nullable RequestHandler handler, StubRequest request) {
    com.github.tomakehurst.wiremock.http.Response[] answer =
        new com.github.tomakehurst.wiremock.http.Response[1];
    if (handler != null) {
      handler.handle(request, (asked, answered, attributes) -> answer[0] = answered, null);
    }
    return answer[0] == null
        ? com.github.tomakehurst.wiremock.http.Response.notConfigured()
        : answer[0];
  }

  private static Response response(com.github.tomakehurst.wiremock.http.Response answer) {
    await(answer.getInitialDelay());
    byte[] body = answer.getBody() == null ? new byte[0] : answer.getBody();
    Fault fault = answer.getFault();
    if (fault == Fault.RANDOM_DATA_THEN_CLOSE) {
      body = "lskdu018973t09sylgasjkfg1][]'./.sdlv".getBytes(StandardCharsets.UTF_8);
    }
    Response response =
        Response.of(answer.getStatus() == 0 ? 200 : answer.getStatus()).withBody(Body.of(body));
    if (answer.getHeaders() != null) {
      for (HttpHeader header : answer.getHeaders().all()) {
        for (String value : header.values()) {
          response = isOurs(header.key()) ? response : response.plus(header.key(), value);
        }
      }
    }
    return response.transmitted(transmission(answer, fault, body.length));
  }

  /** Our edge frames messages itself. */
  private static boolean isOurs(String header) {
    String name = header.toLowerCase(Locale.ROOT);
    return name.equals("content-length") || name.equals("transfer-encoding");
  }

  private static Transmission transmission(
      com.github.tomakehurst.wiremock.http.Response answer, @Nullable Fault fault, int length) {
    if (fault == Fault.CONNECTION_RESET_BY_PEER || fault == Fault.EMPTY_RESPONSE) {
      return Transmission.SOUND.withReset();
    }
    if (fault != null) {
      return Transmission.SOUND.withTruncateAt(length / 2);
    }
    ChunkedDribbleDelay dribble = answer.getChunkedDribbleDelay();
    return dribble == null || dribble.getTotalDuration() <= 0
        ? Transmission.SOUND
        : Transmission.SOUND.withBytesPerSecond(
            Math.max(1, length * 1000L / dribble.getTotalDuration()));
  }

  private static void await(long millis) {
    long end = System.nanoTime() + millis * 1_000_000;
    for (long left = end - System.nanoTime(); left > 0; left = end - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }

  void close() {
    wireMock.stop();
  }
}
