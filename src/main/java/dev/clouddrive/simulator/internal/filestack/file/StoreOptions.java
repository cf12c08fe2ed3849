package dev.clouddrive.simulator.internal.filestack.file;

import dev.clouddrive.simulator.internal.json.JsonObject;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Where and under which name a call wants a file to be stored (filestack-files.md 4.1). An empty
 * text counts as absent: several SDKs send all names whether they have values or not.
 *
 * @param location in lower case
 * @param path as it came
 */
public record StoreOptions(
    Optional<String> location,
    Optional<String> container,
    Optional<String> path,
    Optional<String> filename) {

  /** Of a call that says nothing. */
  public static final StoreOptions NONE = of(name -> Optional.empty());

  /** {@code location, path, container, filename}, of a query, a form or a task. */
  public static StoreOptions of(Function<String, Optional<String>> values) {
    return new StoreOptions(
        text(values, "location").map(l -> l.toLowerCase(Locale.ROOT)),
        text(values, "container"),
        text(values, "path"),
        text(values, "filename"));
  }

  private static Optional<String> text(Function<String, Optional<String>> values, String name) {
    return values.apply(name).filter(value -> !value.isEmpty());
  }

  /** As {@link #of(Function)}, in the spelling of the old dialogs too: {@code storePath} … */
  public static StoreOptions withOldNames(Function<String, Optional<String>> values) {
    return of(
        name ->
            text(values, name)
                .or(
                    () ->
                        text(
                            values,
                            "store"
                                + name.substring(0, 1).toUpperCase(Locale.ROOT)
                                + name.substring(1))));
  }

  /** Whether it names a place of its own; {@code s3} alone is what SDKs always send. */
  public boolean namesPlace() {
    return container.isPresent()
        || path.isPresent()
        || location.filter(l -> !l.equals("s3")).isPresent();
  }

  /** Those of a {@code store} object; other kinds of values than texts are passed over. */
  public static StoreOptions of(JsonObject store) {
    Map<String, ?> values = store.toMap();
    return of(
        name -> values.get(name) instanceof String text ? Optional.of(text) : Optional.empty());
  }

  /** The same with a location from elsewhere, such as the path of the call. */
  public StoreOptions at(String newLocation) {
    return new StoreOptions(
        Optional.of(newLocation.toLowerCase(Locale.ROOT)), container, path, filename);
  }
}
