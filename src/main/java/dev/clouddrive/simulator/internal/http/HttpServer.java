package dev.clouddrive.simulator.internal.http;

import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.handlers.ConnectHandler;
import io.undertow.server.protocol.http.HttpContinue;
import io.undertow.util.HeaderValues;
import io.undertow.util.HttpString;
import io.undertow.util.Methods;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xnio.IoUtils;
import org.xnio.Option;
import org.xnio.OptionMap;
import org.xnio.Options;
import org.xnio.channels.Channels;
import org.xnio.channels.StreamSinkChannel;

/** Undertow as the edge: sockets on one side, an {@link HttpFunction} on the other. */
public final class HttpServer implements AutoCloseable {

  /**
   * What the edge bounds.
   *
   * @param headerBytes the request line and header fields of one request
   * @param idleMillis how long a connection may stay silent while a request is under way
   * @param workerThreads requests that are handled at once; further ones wait
   */
  public record Limits(int headerBytes, int idleMillis, int workerThreads) {
    public static final Limits DEFAULT = new Limits(64 * 1024, 60_000, 32);
  }

  private static final Logger LOG = LoggerFactory.getLogger(HttpServer.class);

  /** Beyond it Undertow answers a bare 400; between the limit and this we say what is wrong. */
  private static final int PARSED_HEADER_BYTES = 2 * 1024 * 1024;

  private static final String NOT_FORWARDED = " is not simulated, and nothing is forwarded\n";
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");
  private static final long CLOSING_MILLIS = 250;
  private static final int SHUTDOWN_MILLIS = 1_000;

  private final Runnable stop;
  private final String scheme;
  private final String host;
  private final int port;
  private final AtomicInteger underWay;
  private volatile boolean stopping;

  private HttpServer(Runnable stop, String scheme, String host, int port, AtomicInteger underWay) {
    this.stop = stop;
    this.scheme = scheme;
    this.host = host;
    this.port = port;
    this.underWay = underWay;
  }

  /** The hosts that a proxy's client reaches here; any other is refused, nothing is forwarded. */
  public interface Tunnels {
    /** Refuses every host. */
    Tunnels NONE =
        new Tunnels() {
          @Override
          public boolean knows(String host) {
            return false;
          }

          @Override
          public int tlsPort() {
            throw new IllegalStateException("there is no TLS listener");
          }
        };

    boolean knows(String host);

    /** The port of loopback that speaks TLS for the known hosts. */
    int tlsPort();
  }

  /**
   * Listens.
   *
   * @param port 0 for a free one
   * @throws BindException if the port is taken
   */
  public static HttpServer start(String host, int port, Limits limits, HttpFunction function)
      throws BindException {
    return start(host, port, limits, function, Tunnels.NONE);
  }

  /** As {@link #start(String, int, Limits, HttpFunction)}, and a forward proxy for some hosts. */
  public static HttpServer start(
      String host, int port, Limits limits, HttpFunction function, Tunnels tunnels)
      throws BindException {
    Edge edge = new Edge(function, tunnels, limits.headerBytes());
    try {
      PlainListener listener =
          new PlainListener(
              new InetSocketAddress(host, port),
              limits,
              options(limits),
              edge::accept,
              tunnels == Tunnels.NONE ? null : tunnels::tlsPort);
      return edge.serve(
          new HttpServer(
              listener::close, "http", host, listener.address().getPort(), edge.underWay));
    } catch (IOException e) {
      if (rootCause(e) instanceof BindException bind) {
        throw bind;
      }
      throw new UncheckedIOException(e);
    }
  }

  /** Listens with TLS, and HTTP/2 for clients that know it. */
  public static HttpServer startTls(
      String host, int port, Limits limits, HttpFunction function, SSLContext context)
      throws BindException {
    Edge edge = new Edge(function, Tunnels.NONE, limits.headerBytes());
    Undertow.Builder builder =
        Undertow.builder()
            .addHttpsListener(port, host, context)
            .setIoThreads(2)
            .setWorkerThreads(limits.workerThreads())
            .setServerOption(UndertowOptions.ENABLE_HTTP2, true)
            // A worker that waits for something else must not keep the server from stopping.
            .setServerOption(UndertowOptions.SHUTDOWN_TIMEOUT, SHUTDOWN_MILLIS)
            .setSocketOption(Options.READ_TIMEOUT, limits.idleMillis())
            .setSocketOption(Options.WRITE_TIMEOUT, limits.idleMillis())
            .setHandler(edge::accept);
    OptionMap options = options(limits);
    for (Option<?> option : options) {
      copy(option, options, builder);
    }
    Undertow undertow = builder.build();
    try {
      undertow.start();
    } catch (RuntimeException e) {
      undertow.stop();
      if (rootCause(e) instanceof BindException bind) {
        throw bind;
      }
      throw e;
    }
    InetSocketAddress bound = (InetSocketAddress) undertow.getListenerInfo().get(0).getAddress();
    return edge.serve(
        new HttpServer(undertow::stop, "https", host, bound.getPort(), edge.underWay));
  }

  private static <T> void copy(Option<T> option, OptionMap from, Undertow.Builder to) {
    to.setServerOption(option, from.get(option));
  }

  private static OptionMap options(Limits limits) {
    return OptionMap.builder()
        .set(UndertowOptions.MAX_HEADER_SIZE, PARSED_HEADER_BYTES)
        // Every operation has a limit of its own; uploads are as large as the vendor takes.
        .set(UndertowOptions.MAX_ENTITY_SIZE, -1L)
        .set(UndertowOptions.MAX_HEADERS, 200)
        .set(UndertowOptions.MAX_PARAMETERS, 1_000)
        .set(UndertowOptions.ALLOW_UNESCAPED_CHARACTERS_IN_URL, true)
        .set(UndertowOptions.REQUEST_PARSE_TIMEOUT, limits.idleMillis())
        .set(UndertowOptions.NO_REQUEST_TIMEOUT, limits.idleMillis())
        .set(UndertowOptions.DECODE_URL, false)
        .set(UndertowOptions.ALWAYS_SET_DATE, true)
        .set(UndertowOptions.BUFFER_PIPELINED_DATA, true)
        .getMap();
  }

  private static Throwable rootCause(Throwable e) {
    Throwable root = e;
    while (root.getCause() != null && root.getCause() != root) {
      root = root.getCause();
    }
    return root;
  }

  public int port() {
    return port;
  }

  /** Scheme, host and port, with a loopback address where it listens on all. */
  public String url() {
    String reachable = host.equals("0.0.0.0") || host.equals("::") ? "127.0.0.1" : host;
    return scheme
        + "://"
        + (reachable.contains(":") ? "[" + reachable + "]" : reachable)
        + ":"
        + port;
  }

  /**
   * Refuses new requests with 503 and waits for those under way.
   *
   * @param patienceMillis how long to wait
   */
  public void drain(long patienceMillis) {
    stopping = true;
    synchronized (underWay) {
      long deadline = System.nanoTime() + patienceMillis * 1_000_000;
      try {
        while (underWay.get() > 0 && System.nanoTime() < deadline) {
          underWay.wait(Math.max(1, (deadline - System.nanoTime()) / 1_000_000));
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Ends, with the little patience that an answer needs to leave. */
  @Override
  public void close() {
    drain(CLOSING_MILLIS);
    stop.run();
  }

  /** Turns exchanges into requests and responses into exchanges. */
  private static final class Edge {
    private final HttpFunction function;
    private final Tunnels tunnels;
    private final int headerBytes;
    private final AtomicInteger underWay = new AtomicInteger();
    private final ConnectHandler connect = new ConnectHandler(exchange -> {});
    private volatile HttpServer server;

    Edge(HttpFunction function, Tunnels tunnels, int headerBytes) {
      this.function = function;
      this.tunnels = tunnels;
      this.headerBytes = headerBytes;
    }

    HttpServer serve(HttpServer own) {
      server = own;
      return own;
    }

    void accept(HttpServerExchange exchange) {
      if (exchange.getRequestMethod().equals(Methods.CONNECT)) {
        exchange.dispatch(() -> tunnel(exchange));
      } else {
        exchange.dispatch(() -> handle(exchange));
      }
    }

    /** Leads to our own TLS listener whatever the client asked for, or nowhere. */
    private void tunnel(HttpServerExchange exchange) {
      String target = exchange.getRequestURI();
      int colon = target.lastIndexOf(':');
      String host = (colon < 0 ? target : target.substring(0, colon)).toLowerCase(Locale.ROOT);
      if (!tunnels.knows(host)) {
        exchange.setStatusCode(403);
        exchange.getResponseSender().send(host + NOT_FORWARDED);
        return;
      }
      exchange.setRequestPath("127.0.0.1:" + tunnels.tlsPort());
      exchange.dispatch(
          exchange.getIoThread(),
          () -> {
            try {
              connect.handleRequest(exchange);
            } catch (Exception e) {
              LOG.debug("CONNECT {} failed", target, e);
              IoUtils.safeClose(exchange.getConnection());
            }
          });
    }

    private void handle(HttpServerExchange exchange) {
      underWay.incrementAndGet();
      try {
        exchange.startBlocking();
        send(exchange, answer(exchange));
      } catch (IOException e) {
        LOG.debug("{} {} was cut off", exchange.getRequestMethod(), exchange.getRequestURI(), e);
        IoUtils.safeClose(exchange.getConnection());
      } catch (RuntimeException | Error e) {
        LOG.error("{} {} failed", exchange.getRequestMethod(), exchange.getRequestURI(), e);
        IoUtils.safeClose(exchange.getConnection());
      } finally {
        if (underWay.decrementAndGet() == 0) {
          synchronized (underWay) {
            underWay.notifyAll();
          }
        }
      }
    }

    private Response answer(HttpServerExchange exchange) {
      HttpServer own = server;
      if (own != null && own.stopping) {
        return Response.text(503, "the simulator is stopping\n");
      }
      Request request = request(exchange);
      if (isForElsewhere(exchange, request)) {
        return Response.text(403, request.host() + NOT_FORWARDED);
      }
      if (request.rawPath().length() + request.rawQuery().length() > headerBytes) {
        return refused(exchange, 414, "the URL");
      }
      return sizeOf(request.headers()) > headerBytes
          ? refused(exchange, 431, "the request header")
          : function.handle(request);
    }

    /** Whether a proxy's client wants a plain request sent on to somebody else. */
    private boolean isForElsewhere(HttpServerExchange exchange, Request request) {
      return !exchange.getRequestURI().startsWith("/")
          && exchange.isHostIncludedInRequestURI()
          && !tunnels.knows(request.host())
          && !LOOPBACK.contains(request.host());
    }

    private Response refused(HttpServerExchange exchange, int status, String what) {
      exchange.setPersistent(false);
      return Response.text(status, what + " is larger than " + headerBytes + " bytes\n");
    }

    private static int sizeOf(Headers headers) {
      int size = 0;
      for (Headers.Field field : headers.fields()) {
        size += field.name().length() + field.value().length();
      }
      return size;
    }

    private static Request request(HttpServerExchange exchange) {
      List<Headers.Field> fields = new ArrayList<>();
      for (HeaderValues values : exchange.getRequestHeaders()) {
        for (String value : values) {
          fields.add(new Headers.Field(values.getHeaderName().toString(), value));
        }
      }
      Headers headers = Headers.of(fields);
      String authority =
          headers
              .get("X-Forwarded-Host")
              .map(Edge::firstOfList)
              .or(() -> headers.get("Host"))
              .orElseGet(exchange::getHostAndPort);
      String scheme =
          headers
              .get("X-Forwarded-Proto")
              .map(Edge::firstOfList)
              .orElseGet(exchange::getRequestScheme);
      return Request.incoming(
          exchange.getRequestMethod().toString(),
          scheme,
          authority,
          path(exchange.getRequestURI()),
          exchange.getQueryString() == null ? "" : exchange.getQueryString(),
          headers,
          new IncomingBody(exchange));
    }

    /** Each proxy on the way adds its own; the first is the client's. */
    private static String firstOfList(String value) {
      int comma = value.indexOf(',');
      return (comma < 0 ? value : value.substring(0, comma)).strip();
    }

    /** A proxy's request line holds the whole URL. */
    private static String path(String requestUri) {
      String path = requestUri;
      if (!path.startsWith("/")) {
        int authority = path.indexOf("://");
        int slash = authority < 0 ? -1 : path.indexOf('/', authority + 3);
        path = slash < 0 ? "/" : path.substring(slash);
      }
      return path;
    }

    private static void send(HttpServerExchange exchange, Response response) throws IOException {
      if (response.transmission().reset()) {
        throw new IOException("reset by a fault");
      }
      exchange.setStatusCode(response.status());
      for (Headers.Field field : response.headers().fields()) {
        exchange.getResponseHeaders().add(new HttpString(field.name()), field.value());
      }
      Body body = response.body();
      boolean head = exchange.getRequestMethod().equalToString("HEAD");
      if (body.length() >= 0 && response.status() != 204 && response.status() != 304) {
        exchange.setResponseContentLength(body.length());
      }
      if (head || body.length() == 0) {
        exchange.endExchange();
        return;
      }
      if (body instanceof Body.Bytes bytes) {
        exchange.getResponseSender().send(ByteBuffer.wrap(bytes.content()));
        return;
      }
      StreamSinkChannel sink = exchange.getResponseChannel();
      body.writeTo(new BlockingSink(sink));
      sink.shutdownWrites();
      Channels.flushBlocking(sink);
      exchange.endExchange();
    }
  }

  private static final class IncomingBody implements Body {
    private final HttpServerExchange exchange;

    IncomingBody(HttpServerExchange exchange) {
      this.exchange = exchange;
    }

    @Override
    public long length() {
      if (exchange.getRequestContentLength() >= 0) {
        return exchange.getRequestContentLength();
      }
      return exchange.isRequestComplete() ? 0 : -1;
    }

    @Override
    public InputStream openStream() throws IOException {
      if (HttpContinue.requiresContinueResponse(exchange)) {
        HttpContinue.sendContinueResponseBlocking(exchange);
      }
      return exchange.getInputStream();
    }
  }

  private record BlockingSink(StreamSinkChannel sink) implements WritableByteChannel {
    @Override
    public int write(ByteBuffer source) throws IOException {
      return Channels.writeBlocking(sink, source);
    }

    @Override
    public boolean isOpen() {
      return sink.isOpen();
    }

    @Override
    public void close() throws IOException {
      sink.close();
    }
  }
}
