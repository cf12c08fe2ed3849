package dev.clouddrive.simulator.internal.client;

import io.undertow.client.ClientCallback;
import io.undertow.client.ClientConnection;
import io.undertow.client.UndertowClient;
import io.undertow.connector.ByteBufferPool;
import io.undertow.protocols.ssl.UndertowXnioSsl;
import io.undertow.server.DefaultByteBufferPool;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.security.NoSuchAlgorithmException;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.xnio.OptionMap;
import org.xnio.Options;
import org.xnio.Xnio;
import org.xnio.XnioWorker;
import org.xnio.ssl.XnioSsl;

/** Opens connections of outgoing calls, on one I/O thread that is made when it is first needed. */
final class Connector implements AutoCloseable {
  private final String name;
  private final ByteBufferPool buffers = new DefaultByteBufferPool(true, 16 * 1024);
  private @Nullable XnioWorker worker;
  private @Nullable XnioSsl tls;
  private boolean closed;

  /**
   * @param name of the threads
   */
  Connector(String name) {
    this.name = name;
  }

  CompletableFuture<ClientConnection> connect(Endpoint endpoint) {
    CompletableFuture<ClientConnection> connecting = new CompletableFuture<>();
    String address = endpoint.address().getHostAddress();
    boolean secure = endpoint.scheme().equals("https");
    // Over TLS the name is needed for SNI and for the certificate; the platform caches its address.
    String target =
        secure ? endpoint.host() : address.contains(":") ? "[" + address + "]" : address;
    URI uri = URI.create(endpoint.scheme() + "://" + target + ":" + endpoint.port());
    try {
      UndertowClient.getInstance()
          .connect(
              new ClientCallback<>() {
                @Override
                public void completed(ClientConnection connection) {
                  connecting.complete(connection);
                }

                @Override
                public void failed(IOException e) {
                  connecting.completeExceptionally(e);
                }
              },
              uri,
              worker(),
              secure ? tls() : null,
              buffers,
              OptionMap.create(Options.TCP_NODELAY, true));
    } catch (IOException | NoSuchAlgorithmException | RuntimeException e) {
      connecting.completeExceptionally(e);
    }
    return connecting;
  }

  private synchronized XnioWorker worker() throws IOException {
    if (closed) {
      throw new IOException("the simulator is closed");
    }
    XnioWorker existing = worker;
    if (existing == null) {
      existing =
          Xnio.getInstance(UndertowClient.class.getClassLoader())
              .createWorker(
                  OptionMap.builder()
                      .set(Options.WORKER_IO_THREADS, 1)
                      .set(Options.WORKER_TASK_CORE_THREADS, 1)
                      .set(Options.WORKER_TASK_MAX_THREADS, 1)
                      .set(Options.THREAD_DAEMON, true)
                      .set(Options.WORKER_NAME, name)
                      .getMap());
      worker = existing;
    }
    return existing;
  }

  private synchronized XnioSsl tls() throws IOException, NoSuchAlgorithmException {
    XnioSsl existing = tls;
    if (existing == null) {
      existing =
          new UndertowXnioSsl(
              Xnio.getInstance(UndertowClient.class.getClassLoader()),
              OptionMap.EMPTY,
              SSLContext.getDefault());
      tls = existing;
    }
    return existing;
  }

  static String describe(Throwable cause) {
    if (cause instanceof ConnectException) {
      return "connection refused";
    }
    String message = cause.getMessage();
    return message == null ? cause.getClass().getSimpleName() : message;
  }

  @Override
  public synchronized void close() {
    closed = true;
    if (worker != null) {
      worker.shutdownNow();
    }
  }
}
