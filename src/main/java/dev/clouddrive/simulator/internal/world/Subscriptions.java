package dev.clouddrive.simulator.internal.world;

import dev.clouddrive.simulator.internal.json.Nearest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Makes the entries of the portal's Credentials > Webhooks (filestack.md 1.1). */
public final class Subscriptions {

  /** The event types of the portal's drop-down, in its order. */
  public static final List<String> EVENT_TYPES =
      List.of(
          "fp.dialog",
          "fp.upload",
          "fp.export",
          "fp.converse",
          "fp.overwrite",
          "fp.delete",
          "fp.video_converse",
          "fs.workflow",
          "fp.scan");

  private Subscriptions() {}

  /**
   * Adds one entry, or for {@code all} one per event type; those made together share their secret.
   *
   * @param secret null for a generated one
   * @throws IllegalArgumentException if there is no such event type
   */
  public static List<Webhooks.Subscription> add(
      World world,
      WorldState state,
      String apikey,
      String url,
      String event,
      @Nullable String secret) {
    List<String> types = typesOf(event);
    Instant now = world.now();
    Instant activeFrom = now.plus(state.options.get(Options.WEBHOOK_ACTIVATION_DELAY));
    String shared = secret != null ? secret : world.ids().token("whsec_", 24);
    List<Webhooks.Subscription> added = new ArrayList<>();
    for (String type : types) {
      Webhooks.Subscription entry =
          new Webhooks.Subscription(
              world.ids().token("wh_", 16), apikey, url, type, shared, now, activeFrom);
      state.webhooks.subscriptions.put(entry.id(), entry);
      added.add(entry);
    }
    return added;
  }

  /** {@code fp.convert} is taken for {@code fp.converse}: an alias of subscriptions only. */
  private static List<String> typesOf(String event) {
    String wanted = event.toLowerCase(Locale.ROOT);
    if (wanted.equals("all")) {
      return EVENT_TYPES;
    }
    if (wanted.equals("fp.convert")) {
      return List.of("fp.converse");
    }
    if (EVENT_TYPES.contains(wanted)) {
      return List.of(wanted);
    }
    List<String> known = new ArrayList<>(EVENT_TYPES);
    known.add("all");
    throw new IllegalArgumentException(
        "\""
            + event
            + "\" is no event type"
            + Nearest.of(event, known)
                .map(near -> "; did you mean " + near + "?")
                .orElse("; known are " + String.join(", ", known)));
  }
}
