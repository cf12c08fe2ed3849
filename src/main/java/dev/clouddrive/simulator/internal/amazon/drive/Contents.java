package dev.clouddrive.simulator.internal.amazon.drive;

import dev.clouddrive.simulator.internal.blob.Blob;
import dev.clouddrive.simulator.internal.http.Body;
import dev.clouddrive.simulator.internal.http.BodyTooLargeException;
import dev.clouddrive.simulator.internal.http.ContentDisposition;
import dev.clouddrive.simulator.internal.http.HeaderText;
import dev.clouddrive.simulator.internal.http.Multipart;
import dev.clouddrive.simulator.internal.http.Parameters;
import dev.clouddrive.simulator.internal.http.Ranged;
import dev.clouddrive.simulator.internal.http.Request;
import dev.clouddrive.simulator.internal.http.Response;
import dev.clouddrive.simulator.internal.http.ResponseException;
import dev.clouddrive.simulator.internal.json.Json;
import dev.clouddrive.simulator.internal.json.JsonException;
import dev.clouddrive.simulator.internal.json.JsonObject;
import dev.clouddrive.simulator.internal.world.Drive;
import dev.clouddrive.simulator.internal.world.DriveEditor;
import dev.clouddrive.simulator.internal.world.Node;
import dev.clouddrive.simulator.internal.world.Options;
import dev.clouddrive.simulator.internal.world.World;
import dev.clouddrive.simulator.internal.world.WorldState;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The content calls: upload, overwrite, download (amazon-cloud-drive.md 3.5 to 3.7). */
final class Contents {
  private static final int METADATA_LIMIT = 1024 * 1024;

  private static final Logger LOG = LoggerFactory.getLogger(Contents.class);

  /** 10 GiB (amazon-cloud-drive.md 3.13). */
  private static final long UPLOAD_LIMIT = 10L << 30;

  private final DriveAccess access;
  private final NodeAnswers answers;
  private final DriveErrors errors;
  private final World world;

  Contents(DriveAccess access, NodeAnswers answers) {
    this.access = access;
    this.answers = answers;
    this.errors = access.errors();
    this.world = access.world();
  }

  /** {@code POST nodes}: the parts {@code metadata} and {@code content}, in this order. */
  Response upload(Request request) throws IOException {
    Caller caller = access.writer(request, "uploadNode");
    try (InputStream in = request.body().openStream()) {
      Multipart multipart = multipart(request, in);
      Multipart.Part first =
          multipart.next().orElseThrow(() -> errors.badRequest("metadata part is missing"));
      if (!first.name().equals("metadata")) {
        throw errors.badRequest("the first part must be metadata, not " + first.name());
      }
      NewNode asked = metadata(first);
      Blob blob = content(multipart);
      String habit = world.option(Options.UPLOAD_504);
      if (!habit.equals("off")) {
        if (habit.equals("late")) {
          appearLate(request, caller, asked, blob);
        }
        return Response.of(504);
      }
      Node made = create(request, caller, asked, blob);
      Duration delay = world.option(Options.PROCESSING_DELAY);
      if (!delay.isZero()) {
        processLater(caller.email(), made, delay);
      }
      return answers.of(201, request, caller, made);
    }
  }

  /** {@code PUT nodes/{id}/content}: the part {@code content} alone. */
  Response overwrite(Request request) throws IOException {
    Caller caller = access.writer(request, "overwriteNode");
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
              WorldState.Holder holder = access.holder(s, caller);
              Node file = access.node(holder.drive(), id);
              if (deduplicates) {
                requireUnique(holder.drive(), blob, id);
              }
              long before = file.content() == null ? 0 : file.content().blob().size();
              requireQuota(holder, blob.size() - before);
              return new DriveEditor(holder.drive(), world.ids(), world.now())
                  .overwrite(file, blob);
            });
    return answers.of(200, request, caller, changed);
  }

  /** {@code GET nodes/{id}/content} */
  Response download(Request request) throws IOException {
    Caller caller = access.reader(request, "downloadNode");
    Node node = requireFile(caller, request.variable("id"));
    Node.Content content = Objects.requireNonNull(node.content());
    caller.mayDownload(content.contentType(), "downloadNode");
    Optional<String> viewBox = request.query().nonEmpty("viewBox");
    return viewBox.isPresent()
        ? thumbnail(viewBox.get(), content)
        : deliver(request, node, content);
  }

  private Response thumbnail(String viewBox, Node.Content content) throws IOException {
    Thumbnail thumbnail =
        Thumbnail.parse(viewBox).orElseThrow(() -> errors.badRequest("viewBox must be N or W,H"));
    return Response.of(
        200,
        "image/jpeg",
        Body.of(
            thumbnail
                .of(content)
                .orElseThrow(() -> errors.badRequest("viewBox is not supported for this node"))));
  }

  /**
   * {@code GET templink/{token}}: whoever has the link may read, and must not authenticate twice.
   */
  Response tempLink(Request request) {
    if (request.headers().has("Authorization")) {
      return objectStoreError(
          400,
          "InvalidArgument",
          "Only one auth mechanism allowed; only the X-Amz-Algorithm query parameter, Signature"
              + " query string parameter or the Authorization header should be specified");
    }
    String token = request.variable("token");
    Optional<Node> node =
        world.read(
            s ->
                Optional.ofNullable(s.tempLinks.get(token))
                    .filter(link -> world.now().isBefore(link.expiresAt()))
                    .flatMap(
                        link ->
                            s.account(link.email())
                                .flatMap(holder -> holder.drive().get(link.nodeId()))));
    Optional<Node.Content> content = node.flatMap(n -> Optional.ofNullable(n.content()));
    return content.isEmpty()
        ? objectStoreError(403, "AccessDenied", "Request has expired")
        : deliver(request, node.get(), content.get());
  }

  static Response objectStoreError(int status, String code, String message) {
    return Response.of(
        status,
        "application/xml",
        Body.of(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>"
                + code
                + "</Code><Message>"
                + message
                + "</Message></Error>"));
  }

  private static Response deliver(Request request, Node node, Node.Content content) {
    Blob blob = content.blob();
    Parameters query = request.query();
    String type =
        query
            .nonEmpty("responseContentType")
            .filter(HeaderText::isSafe)
            .orElse(content.contentType());
    String disposition =
        query
            .nonEmpty("responseContentDisposition")
            .filter(HeaderText::isSafe)
            .orElseGet(
                () ->
                    ContentDisposition.of(
                        query.get("download").orElse("").equals("true") ? "attachment" : "inline",
                        node.nameOrEmpty()));
    return Ranged.response(request, type, blob.size(), blob::body)
        .with("ETag", "\"" + node.eTag() + "\"")
        .with("Content-Disposition", disposition);
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

  /** Schedules anew what is not processed yet. */
  void resume() {
    Duration delay = world.option(Options.PROCESSING_DELAY);
    if (delay.isZero()) {
      return;
    }
    Predicate<Node> pending = answers.pending();
    Map<Node, String> found = new LinkedHashMap<>();
    world.read(
        s -> {
          s.accounts.forEach(
              (email, holder) ->
                  holder.drive().nodes().stream()
                      .filter(pending)
                      .forEach(node -> found.put(node, email)));
          return null;
        });
    found.forEach((node, email) -> processLater(email, node, delay));
  }

  /** A file that was pending is told as changed once it is processed. */
  private void processLater(String email, Node made, Duration delay) {
    long epoch = world.epoch();
    world
        .timeline()
        .schedule(
            made.created().plus(delay),
            "drive-processing",
            made.id(),
            () -> {
              if (world.epoch() == epoch) {
                access.change(email, (drive, editor) -> processed(drive, editor, made.id()));
              }
            });
  }

  private static Optional<Node> processed(Drive drive, DriveEditor editor, String id) {
    return drive.get(id).map(node -> editor.describe(node, node.attributes()));
  }

  /** The gateway gave up while the service went on. */
  private void appearLate(Request request, Caller caller, NewNode asked, Blob blob) {
    world
        .timeline()
        .schedule(
            world.now().plus(world.option(Options.UPLOAD_504_DELAY)),
            "drive-upload",
            asked.name(),
            () -> {
              try {
                create(request, caller, asked, blob);
              } catch (ResponseException refused) {
                LOG.debug("a late upload of {} was refused", asked.name(), refused);
              }
            });
  }

  private Node create(Request request, Caller caller, NewNode asked, Blob blob) {
    return world.change(
        s -> {
          WorldState.Holder holder = access.holder(s, caller);
          Drive drive = holder.drive();
          List<String> parents = asked.parentsIn(drive, access);
          if (deduplicates(request)) {
            requireUnique(drive, blob, "");
          }
          requireQuota(holder, blob.size());
          DriveEditor editor = new DriveEditor(drive, world.ids(), world.now());
          try {
            return access.createOnce(
                request,
                drive,
                () ->
                    editor.createFile(
                        parents, asked.name(), caller.client().name(), asked.attributes(), blob));
          } catch (DriveEditor.NameTakenException e) {
            throw errors.nameTaken(e);
          }
        });
  }

  private static boolean deduplicates(Request request) {
    return !request.query().get("suppress").orElse("").equals("deduplication");
  }

  private void requireUnique(Drive drive, Blob blob, String except) {
    for (Node node : drive.withContent(blob)) {
      if (!node.id().equals(except)) {
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
    Node node = access.read(caller, drive -> access.node(drive, id));
    if (node.content() == null) {
      throw errors.badRequest("Node " + id + " is not a file");
    }
    return node;
  }
}
