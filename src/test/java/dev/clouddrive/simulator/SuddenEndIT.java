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
import java.util.concurrent.Future;
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
  private static final int LARGE = 200_000;
  private static final String FILES = "/_simulator/api/accounts/alice@example.com/files";

  @TempDir private Path folder;

  /** Size by path of the files that were acknowledged. */
  private final Map<String, Integer> files = new ConcurrentHashMap<>();

  /** Handles of the picks that were acknowledged. */
  private final Queue<String> handles = new ConcurrentLinkedQueue<>();

  /** Those of them whose removal was asked for, and those whose was acknowledged. */
  private final Set<String> removing = ConcurrentHashMap.newKeySet();

  private final Set<String> removed = ConcurrentHashMap.newKeySet();

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
      http.control("PUT", "options", "{\"security.legacyOpenDelete\":true}");
      for (int round = 0; round < KILLS; round++) {
        workUntilKilled(round);
        start();
        verify(round);
      }
      kill();
    }
    assertThat(removed).isNotEmpty();
  }

  private void workUntilKilled(int round) throws Exception {
    CountDownLatch acknowledged = new CountDownLatch(15 + 7 * round % 40);
    ExecutorService workers = Executors.newFixedThreadPool(WORKERS);
    List<Future<?>> work = new ArrayList<>();
    for (int worker = 0; worker < WORKERS; worker++) {
      String name = round + "-" + worker + "-";
      work.add(workers.submit(() -> work(name, acknowledged)));
    }
    assertThat(acknowledged.await(60, TimeUnit.SECONDS)).isTrue();
    kill();
    workers.shutdown();
    for (Future<?> each : work) {
      each.get(60, TimeUnit.SECONDS);
    }
  }

  /** Until the connection is gone. */
  private void work(String name, CountDownLatch acknowledged) {
    try {
      for (int i = 0; ; i++) {
        String path = "/" + name + i + ".bin";
        // A large one is in a file of its own, that the pick names as well as the drive.
        int size = i % 4 == 0 ? LARGE : 100;
        Http.Answer put =
            http.put(FILES + path, "x".repeat(size), "Content-Type", "application/octet-stream");
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
          String handle = uploaded.get(0).string("handle");
          handles.add(handle);
          acknowledged.countDown();
          if (i % 8 == 0) {
            remove(handle);
            acknowledged.countDown();
          }
        }
      }
    } catch (UncheckedIOException e) {
      // It was killed, as it was to be.
      assertThat(e.getCause()).isNotNull();
    }
  }

  private void remove(String handle) {
    removing.add(handle);
    assertThat(http.delete("/api/file/" + handle + "?key=ASimKey0000000000000Az").status())
        .isEqualTo(200);
    removed.add(handle);
  }

  private void verify(int round) {
    Map<Object, Object> there =
        http.get(FILES).list().stream()
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
      // A removal that was under way may have been done, or not.
      Set<Integer> expected =
          removed.contains(handle)
              ? Set.of(404)
              : removing.contains(handle) ? Set.of(200, 404) : Set.of(200);
      assertThat(http.get("/" + handle).status()).as(handle).isIn(expected);
    }
    files.forEach(
        (path, size) -> {
          if (size == LARGE) {
            assertThat(http.get(FILES + path).body()).as(path).hasSize(LARGE);
          }
        });
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
