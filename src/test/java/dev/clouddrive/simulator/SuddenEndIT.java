package dev.clouddrive.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clouddrive.simulator.internal.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A simulator with {@code --data} that is killed during uploads, picks and deliveries: what it has
 * answered for is there after the next start. {@code -Dkills=50} kills more often.
 */
@Timeout(600)
final class SuddenEndIT {
  private static final int KILLS = Integer.getInteger("kills", 5);
  private static final int WORKERS = 3;

  @TempDir private Path folder;

  /** Size by path of the files that were acknowledged. */
  private final Map<String, Integer> files = new ConcurrentHashMap<>();

  /** Handles of the picks that were acknowledged. */
  private final Queue<String> handles = new ConcurrentLinkedQueue<>();

  private Process process;
  private Http http;

  private void start() throws IOException {
    List<String> command = Tools.jar("serve", "--port", "0", "--data", "data", "--clock", "frozen");
    process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
    String line = out.readLine();
    assertThat(line).startsWith("ready http=");
    http = new Http(URI.create(line.split(" ")[1].substring(5)));
  }

  private void kill() throws InterruptedException {
    process.destroyForcibly();
    assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void nothingThatWasAcknowledgedIsLost() throws Exception {
    try (WebhookReceiver receiver = WebhookReceiver.start()) {
      start();
      String hook = "{\"url\":\"" + receiver.url() + "\",\"event\":\"fp.upload\"}";
      http.post("/_simulator/api/apps/ASimKey0000000000000Az/webhooks", hook);
      for (int round = 0; round < KILLS; round++) {
        workUntilKilled(round);
        start();
        verify(round);
      }
      kill();
    }
  }

  private void workUntilKilled(int round) throws InterruptedException {
    CountDownLatch acknowledged = new CountDownLatch(15 + 7 * round % 40);
    ExecutorService workers = Executors.newFixedThreadPool(WORKERS);
    for (int worker = 0; worker < WORKERS; worker++) {
      String name = round + "-" + worker + "-";
      workers.submit(() -> work(name, acknowledged));
    }
    assertThat(acknowledged.await(60, TimeUnit.SECONDS)).isTrue();
    kill();
    workers.shutdown();
    assertThat(workers.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
  }

  /** Until the connection is gone. */
  private void work(String name, CountDownLatch acknowledged) {
    try {
      for (int i = 0; ; i++) {
        String path = "/" + name + i + ".bin";
        int size = i % 4 == 0 ? 100_000 : 100;
        Http.Answer put =
            http.put(
                "/_simulator/api/accounts/alice@example.com/files" + path,
                "x".repeat(size),
                "Content-Type",
                "application/octet-stream");
        if (put.status() / 100 == 2) {
          files.put(path, size);
          acknowledged.countDown();
        }
        Http.Answer pick =
            http.post(
                "/_simulator/api/picks",
                "{\"apikey\":\"ASimKey0000000000000Az\",\"account\":\"alice@example.com\",\"paths\":[\""
                    + path
                    + "\"],\"mode\":\"store\"}");
        List<JsonObject> uploaded = pick.json().objects("filesUploaded");
        if (!uploaded.isEmpty()) {
          handles.add(uploaded.get(0).string("handle"));
          acknowledged.countDown();
        }
      }
    } catch (UncheckedIOException e) {
      // It was killed, as it was to be.
      assertThat(e.getCause()).isNotNull();
    }
  }

  private void verify(int round) {
    Map<Object, Object> there =
        http.get("/_simulator/api/accounts/alice@example.com/files").list().stream()
            .filter(file -> file.get("size") != null)
            .collect(Collectors.toMap(file -> file.get("path"), file -> file.get("size")));
    assertThat(there).as("files after kill " + round).containsAllEntriesOf(files);
    http.post("/_simulator/api/clock/settle", "");
    Set<String> told =
        deliveries().stream()
            .filter(delivery -> delivery.string("status").equals("delivered"))
            .map(delivery -> delivery.object("body").object("text").string("url"))
            .map(url -> url.substring(url.lastIndexOf('/') + 1))
            .collect(Collectors.toSet());
    for (String handle : handles) {
      assertThat(http.get("/" + handle).status()).as(handle).isEqualTo(200);
    }
    assertThat(told).as("webhooks after kill " + round).containsAll(handles);
  }

  private List<JsonObject> deliveries() {
    List<JsonObject> all = new ArrayList<>();
    String next = "";
    do {
      JsonObject page = http.get("/_simulator/api/deliveries" + next).json();
      all.addAll(page.objects("deliveries"));
      next = page.optionalString("next").map(token -> "?next=" + token).orElse("");
    } while (!next.isEmpty());
    return all;
  }
}
