package dev.clouddrive.simulator.internal.filestack.cloud;

import dev.clouddrive.simulator.internal.filestack.Cloud;
import dev.clouddrive.simulator.internal.http.Body;
import dev.clouddrive.simulator.internal.http.HttpFunction;
import dev.clouddrive.simulator.internal.http.MultipartBody;
import dev.clouddrive.simulator.internal.http.Parameters;
import dev.clouddrive.simulator.internal.http.PercentCoding;
import dev.clouddrive.simulator.internal.http.Request;
import dev.clouddrive.simulator.internal.http.Response;
import dev.clouddrive.simulator.internal.json.Json;
import dev.clouddrive.simulator.internal.json.JsonException;
import dev.clouddrive.simulator.internal.json.JsonObject;
import dev.clouddrive.simulator.internal.world.Filestack;
import dev.clouddrive.simulator.internal.world.World;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Filestack's side of Amazon Cloud Drive: an OAuth client of the emulated Amazon that knows it by
 * its wire alone. An expired access token is refreshed once without the user noticing, and an
 * answer of 429 or 5xx is tried twice more (filestack-files.md 3.7).
 */
public final class AmazonCloudDrive implements Cloud {
  /**
   * Filestack's own security profile; custom OAuth apps are not available for this cloud [seed].
   */
  public static final String CLIENT_ID =
      "amzn1.application-oa2-client.f11e57acf11e57acf11e57acf11e57ac";

  public static final String CLIENT_SECRET =
      "f11e57acf11e57acf11e57acf11e57acf11e57acf11e57acf11e57acf11e57ac";

  private static final String TOKEN_URL = "https://api.amazon.com/auth/o2/token";
  private static final String ENDPOINT_URL =
      "https://drive.amazonaws.com/drive/v1/account/endpoint";
  private static final String SCOPE = "clouddrive:read_all clouddrive:write";
  private static final int JSON_LIMIT = 8 * 1024 * 1024;
  private static final int TRIES = 3;

  private final World world;
  private final HttpFunction amazon;

  /**
   * @param amazon answers requests to Amazon's host names
   */
  public AmazonCloudDrive(World world, HttpFunction amazon) {
    this.world = world;
    this.amazon = amazon;
  }

  @Override
  public String name() {
    return "clouddrive";
  }

  @Override
  public String displayName() {
    return "Amazon Cloud Drive";
  }

  @Override
  public String root() {
    return "Clouddrive";
  }

  @Override
  public String loginHost() {
    return "www.amazon.com";
  }

  @Override
  public String loginUrl(String base, String redirectUri, String state) {
    return base
        + "/ap/oa?"
        + Parameters.encode(
            "client_id",
            CLIENT_ID,
            "scope",
            SCOPE,
            "response_type",
            "code",
            "redirect_uri",
            redirectUri,
            "state",
            state);
  }

  @Override
  public String connect(String code, String redirectUri) throws CloudException, IOException {
    JsonObject tokens =
        tokenCall(
            "grant_type",
            "authorization_code",
            "code",
            code,
            "redirect_uri",
            redirectUri,
            "client_id",
            CLIENT_ID,
            "client_secret",
            CLIENT_SECRET);
    return world.change(
        s -> {
          String id = world.ids().hex(32);
          s.filestack.grants.put(id, grant(id, tokens));
          return id;
        });
  }

  private Filestack.Grant grant(String id, JsonObject tokens) {
    return new Filestack.Grant(
        id,
        name(),
        tokens.string("access_token"),
        tokens.string("refresh_token"),
        world.now().plusSeconds(tokens.longValue("expires_in")));
  }

  private JsonObject tokenCall(String... form) throws CloudException, IOException {
    Response response =
        amazon.handle(
            Request.to("POST", TOKEN_URL)
                .withBody("application/x-www-form-urlencoded", Parameters.form(form)));
    if (response.status() >= 500 || response.status() == 429) {
      throw new CloudException(Problem.UNAVAILABLE, "the token endpoint fails");
    }
    if (!response.isSuccess()) {
      throw new CloudException(Problem.NOT_AUTHORIZED, "the tokens are no longer good");
    }
    return json(response);
  }

  @Override
  public Listing list(String grantId, String path, String next) throws CloudException, IOException {
    Item folder = at(grantId, path);
    if (!folder.folder()) {
      throw notFound(path);
    }
    JsonObject page =
        json(
            metadata(
                grantId,
                "nodes?"
                    + Parameters.encode(
                        "filters", "parents:\"" + folder.id() + "\"", "startToken", next)));
    List<Item> items = page.objects("data").stream().map(AmazonCloudDrive::item).toList();
    return new Listing(items, page.optionalString("nextToken").orElse(""));
  }

  @Override
  public Item at(String grantId, String path) throws CloudException, IOException {
    Item found = single(grantId, "isRoot:true").orElseThrow(() -> notFound("/"));
    for (String name : path.split("/")) {
      if (!name.isEmpty()) {
        found =
            single(grantId, "parents:\"" + found.id() + "\" AND name:\"" + escape(name) + "\"")
                .orElseThrow(() -> notFound(path));
      }
    }
    return found;
  }

  private Optional<Item> single(String grantId, String filter) throws CloudException, IOException {
    JsonObject page = json(metadata(grantId, "nodes?" + Parameters.encode("filters", filter)));
    return page.objects("data").stream().findFirst().map(AmazonCloudDrive::item);
  }

  @Override
  public Item byId(String grantId, String id) throws CloudException, IOException {
    JsonObject node = json(metadata(grantId, "nodes/" + PercentCoding.encode(id)));
    if (!node.optionalString("status").orElse("").equals("AVAILABLE")) {
      throw notFound(id);
    }
    return item(node);
  }

  @Override
  public Body read(String grantId, String id, long from, long length)
      throws CloudException, IOException {
    Response response =
        call(
            grantId,
            token -> {
              Request request =
                  Request.to(
                      "GET", contentUrl(token) + "nodes/" + PercentCoding.encode(id) + "/content");
              // A range of no bytes can't be written down; an empty file is read whole.
              return length == 0
                  ? request
                  : request.withHeader("Range", "bytes=" + from + "-" + (from + length - 1));
            });
    return response.body();
  }

  @Override
  public Body thumbnail(String grantId, String id, int side) throws CloudException, IOException {
    return call(
            grantId,
            token ->
                Request.to(
                    "GET",
                    contentUrl(token)
                        + "nodes/"
                        + PercentCoding.encode(id)
                        + "/content?viewBox="
                        + side))
        .body();
  }

  @Override
  public Item upload(String grantId, String folderId, String name, String mimetype, Body content)
      throws CloudException, IOException {
    byte[] metadata =
        Json.bytes(Json.object("name", name, "kind", "FILE", "parents", List.of(folderId)));
    MultipartBody body = new MultipartBody(boundary());
    body.field("metadata", metadata).file("content", name, mimetype, content);
    return item(
        json(
            call(
                grantId,
                token ->
                    Request.to("POST", contentUrl(token) + "nodes?suppress=deduplication")
                        .withBody(body.contentType(), body))));
  }

  @Override
  public Item overwrite(String grantId, String id, String mimetype, Body content)
      throws CloudException, IOException {
    MultipartBody body = new MultipartBody(boundary());
    body.file("content", "content", mimetype, content);
    return item(
        json(
            call(
                grantId,
                token ->
                    Request.to(
                            "PUT",
                            contentUrl(token)
                                + "nodes/"
                                + PercentCoding.encode(id)
                                + "/content?suppress=deduplication")
                        .withBody(body.contentType(), body))));
  }

  private String boundary() {
    return "filestack-" + world.ids().hex(32);
  }

  private Response metadata(String grantId, String pathAndQuery)
      throws CloudException, IOException {
    return call(grantId, token -> Request.to("GET", endpoint(token).metadataUrl() + pathAndQuery));
  }

  private String contentUrl(String token) {
    return endpoint(token).contentUrl();
  }

  /** The account's two base URLs, which a client must not hard-code. */
  private record Endpoint(String metadataUrl, String contentUrl) {}

  private static final class EndpointException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient Response response;

    EndpointException(Response response) {
      super("account/endpoint answered " + response.status(), null, false, false);
      this.response = response;
    }
  }

  private Endpoint endpoint(String token) {
    Response response =
        amazon.handle(
            Request.to("GET", ENDPOINT_URL).withHeader("Authorization", "Bearer " + token));
    if (!response.isSuccess()) {
      throw new EndpointException(response);
    }
    try {
      JsonObject json = json(response);
      return new Endpoint(json.string("metadataUrl"), json.string("contentUrl"));
    } catch (CloudException | IOException | JsonException e) {
      throw new EndpointException(Response.of(502));
    }
  }

  /** Makes a call with the grant's token, and with a refreshed one if that has expired. */
  private Response call(String grantId, Function<String, Request> request)
      throws CloudException, IOException {
    Filestack.Grant grant =
        world
            .read(s -> Optional.ofNullable(s.filestack.grants.get(grantId)))
            .orElseThrow(() -> new CloudException(Problem.NOT_AUTHORIZED, "not logged in"));
    Response response = tried(grant.accessToken(), request);
    if (response.status() == 401) {
      response = tried(refresh(grant).accessToken(), request);
    }
    return checked(response);
  }

  private Response tried(String token, Function<String, Request> request) {
    Response response = Response.of(502);
    for (int attempt = 1; attempt <= TRIES; attempt++) {
      try {
        response =
            amazon.handle(request.apply(token).withHeader("Authorization", "Bearer " + token));
      } catch (EndpointException e) {
        response = e.response;
      }
      if (response.status() != 429 && response.status() < 500) {
        return response;
      }
    }
    return response;
  }

  private Filestack.Grant refresh(Filestack.Grant grant) throws CloudException, IOException {
    JsonObject tokens =
        tokenCall(
            "grant_type",
            "refresh_token",
            "refresh_token",
            grant.refreshToken(),
            "client_id",
            CLIENT_ID,
            "client_secret",
            CLIENT_SECRET);
    return world.change(
        s -> {
          Filestack.Grant refreshed = grant(grant.id(), tokens);
          s.filestack.grants.put(grant.id(), refreshed);
          return refreshed;
        });
  }

  private static Response checked(Response response) throws CloudException, IOException {
    int status = response.status();
    if (response.isSuccess()) {
      return response;
    }
    if (status == 409) {
      JsonObject error = json(response);
      String existing =
          error.optionalObject("info").flatMap(i -> i.optionalString("nodeId")).orElse("");
      throw new CloudException(Problem.NAME_TAKEN, "the name is taken", existing);
    }
    throw new CloudException(
        switch (status) {
          case 401 -> Problem.NOT_AUTHORIZED;
          case 404 -> Problem.NOT_FOUND;
          case 400, 403, 411, 412, 413, 416 -> Problem.REFUSED;
          default -> Problem.UNAVAILABLE;
        },
        "Amazon Cloud Drive answered " + status);
  }

  private static CloudException notFound(String what) {
    return new CloudException(Problem.NOT_FOUND, "there is no " + what);
  }

  private static JsonObject json(Response response) throws CloudException, IOException {
    try {
      return Json.parseObject(response.body().readAll(JSON_LIMIT));
    } catch (JsonException e) {
      throw new CloudException(Problem.UNAVAILABLE, "the answer is not JSON");
    }
  }

  private static Item item(JsonObject node) {
    Optional<JsonObject> content = node.optionalObject("contentProperties");
    return new Item(
        node.string("id"),
        node.optionalString("name").orElse(""),
        node.string("kind").equals("FOLDER"),
        content.flatMap(c -> c.optionalString("contentType")).orElse(""),
        content.flatMap(c -> c.optionalLong("size")).orElse(0L),
        content.flatMap(c -> c.optionalString("md5")).orElse(""),
        node.optionalInstant("modifiedDate").orElse(Instant.EPOCH));
  }

  /** amazon-cloud-drive.md 3.10: each of these is preceded by a backslash. */
  private static String escape(String name) {
    StringBuilder escaped = new StringBuilder();
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if ("+-&|!(){}[]^'\"~*?:\\ ".indexOf(c) >= 0) {
        escaped.append('\\');
      }
      escaped.append(c);
    }
    return escaped.toString();
  }
}
