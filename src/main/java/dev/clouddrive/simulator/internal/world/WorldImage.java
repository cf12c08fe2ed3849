package dev.clouddrive.simulator.internal.world;

import dev.clouddrive.simulator.internal.blob.Blob;
import dev.clouddrive.simulator.internal.json.Json;
import dev.clouddrive.simulator.internal.time.Timeline;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A whole world as collections of small documents, each with the key of what it tells of: what an
 * export holds, and what a data directory keeps. Caches are not in it: conversions are, deliveries
 * of the CDN not.
 */
public final class WorldImage {

  /** How a content is told of. */
  @FunctionalInterface
  public interface Contents {
    Object told(Blob content) throws IOException;
  }

  /** Makes a document. */
  @FunctionalInterface
  public interface Writer {
    Object write(Contents contents) throws IOException;
  }

  /**
   * One document.
   *
   * @param key tells it from the others of its collection
   * @param mark is another, or unequal where it is a list, when the document has changed
   */
  public record Item(Object key, Object mark, Writer writer) {

    /** Whether this is the same state of the same thing. */
    public boolean isAs(Object otherMark) {
      return mark == otherMark || (mark instanceof List<?> list && list.equals(otherMark));
    }
  }

  private final Map<String, List<Item>> collections = new LinkedHashMap<>();

  private final Map<String, @Nullable Object> head;
  private final long version;

  private WorldImage(Map<String, @Nullable Object> head, long version) {
    this.head = head;
    this.version = version;
  }

  /** The world as it is now. */
  public static WorldImage of(World world) {
    return world.read(
        state -> {
          WorldImage image = new WorldImage(headOf(world, state), world.version());
          image.accounts(state);
          image.login(state.login);
          image.add("tempLinks", state.tempLinks);
          image.filestack(state.filestack);
          image.webhooks(state.webhooks);
          return image;
        });
  }

  /** Clock, ids and switches: what a world has one of. */
  public Map<String, @Nullable Object> head() {
    return new LinkedHashMap<>(head);
  }

  /** The head without what passes by itself: the time of a clock that runs. */
  public Map<String, @Nullable Object> lasting() {
    Map<String, @Nullable Object> lasting = head();
    if (lasting.get("clock") instanceof Map<?, ?> clock && "running".equals(clock.get("mode"))) {
      lasting.put("clock", clock.get("speed"));
    }
    return lasting;
  }

  /** The collections, in the order in which a reader needs them. */
  public Map<String, List<Item>> collections() {
    return collections;
  }

  /** The world's count of changes. */
  public long version() {
    return version;
  }

  /** What the wall clock shows. */
  public Instant wallClock() {
    return Timeline.wallClock();
  }

  private static Map<String, @Nullable Object> headOf(World world, WorldState state) {
    Timeline timeline = world.timeline();
    return Json.object(
        "clock",
        Json.object(
            "now",
            world.now(),
            "mode",
            timeline.mode().name().toLowerCase(Locale.ROOT),
            "speed",
            timeline.speed()),
        "ids",
        Long.toUnsignedString(world.ids().state(), 16),
        "profile",
        state.profile,
        "options",
        state.options.toMap(),
        "script",
        state.script,
        "nextEventId",
        state.webhooks.nextEventId);
  }

  /** Records that are told as they are. */
  private <K, V> void add(String name, Map<K, V> records) {
    add(name, records, record -> contents -> record);
  }

  private <K, V> void add(String name, Map<K, V> records, Function<V, Writer> writer) {
    List<Item> items = new ArrayList<>(records.size());
    records.forEach((key, value) -> items.add(new Item(key, value, writer.apply(value))));
    collections.put(name, items);
  }

  private void accounts(WorldState state) {
    List<Item> accounts = new ArrayList<>();
    List<Item> nodes = new ArrayList<>();
    List<Item> tombstones = new ArrayList<>();
    List<Item> localIds = new ArrayList<>();
    state.accounts.forEach(
        (email, holder) -> {
          Account account = holder.account();
          Drive drive = holder.drive();
          long changes = drive.changes();
          accounts.add(
              new Item(
                  email,
                  List.of(account, drive.rootId(), changes),
                  contents -> account(account, drive.rootId(), changes)));
          drive
              .nodes()
              .forEach(
                  node ->
                      nodes.add(
                          new Item(
                              List.of(email, node.id()),
                              node,
                              contents -> node(email, node, contents))));
          drive
              .tombstones()
              .forEach(
                  gone ->
                      tombstones.add(
                          new Item(
                              List.of(email, gone.id(), gone.change()),
                              gone,
                              contents ->
                                  Json.object(
                                      "account",
                                      email,
                                      "id",
                                      gone.id(),
                                      "change",
                                      gone.change()))));
          drive
              .localIds()
              .forEach(
                  id ->
                      localIds.add(
                          new Item(
                              List.of(email, id),
                              List.of(id),
                              contents -> Json.object("account", email, "localId", id))));
        });
    collections.put("accounts", accounts);
    collections.put("nodes", nodes);
    collections.put("tombstones", tombstones);
    collections.put("localIds", localIds);
  }

  private static Map<String, @Nullable Object> account(
      Account account, String rootId, long changes) {
    return Json.object(
        "email",
        account.email(),
        "name",
        account.name(),
        "password",
        account.password(),
        "userId",
        account.userId(),
        "quotaBytes",
        account.quotaBytes(),
        "rootId",
        rootId,
        "changes",
        changes);
  }

  private static Map<String, @Nullable Object> node(String email, Node node, Contents contents)
      throws IOException {
    Map<String, @Nullable Object> json =
        Json.object(
            "account",
            email,
            "id",
            node.id(),
            "kind",
            node.kind().name(),
            "name",
            node.name(),
            "parents",
            node.parents(),
            "trashed",
            node.trashed().name(),
            "version",
            node.version(),
            "eTag",
            node.eTag(),
            "created",
            node.created(),
            "modified",
            node.modified(),
            "createdBy",
            node.createdBy(),
            "attributes",
            attributes(node.attributes()),
            "change",
            node.change());
    Node.Content content = node.content();
    if (content != null) {
      json.put(
          "content",
          Json.object(
              "contentType",
              content.contentType(),
              "extension",
              content.extension(),
              "version",
              content.version(),
              "blob",
              contents.told(content.blob())));
    }
    return json;
  }

  /** Sorted, so that the same world gives the same text. */
  private static Map<String, @Nullable Object> attributes(Node.Attributes attributes) {
    Map<String, Object> properties = new TreeMap<>();
    attributes
        .properties()
        .forEach((owner, values) -> properties.put(owner, new TreeMap<>(values)));
    return Json.object(
        "labels",
        attributes.labels(),
        "description",
        attributes.description(),
        "keywords",
        attributes.keywords(),
        "properties",
        properties);
  }

  private void login(Login login) {
    add("clients", login.clients, client -> contents -> client(client));
    add("codes", login.codes);
    add("accessTokens", login.accessTokens);
    add("refreshTokens", login.refreshTokens);
    add(
        "consents",
        login.consents,
        consent ->
            contents ->
                Json.object(
                    "email",
                    consent.email(),
                    "clientId",
                    consent.clientId(),
                    "scopes",
                    consent.scopes().stream().sorted().toList()));
    List<Item> signIns = new ArrayList<>();
    login.signIns.forEach(
        (cookie, email) ->
            signIns.add(
                new Item(
                    cookie,
                    List.of(email),
                    contents -> Json.object("cookie", cookie, "email", email))));
    collections.put("signIns", signIns);
  }

  private static Map<String, @Nullable Object> client(Login.Client client) {
    return Json.object(
        "clientId",
        client.clientId(),
        "secret",
        client.secret(),
        "name",
        client.name(),
        "redirectUris",
        client.redirectUris(),
        "scopes",
        client.scopes().stream().sorted().toList());
  }

  private void filestack(Filestack filestack) {
    add("apps", filestack.apps);
    add("sessions", filestack.sessions, session -> contents -> session(session));
    add("authLegs", filestack.authLegs);
    add("grants", filestack.grants);
    add("files", filestack.files, file -> contents -> file(file));
    add("objects", filestack.objects, object -> contents -> object(object, contents));
    add("transfers", filestack.transfers);
    add("uploads", filestack.uploads);
    add("parts", filestack.parts, part -> contents -> part(part, contents));
    add(
        "conversions",
        filestack.conversions,
        conversion -> contents -> conversion(conversion, contents));
    add("videoJobs", filestack.videoJobs);
    add("workflowJobs", filestack.workflowJobs);
    List<Item> insights = new ArrayList<>();
    for (Insight insight : filestack.insights) {
      insights.add(new Item(insights.size(), insight, contents -> insight(insight)));
    }
    collections.put("insights", insights);
  }

  private static Map<String, @Nullable Object> session(Filestack.Session session) {
    return Json.object(
        "token",
        session.token(),
        "apikey",
        session.apikey(),
        "grants",
        new TreeMap<>(session.grants()));
  }

  private static Map<String, @Nullable Object> insight(Insight insight) {
    Map<String, @Nullable Object> json = Json.object("file", insight.file());
    json.putAll(insight.findings());
    return json;
  }

  private static Map<String, @Nullable Object> file(Filestack.FileLink file) {
    Map<String, @Nullable Object> json =
        Json.object(
            "handle",
            file.handle(),
            "apikey",
            file.apikey(),
            "filename",
            file.filename(),
            "mimetype",
            file.mimetype(),
            "client",
            file.client(),
            "uploadedAt",
            file.uploadedAt(),
            "sourceUrl",
            file.sourceUrl(),
            "tags",
            file.tags());
    json.put(
        file.source() instanceof Filestack.Stored ? "stored" : "symlink",
        file.source() instanceof Filestack.Stored stored ? place(stored.place()) : file.source());
    return json;
  }

  private static Map<String, @Nullable Object> place(Filestack.Place place) {
    return Json.object(
        "apikey",
        place.apikey(),
        "location",
        place.location(),
        "container",
        place.container(),
        "key",
        place.key());
  }

  private static Map<String, @Nullable Object> object(
      Filestack.StoredObject object, Contents contents) throws IOException {
    return Json.object(
        "place",
        place(object.place()),
        "mimetype",
        object.mimetype(),
        "arrivesAt",
        object.arrivesAt(),
        "blob",
        contents.told(object.blob()));
  }

  private static Map<String, @Nullable Object> part(Filestack.Part part, Contents contents)
      throws IOException {
    Blob blob = part.blob();
    return Json.object(
        "id",
        part.id(),
        "size",
        part.size(),
        "md5",
        part.md5(),
        "signature",
        part.signature(),
        "committed",
        part.committed(),
        "blob",
        blob == null ? null : contents.told(blob));
  }

  private static Map<String, @Nullable Object> conversion(
      Filestack.Conversion conversion, Contents contents) throws IOException {
    return Json.object(
        "key",
        conversion.key(),
        "mimetype",
        conversion.mimetype(),
        "filename",
        conversion.filename(),
        "standIn",
        conversion.standIn(),
        "computedAt",
        conversion.computedAt(),
        "blob",
        contents.told(conversion.blob()));
  }

  private void webhooks(Webhooks webhooks) {
    add("webhooks", webhooks.subscriptions);
    add("events", webhooks.events, event -> contents -> event(event));
    add("deliveries", webhooks.deliveries, delivery -> contents -> delivery(delivery));
  }

  private static Map<String, @Nullable Object> event(Webhooks.Event event) {
    return Json.object(
        "id",
        event.id(),
        "apikey",
        event.apikey(),
        "action",
        event.action(),
        "at",
        event.at(),
        "body",
        new String(event.body(), StandardCharsets.UTF_8),
        "violations",
        event.violations());
  }

  private static Map<String, @Nullable Object> delivery(Webhooks.Delivery delivery) {
    return Json.object(
        "id",
        delivery.id(),
        "eventId",
        delivery.event().id(),
        "subscription",
        delivery.subscription(),
        "test",
        delivery.test(),
        "firstAt",
        delivery.firstAt(),
        "status",
        delivery.status().name(),
        "attempts",
        delivery.attempts().stream().map(WorldImage::attempt).toList(),
        "nextAttemptAt",
        delivery.nextAttemptAt());
  }

  /** Without its wall time: that would make two exports of the same calls differ. */
  private static Map<String, @Nullable Object> attempt(Webhooks.Attempt attempt) {
    return Json.object(
        "number",
        attempt.number(),
        "at",
        attempt.at(),
        "status",
        attempt.status(),
        "error",
        attempt.error());
  }
}
