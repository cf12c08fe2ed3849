package dev.clouddrive.simulator.internal.http;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Names and values of a query or of a form ({@code application/x-www-form-urlencoded}, WHATWG URL
 * 5.1). Of a repeated name the first value counts.
 */
public final class Parameters {
  public static final Parameters EMPTY = new Parameters(Map.of());

  /** More than any vendor call has; beyond it the rest is left out. */
  private static final int MOST = 1_000;

  private final Map<String, List<String>> values;

  private Parameters(Map<String, List<String>> values) {
    this.values = values;
  }

  /** Reads {@code a=1&b=2}; escapes that can't be decoded stay as they are. */
  public static Parameters parse(String text) {
    if (text.isEmpty()) {
      return EMPTY;
    }
    Map<String, List<String>> values = new LinkedHashMap<>();
    int from = 0;
    for (int count = 0; from <= text.length() && count < MOST; count++) {
      int end = text.indexOf('&', from);
      if (end < 0) {
        end = text.length();
      }
      if (end > from) {
        int equals = text.indexOf('=', from);
        boolean hasValue = equals >= 0 && equals < end;
        String name = PercentCoding.decodeForm(text.substring(from, hasValue ? equals : end));
        String value = hasValue ? PercentCoding.decodeForm(text.substring(equals + 1, end)) : "";
        values.computeIfAbsent(name, n -> new ArrayList<>(1)).add(value);
      }
      from = end + 1;
    }
    return new Parameters(values);
  }

  public Optional<String> get(String name) {
    List<String> all = values.get(name);
    return all == null ? Optional.empty() : Optional.of(all.get(0));
  }

  /** Every value of that name, in their order. */
  public List<String> all(String name) {
    return List.copyOf(values.getOrDefault(name, List.of()));
  }

  /** These, and others whose names are not among these. */
  public Parameters and(Parameters others) {
    Map<String, List<String>> all = new LinkedHashMap<>(values);
    others.values.forEach(all::putIfAbsent);
    return new Parameters(all);
  }

  public boolean has(String name) {
    return values.containsKey(name);
  }

  /** The value, unless it is absent or empty. */
  public Optional<String> nonEmpty(String name) {
    return get(name).filter(value -> !value.isEmpty());
  }

  public boolean isRepeated(String name) {
    List<String> all = values.get(name);
    return all != null && all.size() > 1;
  }

  public List<String> names() {
    return List.copyOf(values.keySet());
  }

  /** A form body, in the order of the arguments. */
  public static Body form(String... namesAndValues) {
    return Body.of(encode(namesAndValues).getBytes(StandardCharsets.UTF_8));
  }

  /** {@code a=1&b=2}, in the order of the arguments. */
  public static String encode(String... namesAndValues) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      text.append(i == 0 ? "" : "&")
          .append(PercentCoding.encode(namesAndValues[i]))
          .append('=')
          .append(PercentCoding.encode(namesAndValues[i + 1]));
    }
    return text.toString();
  }
}
