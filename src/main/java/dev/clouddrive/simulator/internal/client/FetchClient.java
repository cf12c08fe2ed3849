package dev.clouddrive.simulator.internal.client;

import dev.clouddrive.simulator.internal.http.Headers;
import io.undertow.client.ClientCallback;
import io.undertow.client.ClientConnection;
import io.undertow.client.ClientExchange;
import io.undertow.client.ClientRequest;
import io.undertow.util.HeaderValues;
import io.undertow.util.HttpString;
import io.undertow.util.Methods;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.xnio.IoUtils;
import org.xnio.channels.StreamSourceChannel;

/**
 * Fetches a URL into a stream. Its address is resolved and checked, and is the one that is
 * connected to; over TLS, which needs the name, the platform's cache of addresses gives it again.
 */
public final class FetchClient implements AutoCloseable {
  private static final int BUFFER = 64 * 1024;

  /** What a caller's headers may not say. */
  private static final Set<String> FRAMING =
      Set.of("content-length", "transfer-encoding", "expect", "upgrade", "te", "trailer");

  private final Connector connector = new Connector("clouddrive-fetch");

  /** What a fetch may do. */
  public record Limits(TargetGuard.Rule rule, long mostBytes, Duration timeout) {}

  /** What came, its content aside. */
  public record Fetched(int status, Headers headers) {
    /** Whether it leads elsewhere. */
    public boolean isRedirect() {
      return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
    }
  }

  /** A URL could not be fetched; the message says why. */
  public static final class FetchException extends IOException {
    private static final long serialVersionUID = 1;

    public FetchException(String message) {
      super(message);
    }
  }

  /**
   * Gets a URL, without following a redirect, and writes the content of a 200 to the stream.
   *
   * @throws FetchException if there is no answer
   */
  public Fetched get(String url, Headers headers, Limits limits, OutputStream out)
      throws FetchException {
    long deadline = System.nanoTime() + limits.timeout().toNanos();
    return exchange(url, headers, limits, out, deadline).await(deadline);
  }

  private Exchange exchange(
      String url, Headers headers, Limits limits, OutputStream out, long deadline)
      throws FetchException {
    try {
      URI uri = TargetGuard.check(url);
      InetAddress address = TargetGuard.resolve(uri);
      Endpoint endpoint = Endpoint.of(uri, address);
      limits.rule().check(uri.getHost(), address, endpoint.port());
      CompletableFuture<ClientConnection> connecting = connector.connect(endpoint);
      try {
        ClientConnection connection =
            connecting.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
        return new Exchange(connection, request(uri, headers), limits.mostBytes(), out);
      } catch (TimeoutException e) {
        connecting.thenAccept(IoUtils::safeClose);
        throw new FetchException("the URL did not answer in time");
      } catch (ExecutionException e) {
        throw new FetchException("the URL can't be reached: " + Connector.describe(e.getCause()));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new FetchException("interrupted");
      }
    } catch (TargetGuard.RefusedException e) {
      throw new FetchException(String.valueOf(e.getMessage()));
    } catch (UnknownHostException e) {
      throw new FetchException("the URL's host is unknown");
    }
  }

  private static ClientRequest request(URI uri, Headers headers) {
    String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
    ClientRequest request =
        new ClientRequest()
            .setMethod(Methods.GET)
            .setPath(uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery());
    for (Headers.Field field : headers.fields()) {
      if (!FRAMING.contains(field.name().toLowerCase(Locale.ROOT))) {
        request.getRequestHeaders().put(new HttpString(field.name()), field.value());
      }
    }
    request.getRequestHeaders().put(new HttpString("Host"), uri.getRawAuthority());
    request.getRequestHeaders().put(new HttpString("Connection"), "close");
    return request;
  }

  @Override
  public void close() {
    connector.close();
  }

  /** One request; all of it happens on the connection's own I/O thread. */
  private static final class Exchange implements ClientCallback<ClientExchange> {
    private final ClientConnection connection;
    private final long mostBytes;
    private final OutputStream out;
    private final CompletableFuture<Fetched> result = new CompletableFuture<>();
    private long read;

    Exchange(ClientConnection connection, ClientRequest request, long mostBytes, OutputStream out) {
      this.connection = connection;
      this.mostBytes = mostBytes;
      this.out = out;
      connection.getIoThread().execute(() -> connection.sendRequest(request, this));
    }

    Fetched await(long deadline) throws FetchException {
      try {
        return result.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
      } catch (TimeoutException e) {
        throw new FetchException("the URL did not answer in time");
      } catch (ExecutionException e) {
        throw new FetchException("the URL could not be read: " + Connector.describe(e.getCause()));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new FetchException("interrupted");
      } finally {
        // Ends the writing to the stream as well, whoever waits for it no more.
        result.cancel(false);
        IoUtils.safeClose(connection);
      }
    }

    @Override
    public void completed(ClientExchange exchange) {
      exchange.setResponseListener(
          new ClientCallback<>() {
            @Override
            public void completed(ClientExchange answered) {
              Fetched fetched = fetched(answered);
              if (fetched.status() != 200) {
                result.complete(fetched);
                return;
              }
              StreamSourceChannel source = answered.getResponseChannel();
              source.getReadSetter().set(channel -> read(fetched, channel));
              read(fetched, source);
            }

            @Override
            public void failed(IOException e) {
              Exchange.this.failed(e);
            }
          });
      try {
        exchange.getRequestChannel().shutdownWrites();
        exchange.getRequestChannel().flush();
      } catch (IOException e) {
        failed(e);
      }
    }

    @Override
    public void failed(IOException e) {
      result.completeExceptionally(e);
    }

    private Fetched fetched(ClientExchange answered) {
      List<Headers.Field> fields = new ArrayList<>();
      for (HeaderValues values : answered.getResponse().getResponseHeaders()) {
        for (String value : values) {
          fields.add(new Headers.Field(values.getHeaderName().toString(), value));
        }
      }
      return new Fetched(answered.getResponse().getResponseCode(), Headers.of(fields));
    }

    private void read(Fetched fetched, StreamSourceChannel source) {
      ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
      try {
        while (!result.isDone()) {
          int n = source.read(buffer);
          if (n < 0) {
            result.complete(fetched);
            return;
          }
          if (n == 0) {
            source.resumeReads();
            return;
          }
          read += n;
          if (read > mostBytes) {
            throw new IOException("it is larger than " + mostBytes + " bytes");
          }
          out.write(buffer.array(), 0, n);
          buffer.clear();
        }
      } catch (IOException e) {
        failed(e);
      } catch (UncheckedIOException e) {
        failed(e.getCause());
      }
    }
  }
}
