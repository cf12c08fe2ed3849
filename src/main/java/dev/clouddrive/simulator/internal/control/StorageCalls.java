package dev.clouddrive.simulator.internal.control;

import dev.clouddrive.simulator.internal.filestack.upload.Uploads;
import dev.clouddrive.simulator.internal.http.PercentCoding;
import dev.clouddrive.simulator.internal.http.Ranged;
import dev.clouddrive.simulator.internal.http.Request;
import dev.clouddrive.simulator.internal.http.Response;
import dev.clouddrive.simulator.internal.json.Json;
import dev.clouddrive.simulator.internal.world.Filestack;
import dev.clouddrive.simulator.internal.world.World;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the storages keep, and the multipart uploads that are under way. */
final class StorageCalls {
  private final World world;
  private final Uploads uploads;

  StorageCalls(World world, Uploads uploads) {
    this.world = world;
    this.uploads = uploads;
  }

  /**
   * The objects, by {@code location}, {@code container} and {@code prefix} where they are given.
   */
  Response objects(Request request) {
    Optional<String> apikey = request.query().nonEmpty("apikey");
    Optional<String> location = request.query().nonEmpty("location");
    Optional<String> container = request.query().nonEmpty("container");
    String prefix = request.query().get("prefix").orElse("");
    List<Map<String, @Nullable Object>> objects =
        world.read(
            s ->
                s.filestack.objects.values().stream()
                    .filter(o -> apikey.orElse(o.place().apikey()).equals(o.place().apikey()))
                    .filter(o -> location.orElse(o.place().location()).equals(o.place().location()))
                    .filter(
                        o -> container.orElse(o.place().container()).equals(o.place().container()))
                    .filter(o -> o.place().key().startsWith(prefix))
                    .map(this::json)
                    .toList());
    return Response.json(200, Json.object("objects", objects));
  }

  private Map<String, @Nullable Object> json(Filestack.StoredObject object) {
    return Json.object(
        "apikey",
        object.place().apikey(),
        "location",
        object.place().location(),
        "container",
        object.place().container(),
        "key",
        object.place().key(),
        "size",
        object.blob().size(),
        "mimetype",
        object.mimetype(),
        "status",
        object.arrivesAt().isAfter(world.now()) ? "InTransit" : "Stored");
  }

  /** The content of one. */
  Response object(Request request) {
    Filestack.Place place =
        new Filestack.Place(
            requireApp(request),
            request.variable("location"),
            request.variable("container"),
            PercentCoding.decode(request.variable("key")));
    Filestack.StoredObject object = world.read(s -> s.filestack.objects.get(place));
    if (object == null) {
      throw new ControlException(
          404, "there is no such object; GET objects lists those that there are");
    }
    return Ranged.response(request, object.mimetype(), object.blob().size(), object.blob()::body);
  }

  Response uploads(Request request) {
    List<Map<String, @Nullable Object>> list =
        uploads.of(requireApp(request)).stream().map(this::json).toList();
    return Response.json(200, Json.object("uploads", list));
  }

  private Map<String, @Nullable Object> json(Filestack.Upload upload) {
    long parts =
        world.read(
            s ->
                s.filestack.partsOf(upload.id()).values().stream()
                    .filter(part -> part.blob() != null)
                    .count());
    return Json.object(
        "id",
        upload.id(),
        "filename",
        upload.filename(),
        "size",
        upload.size(),
        "parts",
        parts,
        "startedAt",
        upload.startedAt(),
        "handle",
        upload.handle());
  }

  Response abort(Request request) {
    if (!uploads.abort(requireApp(request), request.variable("id"))) {
      throw new ControlException(404, "there is no such upload under way; GET uploads lists them");
    }
    return Response.of(204);
  }

  private String requireApp(Request request) {
    String apikey = request.variable("apikey");
    return world.read(
        s -> {
          if (!s.filestack.apps.containsKey(apikey)) {
            throw ControlException.unknown("application", apikey, s.filestack.apps.keySet());
          }
          return apikey;
        });
  }
}
