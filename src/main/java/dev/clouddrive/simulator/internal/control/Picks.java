package dev.clouddrive.simulator.internal.control;

import dev.clouddrive.simulator.internal.filestack.security.Call;
import dev.clouddrive.simulator.internal.filestack.security.Credentials;
import dev.clouddrive.simulator.internal.filestack.security.Security;
import dev.clouddrive.simulator.internal.http.Body;
import dev.clouddrive.simulator.internal.http.HttpFunction;
import dev.clouddrive.simulator.internal.http.Parameters;
import dev.clouddrive.simulator.internal.http.PercentCoding;
import dev.clouddrive.simulator.internal.http.Response;
import dev.clouddrive.simulator.internal.json.Json;
import dev.clouddrive.simulator.internal.json.JsonException;
import dev.clouddrive.simulator.internal.json.JsonObject;
import dev.clouddrive.simulator.internal.world.Account;
import dev.clouddrive.simulator.internal.world.Filestack;
import dev.clouddrive.simulator.internal.world.World;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Picks and saves files as a user does in the dialogs, with the same calls (simulator.md section 5:
 * {@code picks}, {@code exports}).
 */
public final class Picks {
  private static final String CLOUD = "clouddrive";
  private static final Duration PAGE_LIFE = Duration.ofHours(1);
  private static final int JSON_LIMIT = 4 * 1024 * 1024;

  private final World world;
  private final HttpFunction simulator;
  private final Security security;

  public Picks(World world, HttpFunction simulator) {
    this.world = world;
    this.simulator = simulator;
    this.security = new Security(world);
  }

  /** How a picked file is taken. */
  public enum Mode {
    /** Copied into a storage. */
    STORE,
    /** Linked to where it is. */
    LINK
  }

  /**
   * What the user does in the picker.
   *
   * @param origin scheme and authority under which the page finds the simulator
   * @param allows whether the user agrees on the consent page
   * @param storeTo the picker's {@code storeTo}; empty for the application's own storage
   */
  public record Pick(
      String origin,
      String apikey,
      Account account,
      List<String> paths,
      Mode mode,
      boolean allows,
      Map<String, @Nullable Object> storeTo) {
    public Pick {
      paths = List.copyOf(paths);
    }
  }

  /** The picker's result (filestack.md 2.3). */
  public record Result(
      List<Map<String, @Nullable Object>> filesUploaded,
      List<Map<String, @Nullable Object>> filesFailed) {}

  /** Lists, logs in if asked to, lists again, and takes each file. */
  public Result pick(Pick pick) {
    Session session = new Session(pick);
    Result result = new Result(new ArrayList<>(), new ArrayList<>());
    boolean access = pick.paths().isEmpty() || session.open(folderOf(pick.paths().get(0)));
    for (String path : pick.paths()) {
      if (access) {
        session.take(path, result);
      } else {
        result.filesFailed().add(failed(path, 403, "access_denied"));
      }
    }
    return result;
  }

  /**
   * Saves a file into the user's drive.
   *
   * @param folder such as {@code /} or {@code /Pictures}
   * @return the blob
   * @throws ControlException if Filestack refuses; it tells the vendor's words
   */
  public Map<String, @Nullable Object> export(
      String origin,
      String apikey,
      Account account,
      String handle,
      String folder,
      String filename,
      boolean allows) {
    Person person = new Person(simulator, account, allows);
    String url =
        origin + "/api/path/Clouddrive" + place(folder) + "/" + PercentCoding.encode(filename);
    Optional<Credentials> credentials = credentials(apikey);
    String signed =
        credentials
            .map(c -> "?" + Parameters.encode("policy", c.policy(), "signature", c.signature()))
            .orElse("");
    String[] form = {
      "url",
      origin + "/api/file/" + handle + signed,
      "js_session",
      Json.text(Json.object("apikey", apikey, "version", "v2")),
      "policy",
      credentials.map(Credentials::policy).orElse(""),
      "signature",
      credentials.map(Credentials::signature).orElse("")
    };
    Response response = person.postForm(url, form);
    Optional<String> login = response.isSuccess() ? loginUrl(json(response)) : Optional.empty();
    if (login.isPresent()) {
      if (!person.logIn(login.get())) {
        throw new ControlException(403, "the user did not give access to the drive");
      }
      response = person.postForm(url, form);
    }
    if (!response.isSuccess()) {
      throw new ControlException(response.status(), "Filestack answers: " + text(response));
    }
    return json(response).toMap();
  }

  /** What the page of a secured application signs for its user. */
  private Optional<Credentials> credentials(String apikey) {
    Filestack.App app = world.read(s -> s.filestack.apps.get(apikey));
    return app.security()
        ? Optional.of(security.issue(app, PAGE_LIFE, List.of(Call.PICK, Call.STORE, Call.READ)))
        : Optional.empty();
  }

  private static String place(String folder) {
    String path = folder.startsWith("/") ? folder : "/" + folder;
    String bare = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    return PercentCoding.encodePath(bare);
  }

  private static String folderOf(String path) {
    int slash = path.lastIndexOf('/');
    return slash <= 0 ? "/" : path.substring(0, slash + 1);
  }

  /** A picker that is open. */
  private final class Session {
    private final Pick pick;
    private final Person person;
    private @Nullable String token;

    Session(Pick pick) {
      this.pick = pick;
      this.person = new Person(simulator, pick.account(), pick.allows());
    }

    /** Shows a folder; whether it could be shown. */
    boolean open(String folder) {
      Map<String, @Nullable Object> wish = Json.object("path", folder);
      Optional<String> login = loginUrlOf(call("/folder/list", wish));
      return login.isEmpty()
          || (person.logIn(login.get()) && loginUrlOf(call("/folder/list", wish)).isEmpty());
    }

    void take(String path, Result result) {
      boolean store = pick.mode() == Mode.STORE;
      Map<String, @Nullable Object> wish = Json.object("path", path);
      if (store) {
        wish.put("store", pick.storeTo());
      }
      Response response = call(store ? "/store/" : "/link/", wish);
      Optional<JsonObject> file = cloud(response).filter(f -> f.has("handle"));
      if (response.isSuccess() && file.isPresent()) {
        result.filesUploaded().add(uploaded(path, file.get()));
      } else {
        String error =
            cloud(response).flatMap(f -> f.optionalString("error")).orElseGet(() -> text(response));
        result.filesFailed().add(failed(path, response.status(), error));
      }
    }

    private Response call(String path, Map<String, @Nullable Object> wish) {
      Map<String, @Nullable Object> body =
          Json.object("apikey", pick.apikey(), "flow", "web", "clouds", Json.object(CLOUD, wish));
      credentials(pick.apikey())
          .ifPresent(
              credentials -> {
                body.put("policy", credentials.policy());
                body.put("signature", credentials.signature());
              });
      if (token != null) {
        body.put("token", token);
      }
      Response response = person.postJson(pick.origin() + path, Body.of(Json.bytes(body)));
      if (Json.isJson(bytes(response))) {
        token = json(response).optionalString("token").orElse(token);
      }
      return response;
    }

    private Optional<String> loginUrlOf(Response response) {
      return cloud(response).flatMap(Picks::loginUrl);
    }
  }

  private static Optional<JsonObject> cloud(Response response) {
    return Json.isJson(bytes(response)) ? json(response).optionalObject(CLOUD) : Optional.empty();
  }

  private static Optional<String> loginUrl(JsonObject json) {
    return json.optionalObject("auth").flatMap(auth -> auth.optionalString("redirect_url"));
  }

  private Map<String, @Nullable Object> uploaded(String path, JsonObject file) {
    Map<String, @Nullable Object> json =
        Json.object(
            "filename",
            file.string("filename"),
            "handle",
            file.string("handle"),
            "mimetype",
            file.string("mimetype"),
            "originalPath",
            path,
            "size",
            file.longValue("size"),
            "source",
            CLOUD,
            "url",
            file.string("url"),
            "uploadId",
            world.ids().hex(32));
    file.optionalString("key").ifPresent(key -> json.put("key", key));
    file.optionalString("container").ifPresent(container -> json.put("container", container));
    return json;
  }

  private static Map<String, @Nullable Object> failed(String path, int status, String error) {
    return Json.object(
        "filename",
        path.substring(path.lastIndexOf('/') + 1),
        "originalPath",
        path,
        "source",
        CLOUD,
        "status",
        status,
        "error",
        error);
  }

  private static byte[] bytes(Response response) {
    try {
      return response.body().readAll(JSON_LIMIT);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JsonObject json(Response response) {
    try {
      return Json.parseObject(bytes(response));
    } catch (JsonException e) {
      throw new ControlException(502, "Filestack answers: " + text(response));
    }
  }

  private static String text(Response response) {
    return new String(bytes(response), java.nio.charset.StandardCharsets.UTF_8).strip();
  }
}
