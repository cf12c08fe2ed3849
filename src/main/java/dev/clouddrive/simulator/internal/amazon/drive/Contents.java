package dev.clouddrive.simulator.internal.amazon.drive;

import dev.clouddrive.simulator.internal.amazon.login.Tokens;
import dev.clouddrive.simulator.internal.blob.Blob;
import dev.clouddrive.simulator.internal.http.BodyTooLargeException;
import dev.clouddrive.simulator.internal.http.ContentDisposition;
import dev.clouddrive.simulator.internal.http.Multipart;
import dev.clouddrive.simulator.internal.http.Ranged;
import dev.clouddrive.simulator.internal.http.Request;
import dev.clouddrive.simulator.internal.http.Response;
import dev.clouddrive.simulator.internal.json.Json;
import dev.clouddrive.simulator.internal.json.JsonException;
import dev.clouddrive.simulator.internal.json.JsonObject;
import dev.clouddrive.simulator.internal.world.Drive;
import dev.clouddrive.simulator.internal.world.DriveEditor;
import dev.clouddrive.simulator.internal.world.Node;
import dev.clouddrive.simulator.internal.world.World;
import dev.clouddrive.simulator.internal.world.WorldState;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;

/** The content calls: upload, overwrite, download (amazon-cloud-drive.md 3.5 to 3.7). */
final class Contents {
  private static final int METADATA_LIMIT = 1024 * 1024;

  /** 10 GiB (amazon-cloud-drive.md 3.13). */
  private static final long UPLOAD_LIMIT = 10L << 30;

  private final World world;
  private final Tokens tokens;
  private final DriveErrors errors;

  Contents(World world, Tokens tokens) {
    this.world = world;
    this.tokens = tokens;
    this.errors = new DriveErrors(world.ids());
  }

  /** {@code POST nodes}: the parts {@code metadata} and {@code content}, in this order. */
  Response upload(Request request) throws IOException {
    Caller caller = Caller.of(request, tokens).mayWrite("uploadNode");
    try (InputStream in = request.body().openStream()) {
      Multipart multipart = multipart(request, in);
      Multipart.Part first =
          multipart.next().orElseThrow(() -> errors.badRequest("metadata part is missing"));
      if (!first.name().equals("metadata")) {
        throw errors.badRequest("the first part must be metadata, not " + first.name());
      }
      NewNode asked = metadata(first);
      Blob blob = content(multipart);
      return Nodes.answer(201, create(caller, asked, blob, deduplicates(request)));
    }
  }

  /** {@code PUT nodes/{id}/content}: the part {@code content} alone. */
  Response overwrite(Request request) throws IOException {
    Caller caller = Caller.of(request, tokens).mayWrite("overwriteNode");
    String id = request.variable("id");
    requireFile(caller, id);
    Blob blob;
    try (InputStream in = request.body().openStream()) {
      blob = content(multipart(request, in));
    }
    boolean deduplicates = deduplicates(request);
    Node changed =
        world.change(
            s -> {
              WorldState.Holder holder = holder(s, caller);
              Node file = holder.drive().get(id).orElseThrow(() -> errors.unknownNode(id));
              if (deduplicates) {
                requireUnique(holder.drive(), blob, id);
              }
              long before = file.content() == null ? 0 : file.content().blob().size();
              requireQuota(holder, blob.size() - before);
              return new DriveEditor(holder.drive(), world.ids(), world.now())
                  .overwrite(file, blob);
            });
    return Nodes.answer(200, changed);
  }

  /** {@code GET nodes/{id}/content} */
  Response download(Request request) {
    Caller caller = Caller.of(request, tokens).mayRead("downloadNode");
    Node node = requireFile(caller, request.variable("id"));
    Node.Content content = Objects.requireNonNull(node.content());
    caller.mayDownload(content.contentType(), "downloadNode");
    Blob blob = content.blob();
    return Ranged.response(request, content.contentType(), blob.size(), blob::body)
        .with("ETag", "\"" + node.eTag() + "\"")
        .with("Content-Disposition", ContentDisposition.of("attachment", node.nameOrEmpty()));
  }

  private Multipart multipart(Request request, InputStream in) throws Multipart.MalformedException {
    if (!request.mediaType().equals("multipart/form-data")) {
      throw errors.badRequest("Content-Type must be multipart/form-data");
    }
    return Multipart.of(request.headers().get("Content-Type").orElse(""), in);
  }

  private NewNode metadata(Multipart.Part part) throws IOException {
    try {
      JsonObject json = Json.parseObject(part.readAll(METADATA_LIMIT));
      if (!json.string("kind").equals("FILE")) {
        throw errors.badRequest("kind must be FILE here");
      }
      return NewNode.of(json, errors);
    } catch (JsonException e) {
      throw errors.badRequest(String.valueOf(e.getMessage()));
    }
  }

  private Blob content(Multipart multipart) throws IOException {
    Multipart.Part part =
        multipart.next().orElseThrow(() -> errors.badRequest("content part is missing"));
    if (!part.name().equals("content")) {
      throw errors.badRequest("a part named content is expected, not " + part.name());
    }
    Blob blob;
    try {
      blob = world.blobs().store(part.content(), UPLOAD_LIMIT);
    } catch (BodyTooLargeException e) {
      throw errors.badRequest("Cannot complete upload");
    }
    while (multipart.next().isPresent()) {
      // Further parts are read over, so that the body is known to be complete.
    }
    return blob;
  }

  private Node create(Caller caller, NewNode asked, Blob blob, boolean deduplicates) {
    return world.change(
        s -> {
          WorldState.Holder holder = holder(s, caller);
          Drive drive = holder.drive();
          List<String> parents = asked.parentsIn(drive, errors);
          if (deduplicates) {
            requireUnique(drive, blob, "");
          }
          requireQuota(holder, blob.size());
          try {
            return new DriveEditor(drive, world.ids(), world.now())
                .createFile(parents, asked.name(), asked.details(caller), blob);
          } catch (DriveEditor.NameTakenException e) {
            throw errors.nameTaken(e);
          }
        });
  }

  private static boolean deduplicates(Request request) {
    return !request.query().get("suppress").orElse("").equals("deduplication");
  }

  private void requireUnique(Drive drive, Blob blob, String except) {
    for (Node node : drive.nodes()) {
      Node.Content content = node.content();
      if (content != null
          && node.status() == Node.Status.AVAILABLE
          && !node.id().equals(except)
          && content.blob().size() == blob.size()
          && content.blob().md5().equals(blob.md5())) {
        throw errors.duplicate(node.id());
      }
    }
  }

  private static void requireQuota(WorldState.Holder holder, long moreBytes) {
    if (holder.drive().usedBytes() + moreBytes > holder.account().quotaBytes()) {
      throw DriveErrors.gateway(403, "Insufficient storage: the account is over its quota");
    }
  }

  private Node requireFile(Caller caller, String id) {
    Node node =
        world
            .read(s -> holder(s, caller).drive().get(id))
            .orElseThrow(() -> errors.unknownNode(id));
    if (node.content() == null) {
      throw errors.badRequest("Node " + id + " is not a file");
    }
    return node;
  }

  private WorldState.Holder holder(WorldState state, Caller caller) {
    return state
        .account(caller.email())
        .orElseThrow(() -> DriveErrors.gateway(403, "Customer does not exist"));
  }
}
