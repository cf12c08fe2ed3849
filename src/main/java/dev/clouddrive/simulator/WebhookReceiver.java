package dev.clouddrive.simulator;

import dev.clouddrive.simulator.internal.http.Headers;
import dev.clouddrive.simulator.internal.http.HttpServer;
import dev.clouddrive.simulator.internal.http.Request;
import dev.clouddrive.simulator.internal.http.Response;
import dev.clouddrive.simulator.internal.webhook.Signature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * A receiver of webhooks on loopback that remembers what came in and answers as it is told: a
 * stand-in for the application's own while a test is about something else.
 */
public final class WebhookReceiver implements AutoCloseable {
  private static final int BODY_LIMIT = 1024 * 1024;
  private static final int REMEMBERED = 100_000;

  /**
   * A webhook that came in.
   *
   * @param headers by name, without regard to case
   * @param body the exact bytes
   * @param answered the status that it was answered with
   */
  public record Received(Map<String, String> headers, byte[] body, int answered) {

    /** The body as text. */
    public String text() {
      return new String(body, StandardCharsets.UTF_8);
    }

    public Optional<String> header(String name) {
      return Optional.ofNullable(headers.get(name));
    }

    /** Whether {@code FS-Signature} was made with this secret (filestack.md 1.6). */
    public boolean isSignedWith(String secret) {
      return header("FS-Signature").isPresent()
          && Signature.isValid(
              secret, header("FS-Timestamp").orElse(""), body, header("FS-Signature").orElse(""));
    }
  }

  private final HttpServer server;
  private final Deque<Integer> nextAnswers = new ArrayDeque<>();
  private final List<Received> received = new ArrayList<>();
  private int usualAnswer = 200;
  private Consumer<Received> listener = webhook -> {};

  private WebhookReceiver(int port) throws BindException {
    this.server = HttpServer.start("127.0.0.1", port, HttpServer.Limits.DEFAULT, this::receive);
  }

  /** Listens on a free port and answers 200. */
  public static WebhookReceiver start() {
    try {
      return start(0);
    } catch (BindException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Listens on a port.
   *
   * @throws BindException if it is taken
   */
  public static WebhookReceiver start(int port) throws BindException {
    return new WebhookReceiver(port);
  }

  /** Where it listens. */
  public String url() {
    return server.url() + "/hook";
  }

  /** Answers the next webhooks with these statuses, one each, and then as before. */
  public synchronized WebhookReceiver answer(int... statuses) {
    for (int status : statuses) {
      nextAnswers.add(status);
    }
    return this;
  }

  /** Answers from now on with this status. */
  public synchronized WebhookReceiver alwaysAnswer(int status) {
    nextAnswers.clear();
    usualAnswer = status;
    return this;
  }

  /** Tells somebody of each webhook from now on, on the thread that answers it. */
  public synchronized WebhookReceiver onReceived(Consumer<Received> action) {
    listener = action;
    return this;
  }

  /** What has come in, in its order. */
  public synchronized List<Received> received() {
    return List.copyOf(received);
  }

  private Response receive(Request request) {
    byte[] body;
    try {
      body = request.body().readAll(BODY_LIMIT);
    } catch (IOException e) {
      return Response.of(413);
    }
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (Headers.Field field : request.headers().fields()) {
      headers.putIfAbsent(field.name(), field.value());
    }
    synchronized (this) {
      int status = nextAnswers.isEmpty() ? usualAnswer : nextAnswers.remove();
      Received webhook = new Received(headers, body, status);
      if (received.size() < REMEMBERED) {
        received.add(webhook);
      }
      listener.accept(webhook);
      return Response.of(status);
    }
  }

  @Override
  public void close() {
    server.close();
  }
}
