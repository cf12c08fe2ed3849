package dev.clouddrive.simulator.internal.world;

import dev.clouddrive.simulator.internal.blob.Blob;
import dev.clouddrive.simulator.internal.json.Json;
import dev.clouddrive.simulator.internal.json.JsonException;
import dev.clouddrive.simulator.internal.json.JsonObject;
import dev.clouddrive.simulator.internal.json.SchemaSet;
import dev.clouddrive.simulator.internal.media.MediaFacts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;

/** Reads what {@link WorldExport} wrote, to the same ids, tokens, handles and pending retries. */
public final class WorldImport {
  private static final String[] KEYS = {
    "$schema",
    "clock",
    "ids",
    "profile",
    "options",
    "script",
    "nextEventId",
    "accounts",
    "nodes",
    "tombstones",
    "localIds",
    "clients",
    "codes",
    "accessTokens",
    "refreshTokens",
    "consents",
    "signIns",
    "tempLinks",
    "apps",
    "sessions",
    "authLegs",
    "grants",
    "files",
    "objects",
    "transfers",
    "uploads",
    "parts",
    "conversions",
    "videoJobs",
    "workflowJobs",
    "insights",
    "webhooks",
    "events",
    "deliveries",
    "wallClock"
  };

  private static final String SCHEMAS = "dev/clouddrive/simulator/schemas";

  /** Finds a content by what is told of it. */
  @FunctionalInterface
  public interface Contents {
    Blob read(JsonObject told) throws IOException;
  }

  private final JsonObject json;
  private final Contents contents;
  private final WorldState state = new WorldState();

  private WorldImport(JsonObject json, Contents contents) {
    this.json = json;
    this.contents = contents;
  }

  /** Whether this is an export, and not the description of a world. */
  static boolean isExport(JsonObject json) {
    return json.has("ids");
  }

  /**
   * Holds an export to its schema.
   *
   * @throws WorldException that names the first place which breaks it
   */
  static void check(WorldFile file) {
    file.json().only(KEYS);
    for (SchemaSet.Violation violation : new SchemaSet(SCHEMAS).validate("world", file.json())) {
      // The message begins with the place.
      String separator = violation.message().startsWith(":") ? "" : ": ";
      throw new WorldException(file.name() + separator + violation.message());
    }
  }

  /**
   * The state that an export tells of.
   *
   * @throws JsonException if it can't be
   */
  static WorldState read(JsonObject json, Contents contents) {
    return new WorldImport(json, contents).read();
  }

  /** Where the sequence of ids went on. */
  static long ids(JsonObject json) {
    try {
      return Long.parseUnsignedLong(json.string("ids"), 16);
    } catch (NumberFormatException e) {
      throw json.wrong("ids", "up to 16 hexadecimal digits are expected here");
    }
  }

  private WorldState read() {
    state.profile = json.string("profile");
    state.options = Options.ofProfile(state.profile).with(json.object("options"));
    state.script = json.optionalObject("script").map(s -> s.as(Script.class)).orElse(null);
    state.webhooks.nextEventId = json.longValue("nextEventId");
    accounts();
    login();
    records("tempLinks", WorldState.TempLink.class, WorldState.TempLink::token, state.tempLinks);
    filestack();
    webhooks();
    return state;
  }

  private void accounts() {
    Map<String, List<JsonObject>> nodes = byAccount("nodes");
    Map<String, List<JsonObject>> tombstones = byAccount("tombstones");
    Map<String, List<JsonObject>> localIds = byAccount("localIds");
    for (JsonObject told : json.objects("accounts")) {
      Account account = told.without("rootId", "changes").as(Account.class);
      String email = account.email();
      String rootId = told.string("rootId");
      List<Node> all = new ArrayList<>();
      nodes.getOrDefault(email, List.of()).forEach(node -> all.add(node(node)));
      if (all.stream().noneMatch(node -> node.id().equals(rootId) && node.isRoot())) {
        throw told.wrong("rootId", "no node of this account is its root");
      }
      Drive drive =
          Drive.of(
              rootId,
              all,
              tombstones.getOrDefault(email, List.of()).stream()
                  .map(t -> new Drive.Tombstone(t.string("id"), t.longValue("change")))
                  .toList(),
              localIds.getOrDefault(email, List.of()).stream()
                  .map(id -> id.string("localId"))
                  .toList(),
              told.longValue("changes"));
      state.accounts.put(email, new WorldState.Holder(account, drive));
    }
  }

  private Map<String, List<JsonObject>> byAccount(String collection) {
    Map<String, List<JsonObject>> grouped = new HashMap<>();
    Set<String> known = new HashSet<>();
    json.objects("accounts").forEach(account -> known.add(account.string("email")));
    for (JsonObject told : json.objects(collection)) {
      String email = told.string("account");
      if (!known.contains(email)) {
        throw told.wrong("account", "there is no account \"" + email + "\" in this world");
      }
      grouped.computeIfAbsent(email, e -> new ArrayList<>()).add(told);
    }
    return grouped;
  }

  private Node node(JsonObject told) {
    Node bare = told.without("account", "content").as(Node.class);
    JsonObject content = told.optionalObject("content").orElse(null);
    if (content == null) {
      return bare;
    }
    Blob blob = blob(content.object("blob"));
    String type = content.string("contentType");
    return bare.withContent(
        new Node.Content(
            blob,
            type,
            content.optionalString("extension").orElse(""),
            content.longValue("version"),
            new MediaFacts(blob, type)));
  }

  private Blob blob(JsonObject told) {
    try {
      return contents.read(told);
    } catch (IOException e) {
      throw told.wrong("file", "the content can't be read: " + e.getMessage());
    }
  }

  /** Reads a collection of records that are told as they are. */
  private <V extends Record> void records(
      String name, Class<V> type, Function<V, String> key, Map<String, V> into) {
    for (JsonObject told : json.objects(name)) {
      V read = told.as(type);
      into.put(key.apply(read), read);
    }
  }

  private void login() {
    Login login = state.login;
    records("clients", Login.Client.class, Login.Client::clientId, login.clients);
    records("codes", Login.AuthorizationCode.class, Login.AuthorizationCode::value, login.codes);
    records("accessTokens", Login.AccessToken.class, Login.AccessToken::value, login.accessTokens);
    records(
        "refreshTokens", Login.RefreshToken.class, Login.RefreshToken::value, login.refreshTokens);
    for (JsonObject told : json.objects("consents")) {
      login.agree(told.string("email"), told.string("clientId"), told.strings("scopes"));
    }
    for (JsonObject told : json.objects("signIns")) {
      login.signIns.put(told.string("cookie"), told.string("email"));
    }
  }

  private void filestack() {
    Filestack filestack = state.filestack;
    records("apps", Filestack.App.class, Filestack.App::apikey, filestack.apps);
    records("sessions", Filestack.Session.class, Filestack.Session::token, filestack.sessions);
    records("authLegs", Filestack.AuthLeg.class, Filestack.AuthLeg::state, filestack.authLegs);
    records("grants", Filestack.Grant.class, Filestack.Grant::id, filestack.grants);
    for (JsonObject told : json.objects("objects")) {
      Filestack.StoredObject object =
          new Filestack.StoredObject(
              told.object("place").as(Filestack.Place.class),
              blob(told.object("blob")),
              told.string("mimetype"),
              told.instant("arrivesAt"));
      filestack.objects.put(object.place(), object);
    }
    json.objects("files").forEach(this::file);
    for (JsonObject told : json.objects("transfers")) {
      Filestack.Transfer transfer = told.as(Filestack.Transfer.class);
      if (!filestack.files.containsKey(transfer.handle())) {
        throw told.wrong("handle", "there is no file with this handle in the world");
      }
      filestack.transfers.put(transfer.handle(), transfer);
    }
    records("uploads", Filestack.Upload.class, Filestack.Upload::id, filestack.uploads);
    for (JsonObject told : json.objects("parts")) {
      Filestack.PartId id = told.object("id").as(Filestack.PartId.class);
      filestack.parts.put(
          id,
          new Filestack.Part(
              id,
              told.longValue("size"),
              told.string("md5"),
              told.string("signature"),
              told.optionalObject("blob").map(this::blob).orElse(null),
              told.optionalBoolean("committed").orElse(false)));
    }
    json.objects("conversions").forEach(this::conversion);
    records("videoJobs", Filestack.VideoJob.class, Filestack.VideoJob::key, filestack.videoJobs);
    records(
        "workflowJobs",
        Filestack.WorkflowJob.class,
        Filestack.WorkflowJob::id,
        filestack.workflowJobs);
    json.objects("workflowJobs").forEach(WorldImport::requireBody);
    json.objects("insights").forEach(i -> filestack.insights.add(WorldLoader.readInsight(i)));
  }

  /** A workflow's end is told from what its start has told. */
  private static void requireBody(JsonObject job) {
    try {
      JsonObject body = Json.parseObject(job.string("body"));
      body.string("status");
      body.string("workflow");
      body.instant("createdAt");
      body.strings("sources");
    } catch (JsonException e) {
      throw job.wrong("body", String.valueOf(e.getMessage()));
    }
  }

  private void file(JsonObject told) {
    Filestack.Source source =
        told.has("stored")
            ? new Filestack.Stored(told.object("stored").as(Filestack.Place.class))
            : told.object("symlink").as(Filestack.Symlink.class);
    if (source instanceof Filestack.Stored stored
        && !state.filestack.objects.containsKey(stored.place())) {
      throw told.wrong("stored", "there is no object at this place in the world");
    }
    Map<String, String> tags = new java.util.LinkedHashMap<>();
    JsonObject toldTags = told.object("tags");
    toldTags.keys().forEach(tag -> tags.put(tag, toldTags.string(tag)));
    Filestack.FileLink file =
        new Filestack.FileLink(
            told.string("handle"),
            told.string("apikey"),
            told.string("filename"),
            told.string("mimetype"),
            told.string("client"),
            told.instant("uploadedAt"),
            told.optionalString("sourceUrl").orElse(null),
            tags,
            source);
    state.filestack.files.put(file.handle(), file);
  }

  private void conversion(JsonObject told) {
    Filestack.Conversion conversion =
        new Filestack.Conversion(
            told.string("key"),
            blob(told.object("blob")),
            told.string("mimetype"),
            told.string("filename"),
            told.optionalBoolean("standIn").orElse(false),
            told.instant("computedAt"));
    state.filestack.conversions.put(conversion.key(), conversion);
  }

  private void webhooks() {
    Webhooks webhooks = state.webhooks;
    records(
        "webhooks", Webhooks.Subscription.class, Webhooks.Subscription::id, webhooks.subscriptions);
    for (JsonObject told : json.objects("events")) {
      Webhooks.Event event =
          new Webhooks.Event(
              told.longValue("id"),
              told.string("apikey"),
              told.string("action"),
              told.instant("at"),
              told.string("body").getBytes(StandardCharsets.UTF_8),
              told.objects("violations").stream()
                  .map(v -> v.as(SchemaSet.Violation.class))
                  .toList());
      webhooks.events.put(event.id(), event);
    }
    json.objects("deliveries").forEach(this::delivery);
  }

  private void delivery(JsonObject told) {
    Webhooks.Event event = state.webhooks.events.get(told.longValue("eventId"));
    if (event == null) {
      throw told.wrong("eventId", "there is no event with this id in the world");
    }
    List<Webhooks.Attempt> attempts = new ArrayList<>();
    for (JsonObject attempt : told.objects("attempts")) {
      attempts.add(
          new Webhooks.Attempt(
              Math.toIntExact(attempt.longValue("number")),
              attempt.instant("at"),
              attempt.optionalLong("status").map(Math::toIntExact).orElse(null),
              attempt.optionalString("error").orElse(null),
              0));
    }
    Webhooks.Delivery delivery =
        new Webhooks.Delivery(
            told.string("id"),
            event,
            Objects.requireNonNull(told.object("subscription").as(Webhooks.Subscription.class)),
            told.optionalBoolean("test").orElse(false),
            told.instant("firstAt"),
            status(told),
            attempts,
            told.optionalInstant("nextAttemptAt").orElse(null));
    state.webhooks.deliveries.put(delivery.id(), delivery);
  }

  private static Webhooks.Status status(JsonObject told) {
    try {
      return Webhooks.Status.valueOf(told.string("status"));
    } catch (IllegalArgumentException e) {
      throw told.wrong("status", "PENDING, DELIVERED or FAILED is expected here");
    }
  }
}
