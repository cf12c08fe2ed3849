package dev.clouddrive.simulator.internal.http;

import io.undertow.Undertow;
import io.undertow.connector.ByteBufferPool;
import io.undertow.connector.PooledByteBuffer;
import io.undertow.server.DefaultByteBufferPool;
import io.undertow.server.HttpHandler;
import io.undertow.server.protocol.http.HttpOpenListener;
import io.undertow.util.Transfer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channel;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;
import org.xnio.ChannelExceptionHandler;
import org.xnio.ChannelListeners;
import org.xnio.IoUtils;
import org.xnio.OptionMap;
import org.xnio.Options;
import org.xnio.StreamConnection;
import org.xnio.Xnio;
import org.xnio.XnioExecutor;
import org.xnio.XnioWorker;
import org.xnio.channels.AcceptingChannel;
import org.xnio.channels.StreamSinkChannel;
import org.xnio.channels.StreamSourceChannel;

/**
 * A plain HTTP listener that looks at the first byte of each connection: a client that begins a TLS
 * handshake on a proxy's port without asking for a tunnel (amazon-cloud-drive.md 6, duplicity) is
 * led to the TLS listener all the same.
 */
final class PlainListener implements AutoCloseable {
  /** A TLS record of a handshake begins so (RFC 8446 5.1). */
  private static final byte HANDSHAKE = 0x16;

  private static final int BUFFER = 16 * 1024 - 20;
  private static final int IO_THREADS = 2;
  private static final int BACKLOG = 1_000;
  private static final int TERMINATION_MILLIS = 1_000;

  /** XNIO's own single instance: looking it up reads the whole class path. */
  private static final Xnio XNIO = Xnio.getInstance(Undertow.class.getClassLoader());

  private final XnioWorker worker;
  private final ByteBufferPool buffers = new DefaultByteBufferPool(true, BUFFER, -1, 4);
  private final HttpOpenListener http;
  private final AcceptingChannel<StreamConnection> channel;
  private final AtomicBoolean closed = new AtomicBoolean();
  private final int idleMillis;
  private final @Nullable IntSupplier tlsPort;

  /**
   * @param tlsPort the port of loopback that speaks TLS; null treats all as HTTP
   * @throws IOException if the address can't be bound
   */
  PlainListener(
      InetSocketAddress address,
      HttpServer.Limits limits,
      OptionMap options,
      HttpHandler handler,
      @Nullable IntSupplier tlsPort)
      throws IOException {
    this.idleMillis = limits.idleMillis();
    this.tlsPort = tlsPort;
    this.worker =
        XNIO.createWorker(
            OptionMap.builder()
                .set(Options.WORKER_NAME, "clouddrive")
                .set(Options.WORKER_IO_THREADS, IO_THREADS)
                .set(Options.WORKER_TASK_CORE_THREADS, limits.workerThreads())
                .set(Options.WORKER_TASK_MAX_THREADS, limits.workerThreads())
                .set(Options.TCP_NODELAY, true)
                .getMap());
    this.http = new HttpOpenListener(buffers, options);
    http.setRootHandler(handler);
    try {
      this.channel =
          worker.createStreamConnectionServer(
              address,
              ChannelListeners.openListenerAdapter(this::opened),
              OptionMap.builder()
                  .set(Options.TCP_NODELAY, true)
                  .set(Options.REUSE_ADDRESSES, true)
                  .set(Options.BACKLOG, BACKLOG)
                  .set(Options.READ_TIMEOUT, idleMillis)
                  .set(Options.WRITE_TIMEOUT, idleMillis)
                  .getMap());
    } catch (IOException | RuntimeException e) {
      worker.shutdownNow();
      throw e;
    }
    channel.resumeAccepts();
  }

  InetSocketAddress address() {
    return channel.getLocalAddress(InetSocketAddress.class);
  }

  private void opened(StreamConnection connection) {
    if (tlsPort == null) {
      http.handleEvent(connection);
      return;
    }
    XnioExecutor.Key silence =
        connection
            .getIoThread()
            .executeAfter(() -> IoUtils.safeClose(connection), idleMillis, TimeUnit.MILLISECONDS);
    connection.getSourceChannel().setReadListener(source -> firstBytes(connection, silence));
    connection.getSourceChannel().wakeupReads();
  }

  private void firstBytes(StreamConnection connection, XnioExecutor.Key silence) {
    PooledByteBuffer buffer = buffers.allocate();
    boolean handedOn = false;
    try {
      int n = connection.getSourceChannel().read(buffer.getBuffer());
      if (n == 0) {
        connection.getSourceChannel().resumeReads();
        return;
      }
      silence.remove();
      if (n < 0) {
        IoUtils.safeClose(connection);
        return;
      }
      connection.getSourceChannel().suspendReads();
      connection.getSourceChannel().setReadListener(null);
      buffer.getBuffer().flip();
      if (buffer.getBuffer().get(0) == HANDSHAKE) {
        byte[] hello = new byte[buffer.getBuffer().remaining()];
        buffer.getBuffer().get(hello);
        worker.execute(() -> leadToTls(connection, hello));
      } else {
        handedOn = true;
        http.handleEvent(connection, buffer);
      }
    } catch (IOException e) {
      silence.remove();
      IoUtils.safeClose(connection);
    } finally {
      if (!handedOn) {
        buffer.close();
      }
    }
  }

  /** Off the I/O thread, because the TLS listener may have to be made first. */
  private void leadToTls(StreamConnection client, byte[] hello) {
    IntSupplier port = tlsPort;
    if (port == null) {
      IoUtils.safeClose(client);
      return;
    }
    InetSocketAddress tls = new InetSocketAddress("127.0.0.1", port.getAsInt());
    client
        .getIoThread()
        .execute(
            () ->
                client
                    .getIoThread()
                    .openStreamConnection(
                        tls,
                        server -> sendHello(client, server, ByteBuffer.wrap(hello)),
                        OptionMap.create(Options.TCP_NODELAY, true))
                    .addNotifier(
                        (future, ignored) -> {
                          if (future.getStatus() == org.xnio.IoFuture.Status.FAILED) {
                            IoUtils.safeClose(client);
                          }
                        },
                        null));
  }

  private void sendHello(StreamConnection client, StreamConnection server, ByteBuffer hello) {
    try {
      while (hello.hasRemaining()) {
        if (server.getSinkChannel().write(hello) == 0) {
          server.getSinkChannel().setWriteListener(sink -> sendHello(client, server, hello));
          server.getSinkChannel().resumeWrites();
          return;
        }
      }
      server.getSinkChannel().suspendWrites();
      pipe(client, server);
      pipe(server, client);
    } catch (IOException e) {
      IoUtils.safeClose(client, server);
    }
  }

  private void pipe(StreamConnection from, StreamConnection to) {
    ChannelExceptionHandler<Channel> broken = (failed, e) -> IoUtils.safeClose(from, to);
    Transfer.<StreamSourceChannel, StreamSinkChannel>initiateTransfer(
        from.getSourceChannel(),
        to.getSinkChannel(),
        ChannelListeners.closingChannelListener(),
        ChannelListeners.writeShutdownChannelListener(
            ChannelListeners.<StreamSinkChannel>flushingChannelListener(
                ChannelListeners.closingChannelListener(),
                ChannelListeners.closingChannelExceptionHandler()),
            ChannelListeners.closingChannelExceptionHandler()),
        broken,
        broken,
        buffers);
  }

  /** Ends connections and threads, those that are still busy after a second too. */
  @Override
  public void close() {
    // Closing the channel once more would wait for an I/O thread that has ended.
    if (closed.getAndSet(true)) {
      return;
    }
    IoUtils.safeClose(channel);
    http.closeConnections();
    try {
      awaitIoThreads();
      worker.shutdown();
      if (!worker.awaitTermination(TERMINATION_MILLIS, TimeUnit.MILLISECONDS)) {
        worker.shutdownNow();
      }
    } catch (InterruptedException e) {
      worker.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }

  /** What an I/O thread is at would fail, and be logged, once the worker ends. */
  private void awaitIoThreads() throws InterruptedException {
    CountDownLatch idle = new CountDownLatch(IO_THREADS);
    for (int i = 0; i < IO_THREADS; i++) {
      worker.getIoThread(i).execute(idle::countDown);
    }
    idle.await(TERMINATION_MILLIS, TimeUnit.MILLISECONDS);
  }
}
