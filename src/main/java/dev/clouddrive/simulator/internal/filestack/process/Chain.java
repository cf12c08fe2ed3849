package dev.clouddrive.simulator.internal.filestack.process;

import dev.clouddrive.simulator.internal.filestack.file.StoreOptions;
import dev.clouddrive.simulator.internal.filestack.security.Credentials;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * A processing request: what is to be done to what.
 *
 * @param debug whether the outcome is to be told as JSON
 * @param tasks in the order of execution, control tasks among them
 * @param shown the request's path without key and security: what a webhook shows
 * @param flaw why it can't be run; null when it can
 */
public record Chain(
    Optional<String> apikey,
    boolean debug,
    List<Task> tasks,
    List<SourceRef> sources,
    Map<String, String> uploadTags,
    String shown,
    @Nullable ProcessException flaw) {
  private static final int MOST_TASKS = 50;
  private static final int MOST_SOURCES = 100;
  private static final int FOR_EVER = 31_536_000;

  public Chain {
    tasks = List.copyOf(tasks);
    sources = List.copyOf(sources);
    uploadTags = Map.copyOf(uploadTags);
  }

  /**
   * @throws ProcessException if it is longer than what is taken
   */
  Chain bounded() throws ProcessException {
    if (tasks.size() > MOST_TASKS) {
      throw new ProcessException(400, "too many tasks");
    }
    if (sources.size() > MOST_SOURCES) {
      throw new ProcessException(400, "too many sources");
    }
    return this;
  }

  boolean isSound() {
    return flaw == null;
  }

  /**
   * @throws ProcessException if it can't be run
   */
  void requireSound() throws ProcessException {
    if (flaw != null) {
      throw flaw;
    }
  }

  /** The tasks as they were written. */
  String taskUri() {
    int end = shown.lastIndexOf('/');
    return end <= 0 ? "" : shown.substring(1, end);
  }

  /** The workflows that are to run on what is stored. */
  List<String> workflows() {
    return tasks.stream()
        .filter(task -> task.type() == TaskType.STORE)
        .flatMap(task -> task.items("workflows").stream())
        .map(Value::toString)
        .toList();
  }

  /** The tasks that make something of the source. */
  public List<Task> conversions() {
    return tasks.stream().filter(task -> !task.type().isControl()).toList();
  }

  private Optional<Task> control(TaskType type) {
    return tasks.stream().filter(task -> task.type() == type).findFirst();
  }

  /** Those of its {@code security} task. */
  Optional<Credentials> credentials() {
    return control(TaskType.SECURITY)
        .map(task -> new Credentials(task.text("policy", ""), task.text("signature", ""), ""));
  }

  /** Where its result goes; several {@code store} tasks count as one (filestack-files.md 4.4). */
  public Optional<StoreOptions> store() {
    Map<String, String> merged = new LinkedHashMap<>();
    boolean stores = false;
    for (Task task : tasks) {
      if (task.type() == TaskType.STORE) {
        stores = true;
        task.arguments().forEach((name, value) -> merged.put(name, value.toString()));
      }
    }
    return stores
        ? Optional.of(StoreOptions.of(name -> Optional.ofNullable(merged.get(name))))
        : Optional.empty();
  }

  boolean isStoredBase64() {
    return tasks.stream()
        .anyMatch(t -> t.type() == TaskType.STORE && t.flag("base64decode", false));
  }

  /** Whether nothing may come from a cache. */
  boolean isUncached() {
    return control(TaskType.CACHE).filter(task -> task.has("false")).isPresent();
  }

  /** Seconds for which its result may be cached, where the chain says so. */
  OptionalInt expiry() {
    Optional<String> expiry = control(TaskType.CACHE).flatMap(task -> task.text("expiry"));
    if (expiry.isEmpty()) {
      return OptionalInt.empty();
    }
    return OptionalInt.of(
        expiry.get().equals("max") ? FOR_EVER : Integer.parseInt(expiry.get().strip()));
  }

  /** What is delivered when the chain fails. */
  Optional<Task> fallback() {
    return control(TaskType.FALLBACK);
  }
}
