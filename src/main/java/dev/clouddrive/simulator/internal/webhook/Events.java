package dev.clouddrive.simulator.internal.webhook;

import dev.clouddrive.simulator.internal.json.Json;
import dev.clouddrive.simulator.internal.json.SchemaSet;
import dev.clouddrive.simulator.internal.world.Filestack;
import dev.clouddrive.simulator.internal.world.Options;
import dev.clouddrive.simulator.internal.world.Webhooks;
import dev.clouddrive.simulator.internal.world.World;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns what happened into webhooks: payload, check against its schema, one delivery for each
 * subscription. A payload that breaks its schema is recorded with what is wrong, and never sent.
 */
public final class Events {
  private static final Logger LOG = LoggerFactory.getLogger(Events.class);
  private static final String SCHEMAS = "dev/clouddrive/simulator/schemas/webhook";

  private final World world;
  private final Dispatcher dispatcher;
  private final SchemaSet schemas = new SchemaSet(SCHEMAS);

  public Events(World world, Dispatcher dispatcher) {
    this.world = world;
    this.dispatcher = dispatcher;
  }

  /** A file became known to Filestack: {@code fp.upload}. */
  public void uploaded(Filestack.FileLink file, long size, FileAddress address) {
    emit(
        file.apikey(),
        "fp.upload",
        (flavour, options) -> flavour.uploaded(file, size, address, options));
  }

  /**
   * A file was saved into a cloud: {@code fp.export}.
   *
   * @param source the URL that was handed in
   * @param client the cloud's display name
   */
  public void exported(
      String apikey, String source, String client, String filename, FileAddress created) {
    emit(
        apikey,
        "fp.export",
        (flavour, options) -> flavour.exported(source, client, filename, created, options));
  }

  /**
   * A file's bytes were replaced: {@code fp.overwrite}.
   *
   * @param size bytes
   */
  public void overwritten(
      Filestack.FileLink file, String filename, String mimetype, long size, FileAddress address) {
    emit(
        file.apikey(),
        "fp.overwrite",
        (flavour, options) ->
            flavour.overwritten(filename, mimetype, file.client(), size, address, options));
  }

  /** A handle was removed: {@code fp.delete}. */
  public void deleted(Filestack.FileLink file, FileAddress address) {
    emit(file.apikey(), "fp.delete", (flavour, options) -> flavour.deleted(address, options));
  }

  /**
   * A conversion of audio or video has ended: {@code fp.video_converse}.
   *
   * @param body without an envelope (filestack.md 1.4.7)
   */
  public void videoConverted(String apikey, Map<String, @Nullable Object> body) {
    emit(apikey, "fp.video_converse", (flavour, options) -> body);
  }

  /** The old dialog was opened: {@code fp.dialog}. */
  public void dialogOpened(String apikey, Map<String, @Nullable Object> text) {
    emit(apikey, "fp.dialog", (flavour, options) -> text);
  }

  /** A workflow has ended: {@code fs.workflow}. */
  public void workflowEnded(String apikey, Map<String, @Nullable Object> text) {
    emit(apikey, "fs.workflow", (flavour, options) -> text);
  }

  /** A conversion was computed: {@code fp.converse}. */
  public void converted(
      String path, Filestack.FileLink source, long size, FileAddress address, String cloudRoot) {
    emit(
        source.apikey(),
        "fp.converse",
        (flavour, options) -> flavour.converted(path, source, size, address, cloudRoot, options));
  }

  /**
   * Emits an event by hand.
   *
   * @param text null for the sample of the action
   * @throws IllegalArgumentException if there is no such action
   */
  public Webhooks.Event emit(String apikey, String action, @Nullable Object text) {
    if (!schemas.has(action)) {
      throw new IllegalArgumentException("there is no event " + action);
    }
    Object body = text == null ? sample(action) : text;
    return emit(apikey, action, (flavour, options) -> body);
  }

  /** Sends the sample of its event type to one subscription, as the portal's test button. */
  public Webhooks.Delivery test(Webhooks.Subscription subscription) {
    Object text = sample(subscription.event());
    Webhooks.Event event = record(subscription.apikey(), subscription.event(), (f, o) -> text);
    return dispatcher.deliver(event, subscription::equals, true).get(0);
  }

  private Webhooks.Event emit(
      String apikey, String action, BiFunction<Flavour, Options, @Nullable Object> text) {
    Webhooks.Event event = record(apikey, action, text);
    if (event.violations().isEmpty()) {
      Predicate<Webhooks.Subscription> wanted =
          entry ->
              entry.apikey().equals(apikey)
                  && entry.event().equals(action)
                  && !entry.activeFrom().isAfter(event.at());
      dispatcher.deliver(event, wanted, false);
    } else {
      LOG.info("event {} {} breaks its schema: {}", event.id(), action, event.violations());
    }
    return event;
  }

  private Webhooks.Event record(
      String apikey, String action, BiFunction<Flavour, Options, @Nullable Object> text) {
    Options options = world.read(s -> s.options);
    Flavour flavour = Flavour.of(options.get(Options.WEBHOOK_FLAVOUR));
    Instant at = world.now();
    long id = world.change(s -> s.webhooks.nextEventId++);
    boolean alias = action.equals("fp.converse") && options.get(Options.WEBHOOK_CONVERT_ALIAS);
    byte[] body =
        body(flavour, id, alias ? "fp.convert" : action, at, text.apply(flavour, options));
    List<SchemaSet.Violation> violations = schemas.validate(action, body);
    Webhooks.Event event = new Webhooks.Event(id, apikey, action, at, body, violations);
    world.change(
        s -> {
          s.webhooks.events.put(id, event);
          return null;
        });
    return event;
  }

  /** The video conversion's body has no envelope (filestack.md 1.4.7). */
  private static byte[] body(
      Flavour flavour, long id, String action, Instant at, @Nullable Object text) {
    return action.equals("fp.video_converse")
        ? Json.bytes(text)
        : flavour.envelope(id, action, at, text);
  }

  private static Map<String, @Nullable Object> sample(String action) {
    String resource = SCHEMAS + "/samples/" + action + ".json";
    try (InputStream in = Events.class.getClassLoader().getResourceAsStream(resource)) {
      return Optional.ofNullable(in)
          .map(Events::readAll)
          .map(bytes -> Json.parseObject(bytes).toMap())
          .orElseThrow(() -> new IllegalArgumentException("there is no event " + action));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] readAll(InputStream in) {
    try {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
