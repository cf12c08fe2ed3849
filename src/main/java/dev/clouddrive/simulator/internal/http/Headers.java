package dev.clouddrive.simulator.internal.http;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Header fields in their order; names compare without case (RFC 9110 5.1). Immutable. */
public final class Headers {
  public static final Headers EMPTY = new Headers(List.of());

  /** One field line. */
  public record Field(String name, String value) {}

  private final List<Field> fields;

  private Headers(List<Field> fields) {
    this.fields = fields;
  }

  public static Headers of(List<Field> fields) {
    return new Headers(List.copyOf(fields));
  }

  /** Names and values by turns. */
  public static Headers of(String... namesAndValues) {
    List<Field> fields = new ArrayList<>(namesAndValues.length / 2);
    for (int i = 0; i < namesAndValues.length; i += 2) {
      fields.add(new Field(namesAndValues[i], namesAndValues[i + 1]));
    }
    return of(fields);
  }

  /** The first field of that name. */
  public Optional<String> get(String name) {
    for (Field field : fields) {
      if (field.name().equalsIgnoreCase(name)) {
        return Optional.of(field.value());
      }
    }
    return Optional.empty();
  }

  public boolean has(String name) {
    return get(name).isPresent();
  }

  /** The fields, with every field of that name replaced by this one. */
  public Headers with(String name, String value) {
    List<Field> changed = new ArrayList<>(fields.size() + 1);
    for (Field field : fields) {
      if (!field.name().equalsIgnoreCase(name)) {
        changed.add(field);
      }
    }
    changed.add(new Field(name, value));
    return new Headers(Collections.unmodifiableList(changed));
  }

  /** The fields and one more, whether or not the name is there already. */
  public Headers plus(String name, String value) {
    List<Field> changed = new ArrayList<>(fields);
    changed.add(new Field(name, value));
    return new Headers(Collections.unmodifiableList(changed));
  }

  public List<Field> fields() {
    return fields;
  }
}
