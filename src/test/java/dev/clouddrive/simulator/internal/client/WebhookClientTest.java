package dev.clouddrive.simulator.internal.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clouddrive.simulator.internal.http.Headers;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class WebhookClientTest {
  private static final byte[] BODY = "{}".getBytes(StandardCharsets.UTF_8);

  private static final String ANSWER = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n";

  /** Takes a request in; false at the connection's end. */
  private static boolean read(InputStream in) throws IOException {
    StringBuilder request = new StringBuilder();
    while (request.indexOf("\r\n\r\n{}") < 0) {
      int next = in.read();
      if (next < 0) {
        return false;
      }
      request.append((char) next);
    }
    return true;
  }

  private static void answer(Socket socket, String fields) throws IOException {
    socket.getOutputStream().write((ANSWER + fields + "\r\n").getBytes(StandardCharsets.UTF_8));
  }

  /** What becomes of each connection. */
  private interface Receiver {
    void receive(Socket socket) throws IOException;
  }

  private static void accept(ServerSocket server, Receiver receiver, AtomicInteger connections) {
    try {
      while (true) {
        try (Socket socket = server.accept()) {
          connections.incrementAndGet();
          receiver.receive(socket);
        }
      }
    } catch (IOException closed) {
      // The test has ended.
    }
  }

  /** Posts so often; how many connections that took. */
  private static int connections(int posts, Receiver receiver) throws IOException {
    AtomicInteger connections = new AtomicInteger();
    try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        WebhookClient client = new WebhookClient()) {
      new Thread(() -> accept(server, receiver, connections), "receiver").start();
      String url = "http://127.0.0.1:" + server.getLocalPort() + "/hook";
      for (int i = 0; i < posts; i++) {
        WebhookClient.Outcome outcome =
            client.post(
                url, Headers.of("Content-Type", "application/json"), BODY, Duration.ofSeconds(5));
        assertThat(outcome).as("attempt %d", i).isEqualTo(new WebhookClient.Outcome.Answered(200));
      }
    }
    return connections.get();
  }

  @Test
  void aReceiverThatClosesItsConnectionWithoutAWordGetsEachAttempt() throws IOException {
    int connections =
        connections(
            100,
            socket -> {
              read(socket.getInputStream());
              answer(socket, "");
              socket.setSoLinger(true, 0);
            });
    assertThat(connections).isEqualTo(100);
  }

  @Test
  void aReceiverThatKeepsItsConnectionGetsTheNextAttemptOnIt() throws IOException {
    int connections =
        connections(
            100,
            socket -> {
              while (read(socket.getInputStream())) {
                answer(socket, "Connection: keep-alive\r\n");
              }
            });
    // One that was idle for long, as on a machine that is busy, is not used again.
    assertThat(connections).isLessThan(50);
  }
}
