package dev.clouddrive.simulator.internal.world;

import dev.clouddrive.simulator.internal.blob.Blob;
import dev.clouddrive.simulator.internal.http.Body;
import dev.clouddrive.simulator.internal.json.Json;
import dev.clouddrive.simulator.internal.time.Timeline;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A whole world as JSON: clock, ids, accounts with every node, logins, applications, files,
 * webhooks, events and deliveries with the retries that are pending. Contents are inside as Base64,
 * generated ones as size and seed.
 */
public final class WorldExport {
  private final WorldState state;

  private WorldExport(WorldState state) {
    this.state = state;
  }

  /**
   * The world as it is now; what is due now is left to end first, so that the same calls give the
   * same export.
   */
  public static Body of(World world) throws IOException {
    if (world.timeline().mode() == Timeline.Mode.FROZEN) {
      world.timeline().awaitSettled();
    }
    Map<String, @Nullable Object> head =
        world.change(
            s ->
                Json.object(
                    "clock",
                    Json.object(
                        "now",
                        world.now(),
                        "mode",
                        world.timeline().mode().name().toLowerCase(Locale.ROOT),
                        "speed",
                        world.timeline().speed()),
                    "ids",
                    Long.toUnsignedString(world.ids().state(), 16),
                    "state",
                    s.copy()));
    WorldExport export = new WorldExport((WorldState) head.remove("state"));
    head.putAll(export.json());
    return world.blobs().store(out -> Json.writePretty(out, head)).body();
  }

  private Map<String, @Nullable Object> json() {
    return Json.object(
        "profile",
        state.profile,
        "options",
        state.options.toMap(),
        "accounts",
        list(state.accounts.values(), WorldExport::account),
        "clients",
        state.login.clients.values(),
        "login",
        Json.object(
            "codes",
            state.login.codes.values(),
            "accessTokens",
            state.login.accessTokens.values(),
            "refreshTokens",
            state.login.refreshTokens.values(),
            "consents",
            list(state.login.consents.values(), WorldExport::consent),
            "signIns",
            state.login.signIns),
        "tempLinks",
        state.tempLinks.values(),
        "apps",
        state.filestack.apps.values(),
        "sessions",
        state.filestack.sessions.values(),
        "authLegs",
        state.filestack.authLegs.values(),
        "grants",
        state.filestack.grants.values(),
        "files",
        list(state.filestack.files.values(), WorldExport::file),
        "objects",
        list(state.filestack.objects.values(), WorldExport::object),
        "videoJobs",
        state.filestack.videoJobs.values(),
        "workflowJobs",
        state.filestack.workflowJobs.values(),
        "insights",
        state.filestack.insights,
        "uploads",
        state.filestack.uploads.values(),
        "parts",
        list(state.filestack.parts.values(), WorldExport::part),
        "conversions",
        list(state.filestack.conversions.values(), WorldExport::conversion),
        "webhooks",
        state.webhooks.subscriptions.values(),
        "script",
        state.script,
        "nextEventId",
        state.webhooks.nextEventId,
        "events",
        list(state.webhooks.events.values(), WorldExport::event),
        "deliveries",
        list(state.webhooks.deliveries.values(), WorldExport::delivery));
  }

  private static <T> List<Map<String, @Nullable Object>> list(
      Collection<T> values, Function<T, Map<String, @Nullable Object>> json) {
    List<Map<String, @Nullable Object>> list = new ArrayList<>(values.size());
    values.forEach(value -> list.add(json.apply(value)));
    return list;
  }

  private static Map<String, @Nullable Object> account(WorldState.Holder holder) {
    Account account = holder.account();
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
        holder.drive().rootId(),
        "nodes",
        list(holder.drive().nodes(), WorldExport::node));
  }

  private static Map<String, @Nullable Object> node(Node node) {
    Map<String, @Nullable Object> json =
        Json.object(
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
            node.attributes(),
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
              blob(content.blob())));
    }
    return json;
  }

  private static Map<String, @Nullable Object> consent(Login.Consent consent) {
    return Json.object(
        "email",
        consent.email(),
        "clientId",
        consent.clientId(),
        "scopes",
        consent.scopes().stream().sorted().toList());
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
        file.source() instanceof Filestack.Stored stored ? stored.place() : file.source());
    return json;
  }

  private static Map<String, @Nullable Object> object(Filestack.StoredObject object) {
    return Json.object(
        "place",
        object.place(),
        "mimetype",
        object.mimetype(),
        "arrivesAt",
        object.arrivesAt(),
        "blob",
        blob(object.blob()));
  }

  private static Map<String, @Nullable Object> part(Filestack.Part part) {
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
        part.blob() == null ? null : blob(part.blob()));
  }

  private static Map<String, @Nullable Object> conversion(Filestack.Conversion conversion) {
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
        blob(conversion.blob()));
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
        list(delivery.attempts(), WorldExport::attempt),
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

  private static Map<String, @Nullable Object> blob(Blob blob) {
    return blob.seed().isPresent()
        ? Json.object("size", blob.size(), "seed", blob.seed().getAsLong())
        : Json.object("base64", new Content(blob));
  }

  private record Content(Blob blob) implements Json.Binary {
    @Override
    public long length() {
      return blob.size();
    }

    @Override
    public InputStream openStream() throws IOException {
      return blob.body().openStream();
    }
  }
}
