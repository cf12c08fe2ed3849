package dev.clouddrive.simulator.internal.fault;

import dev.clouddrive.simulator.internal.json.Json;
import dev.clouddrive.simulator.internal.json.JsonException;
import dev.clouddrive.simulator.internal.json.JsonObject;
import dev.clouddrive.simulator.internal.json.Nearest;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Faults in the JSON of the control API (simulator.md section 5). */
public final class FaultReader {
  private static final Duration LONGEST_DELAY = Duration.ofMinutes(1);

  private FaultReader() {}

  /**
   * @param operations the names that there are
   * @throws JsonException if it is no fault
   */
  public static Fault read(String id, JsonObject json, Collection<String> operations) {
    json.only("on", "path", "effect", "after", "times");
    String on = json.string("on");
    boolean known =
        on.endsWith("*")
            ? operations.stream().anyMatch(o -> o.startsWith(on.substring(0, on.length() - 1)))
            : operations.contains(on);
    if (!known) {
      throw json.wrong(
          "on",
          "there is no operation \""
              + on
              + "\""
              + Nearest.of(on, operations)
                  .map(near -> "; did you mean " + near + "?")
                  .orElse("; GET operations tells them"));
    }
    Effect effect = effect(json.object("effect"));
    boolean ofWebhooks = on.equals(Faults.WEBHOOK_DELIVER);
    if (isOfWebhooks(effect) && !ofWebhooks) {
      throw json.wrong("effect", "this effect is one of " + Faults.WEBHOOK_DELIVER);
    }
    long after = json.optionalLong("after").orElse(0L);
    long times = json.optionalLong("times").orElse(effect instanceof Effect.Throttle ? 0L : 1L);
    if (after < 0 || times < 0) {
      throw json.wrong(after < 0 ? "after" : "times", "a number of calls is 0 or more");
    }
    return new Fault(id, on, json.optionalString("path").orElse(null), effect, after, times);
  }

  private static boolean isOfWebhooks(Effect effect) {
    return effect instanceof Effect.Duplicate
        || effect instanceof Effect.Reorder
        || effect instanceof Effect.Drop
        || effect instanceof Effect.BadSignature
        || effect instanceof Effect.Skew;
  }

  private static Effect effect(JsonObject json) {
    json.only(
        "status",
        "delay",
        "reset",
        "truncateAt",
        "bytesPerSecond",
        "throttle",
        "duplicate",
        "reorder",
        "drop",
        "badSignature",
        "skew");
    if (json.keys().size() != 1) {
      throw json.wrong("", "an effect has exactly one key");
    }
    String name = json.keys().iterator().next();
    return switch (name) {
      case "status" -> new Effect.Status((int) bounded(json, name, 100, 599));
      case "delay" -> new Effect.Delay(delay(json));
      case "truncateAt" -> new Effect.Truncate(bounded(json, name, 0, Long.MAX_VALUE));
      case "bytesPerSecond" -> new Effect.Slow(bounded(json, name, 1, Long.MAX_VALUE));
      case "throttle" -> new Effect.Throttle(perSecond(json.object(name)));
      case "duplicate" -> new Effect.Duplicate((int) bounded(json, name, 2, 100));
      case "skew" -> new Effect.Skew(duration(json, name));
      case "reset" -> flag(json, name, new Effect.Reset());
      case "reorder" -> flag(json, name, new Effect.Reorder());
      case "drop" -> flag(json, name, new Effect.Drop());
      default -> flag(json, name, new Effect.BadSignature());
    };
  }

  private static Effect flag(JsonObject json, String name, Effect effect) {
    if (!json.optionalBoolean(name).orElse(false)) {
      throw json.wrong(name, "true is expected here");
    }
    return effect;
  }

  private static long bounded(JsonObject json, String name, long least, long most) {
    long value = json.longValue(name);
    if (value < least || value > most) {
      throw json.wrong(name, "a whole number from " + least + " to " + most + " is expected");
    }
    return value;
  }

  private static double perSecond(JsonObject json) {
    json.only("perSecond");
    double value =
        json.optionalDouble("perSecond")
            .orElseThrow(() -> json.wrong("perSecond", "this key is required"));
    if (!(value > 0)) {
      throw json.wrong("perSecond", "calls per second are above 0");
    }
    return value;
  }

  private static Duration delay(JsonObject json) {
    Duration delay = duration(json, "delay");
    if (delay.isNegative() || delay.compareTo(LONGEST_DELAY) > 0) {
      throw json.wrong("delay", "a delay of PT0S to " + LONGEST_DELAY + " is expected");
    }
    return delay;
  }

  private static Duration duration(JsonObject json, String name) {
    return json.optionalDuration(name).orElseThrow(() -> json.wrong(name, "this key is required"));
  }

  /** As {@link #read} reads it. */
  public static Map<String, @Nullable Object> json(Fault fault) {
    Map<String, @Nullable Object> json = Json.object("id", fault.id(), "on", fault.on());
    if (fault.path() != null) {
      json.put("path", fault.path());
    }
    json.put("effect", effectJson(fault.effect()));
    json.put("after", fault.after());
    json.put("times", fault.times());
    return json;
  }

  private static Map<String, Object> effectJson(Effect effect) {
    if (effect instanceof Effect.Status status) {
      return Map.of("status", status.status());
    } else if (effect instanceof Effect.Delay delay) {
      return Map.of("delay", delay.delay().toString());
    } else if (effect instanceof Effect.Truncate truncate) {
      return Map.of("truncateAt", truncate.at());
    } else if (effect instanceof Effect.Slow slow) {
      return Map.of("bytesPerSecond", slow.bytesPerSecond());
    } else if (effect instanceof Effect.Throttle throttle) {
      return Map.of("throttle", Map.of("perSecond", throttle.perSecond()));
    } else if (effect instanceof Effect.Duplicate duplicate) {
      return Map.of("duplicate", duplicate.times());
    } else if (effect instanceof Effect.Skew skew) {
      return Map.of("skew", skew.by().toString());
    } else if (effect instanceof Effect.Reorder) {
      return Map.of("reorder", true);
    } else if (effect instanceof Effect.Drop) {
      return Map.of("drop", true);
    } else if (effect instanceof Effect.BadSignature) {
      return Map.of("badSignature", true);
    }
    return Map.of("reset", true);
  }
}
