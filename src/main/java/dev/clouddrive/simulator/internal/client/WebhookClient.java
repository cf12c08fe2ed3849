package dev.clouddrive.simulator.internal.client;

import dev.clouddrive.simulator.internal.http.Headers;
import io.undertow.client.ClientCallback;
import io.undertow.client.ClientConnection;
import io.undertow.client.ClientExchange;
import io.undertow.client.ClientRequest;
import io.undertow.util.HttpString;
import io.undertow.util.Methods;
import java.io.IOException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.xnio.ChannelListeners;
import org.xnio.IoUtils;
import org.xnio.channels.StreamSinkChannel;
import org.xnio.channels.StreamSourceChannel;

/**
 * Posts over connections that are kept where the receiver says that it keeps them. Redirects are
 * not followed; at most {@value #ANSWER_LIMIT} bytes of an answer are read.
 */
public final class WebhookClient implements AutoCloseable {

  /** How a call ended. */
  public sealed interface Outcome {
    /** The other side answered. */
    record Answered(int status) implements Outcome {}

    /** There was no answer; the word says why. */
    record Failed(String error) implements Outcome {}
  }

  private static final int ANSWER_LIMIT = 64 * 1024;
  private static final int MOST_IDLE = 64;

  /**
   * A connection that has been idle for longer may have been closed by the other side, and a
   * request that fails on it could not be sent again without the risk of a double delivery.
   */
  private static final long IDLE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  private record Kept(ClientConnection connection, long since) {}

  private final Connector connector = new Connector("clouddrive-webhooks");
  private final Map<Endpoint, Deque<Kept>> idle = new LinkedHashMap<>();
  private boolean closed;

  /** Sends once and waits for the answer, for so long at the most. */
  public Outcome post(String url, Headers headers, byte[] body, Duration timeout) {
    Endpoint endpoint;
    URI uri;
    try {
      uri = TargetGuard.check(url);
      endpoint = Endpoint.of(uri, TargetGuard.resolve(uri));
    } catch (TargetGuard.RefusedException e) {
      return new Outcome.Failed(e.getMessage());
    } catch (UnknownHostException e) {
      return new Outcome.Failed("unknown host");
    }
    long deadline = System.nanoTime() + timeout.toNanos();
    ClientRequest request = request(uri, headers, body);
    ClientConnection kept = takeIdle(endpoint);
    if (kept != null) {
      Exchange exchange = new Exchange(endpoint, kept, request, body);
      Outcome outcome = await(exchange, deadline);
      if (!exchange.neverBegun) {
        return outcome;
      }
      request = request(uri, headers, body);
    }
    CompletableFuture<ClientConnection> connecting = connector.connect(endpoint);
    try {
      ClientConnection fresh =
          connecting.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
      return await(new Exchange(endpoint, fresh, request, body), deadline);
    } catch (TimeoutException e) {
      connecting.thenAccept(IoUtils::safeClose);
      return new Outcome.Failed("time-out");
    } catch (ExecutionException e) {
      return new Outcome.Failed(Connector.describe(e.getCause()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Outcome.Failed("interrupted");
    }
  }

  private static ClientRequest request(URI uri, Headers headers, byte[] body) {
    String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
    ClientRequest request =
        new ClientRequest()
            .setMethod(Methods.POST)
            .setPath(uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery());
    request.getRequestHeaders().put(HttpString.tryFromString("Host"), uri.getRawAuthority());
    for (Headers.Field field : headers.fields()) {
      request.getRequestHeaders().add(new HttpString(field.name()), field.value());
    }
    request.getRequestHeaders().put(HttpString.tryFromString("Content-Length"), body.length);
    return request;
  }

  private static Outcome await(Exchange exchange, long deadline) {
    try {
      exchange.start();
      return exchange.result.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      exchange.abandon();
      return new Outcome.Failed("time-out");
    } catch (ExecutionException e) {
      return new Outcome.Failed(Connector.describe(e.getCause()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      exchange.abandon();
      return new Outcome.Failed("interrupted");
    }
  }

  private synchronized @Nullable ClientConnection takeIdle(Endpoint endpoint) {
    Deque<Kept> connections = idle.get(endpoint);
    while (connections != null && !connections.isEmpty()) {
      Kept kept = connections.pop();
      if (kept.connection().isOpen() && System.nanoTime() - kept.since() < IDLE_NANOS) {
        return kept.connection();
      }
      IoUtils.safeClose(kept.connection());
    }
    idle.remove(endpoint);
    return null;
  }

  private synchronized void giveBack(Endpoint endpoint, ClientConnection connection) {
    Deque<Kept> connections = idle.computeIfAbsent(endpoint, e -> new ArrayDeque<>());
    if (closed || connections.size() >= MOST_IDLE) {
      IoUtils.safeClose(connection);
    } else {
      if (idle.size() > MOST_IDLE) {
        dropOldest(endpoint);
      }
      connections.push(new Kept(connection, System.nanoTime()));
    }
  }

  /** Forgets one of the other endpoints. */
  private void dropOldest(Endpoint keep) {
    for (Endpoint other : List.copyOf(idle.keySet())) {
      if (!other.equals(keep)) {
        idle.remove(other).forEach(kept -> IoUtils.safeClose(kept.connection()));
        return;
      }
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    idle.values().forEach(all -> all.forEach(kept -> IoUtils.safeClose(kept.connection())));
    idle.clear();
    connector.close();
  }

  /**
   * One request and its answer. All of it happens on the connection's own I/O thread: used from
   * another one, the connection hangs.
   */
  private final class Exchange implements ClientCallback<ClientExchange> {
    private final Endpoint endpoint;
    private final ClientConnection connection;
    private final ClientRequest request;
    private final ByteBuffer body;
    private final CompletableFuture<Outcome> result = new CompletableFuture<>();
    private int drained;

    /** Whether the connection was closed before a byte of the request could leave. */
    private volatile boolean neverBegun;

    private volatile boolean begun;

    Exchange(Endpoint endpoint, ClientConnection connection, ClientRequest request, byte[] body) {
      this.endpoint = endpoint;
      this.connection = connection;
      this.request = request;
      this.body = ByteBuffer.wrap(body);
    }

    void start() {
      connection
          .getIoThread()
          .execute(
              () -> {
                if (!connection.isOpen()) {
                  neverBegun = true;
                  failed(new IOException("the connection is closed"));
                  return;
                }
                connection.sendRequest(request, this);
              });
    }

    void abandon() {
      result.cancel(false);
      IoUtils.safeClose(connection);
    }

    @Override
    public void completed(ClientExchange exchange) {
      exchange.setResponseListener(
          new ClientCallback<>() {
            @Override
            public void completed(ClientExchange answered) {
              drain(answered);
            }

            @Override
            public void failed(IOException e) {
              Exchange.this.failed(e);
            }
          });
      write(exchange.getRequestChannel());
    }

    @Override
    public void failed(IOException e) {
      neverBegun |= !begun;
      IoUtils.safeClose(connection);
      result.completeExceptionally(e);
    }

    private void write(StreamSinkChannel sink) {
      try {
        while (body.hasRemaining()) {
          int written = sink.write(body);
          begun = true;
          if (written == 0) {
            sink.getWriteSetter().set(this::write);
            sink.resumeWrites();
            return;
          }
        }
        sink.shutdownWrites();
        if (!sink.flush()) {
          sink.getWriteSetter().set(ChannelListeners.flushingChannelListener(null, null));
          sink.resumeWrites();
        }
      } catch (IOException e) {
        failed(e);
      } catch (RuntimeException e) {
        // Undertow's conduit has a NullPointerException for a connection that the peer has closed.
        failed(new IOException("the connection is closed", e));
      }
    }

    private void drain(ClientExchange answered) {
      StreamSourceChannel source = answered.getResponseChannel();
      source.getReadSetter().set(channel -> read(answered, channel));
      read(answered, source);
    }

    private void read(ClientExchange answered, StreamSourceChannel source) {
      ByteBuffer scrap = ByteBuffer.allocate(4 * 1024);
      try {
        while (true) {
          int n = source.read(scrap);
          if (n < 0) {
            end(answered, true);
            return;
          }
          if (n == 0) {
            source.resumeReads();
            return;
          }
          drained += n;
          scrap.clear();
          if (drained > ANSWER_LIMIT) {
            end(answered, false);
            return;
          }
        }
      } catch (IOException e) {
        failed(e);
      }
    }

    private void end(ClientExchange answered, boolean reusable) {
      String persistence = answered.getResponse().getResponseHeaders().getFirst("Connection");
      if (reusable && connection.isOpen() && "keep-alive".equalsIgnoreCase(persistence)) {
        giveBack(endpoint, connection);
      } else {
        IoUtils.safeClose(connection);
      }
      result.complete(new Outcome.Answered(answered.getResponse().getResponseCode()));
    }
  }
}
