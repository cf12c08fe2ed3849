package dev.clouddrive.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clouddrive.simulator.internal.http.Parameters;
import dev.clouddrive.simulator.internal.json.JsonObject;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The cloud API of 2013 to 2017, as native SDKs call it (filestack.md 2.5). */
final class OldCloudApiTest {
  private static final String KEY = "ASimKey0000000000000Az";
  private static final String SESSION = "{\"apikey\":\"" + KEY + "\",\"version\":\"v2\"}";

  private CloudDriveSimulator simulator;
  private Http http;
  private String cookie = "";

  @BeforeEach
  void start() {
    simulator = CloudDriveSimulator.builder().frozenAt("2015-10-07T22:41:05Z").start();
    http = new Http(simulator.baseUrl());
  }

  @AfterEach
  void stop() {
    simulator.close();
  }

  /** Goes through the login of a web view, each redirect by hand. */
  private void logIn() {
    Http.Answer opened =
        http.get("/api/client/clouddrive/auth/open?m=*/*&key=" + KEY + "&id=0&modal=false");
    cookie = opened.header("Set-Cookie").split(";")[0];
    String login = opened.header("Location");
    String query = URI.create(login).getRawQuery();
    Http.Answer signedIn =
        http.post(
            "/ap/signin?" + query,
            Parameters.encode("email", "alice@example.com", "password", "password"),
            "Content-Type",
            "application/x-www-form-urlencoded");
    String amazon = signedIn.header("Set-Cookie").split(";")[0];
    Http.Answer agreed =
        http.post(
            "/ap/consent?" + query,
            "consent=allow",
            "Content-Type",
            "application/x-www-form-urlencoded",
            "Cookie",
            amazon);
    URI callback = URI.create(agreed.header("Location"));
    assertThat(callback.getPath()).isEqualTo("/api/client/clouddrive/authCallback/open");
    Http.Answer back =
        http.get(callback.getRawPath() + "?" + callback.getRawQuery(), "Cookie", cookie);
    assertThat(back.header("Location")).isEqualTo("/dialog/open?auth=true");
    assertThat(http.get("/dialog/open?auth=true").text()).contains("Authentication succeeded");
  }

  private Http.Answer path(String path, String... query) {
    return http.get(
        "/api/path"
            + path
            + "?"
            + Parameters.encode("js_session", SESSION)
            + "&"
            + Parameters.encode(query),
        "Cookie",
        cookie);
  }

  @Test
  void aListSaysWhereToLogInFirst() {
    Http.Answer answer = path("/Clouddrive/", "format", "info");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().object("auth").string("redirect_url"))
        .contains("/auth/clouddrive/open");
  }

  @Test
  void aFolderIsListed() {
    logIn();
    JsonObject list = path("/Clouddrive/Pictures/", "format", "info").json();
    assertThat(list.string("client")).isEqualTo("Amazon Cloud Drive");
    assertThat(list.string("filename")).isEqualTo("Pictures");
    assertThat(list.value("next")).isNull();
    Map<String, Object> beach =
        list.objects("contents").stream()
            .map(JsonObject::toMap)
            .filter(entry -> entry.get("filename").equals("beach.jpg"))
            .findFirst()
            .orElseThrow();
    assertThat(beach)
        .containsEntry("link_path", "/Clouddrive/Pictures/beach.jpg")
        .containsEntry("is_dir", false)
        .containsEntry("mimetype", "image/jpeg")
        .containsEntry("size", "87 kB")
        .containsEntry("thumb_exists", true);
    URI thumbnail = URI.create((String) beach.get("thumbnail"));
    Http.Answer picture = http.get(thumbnail.getRawPath() + "?" + thumbnail.getRawQuery());
    assertThat(picture.status()).isEqualTo(200);
    assertThat(picture.header("Content-Type")).isEqualTo("image/jpeg");
    assertThat(picture.body().length).isBetween(200, 10_000);
    assertThat(http.get(thumbnail.getRawPath() + "?token=other").status()).isEqualTo(403);
  }

  @Test
  void kindsOfFilesAreLeftOut() {
    logIn();
    String session = "{\"app\":{\"apikey\":\"" + KEY + "\"},\"mimetypes\":[\"image/png\"]}";
    JsonObject list =
        http.get(
                "/api/path/Clouddrive/Pictures/?" + Parameters.encode("js_session", session),
                "Cookie",
                cookie)
            .json();
    assertThat(list.objects("contents")).hasSize(1);
    assertThat(list.objects("contents").get(0).string("filename")).isEqualTo("logo.png");
  }

  @Test
  void aPickIsALink() {
    logIn();
    JsonObject blob = path("/Clouddrive/Pictures/beach.jpg", "format", "fpurl").json();
    assertThat(blob.toMap())
        .containsEntry("filename", "beach.jpg")
        .containsEntry("type", "image/jpeg")
        .containsEntry("size", 88961)
        .doesNotContainKey("key");
    simulator.account("alice@example.com").put("/Pictures/beach.jpg", "changed");
    assertThat(http.get(URI.create(blob.string("url")).getPath()).text()).isEqualTo("changed");
    assertThat(simulator.deliveries().all()).isEmpty();
  }

  @Test
  void aPickIsCopiedWhereTheSessionNamesAStorage() {
    logIn();
    String session =
        "{\"apikey\":\""
            + KEY
            + "\",\"storeLocation\":\"S3\",\"storePath\":\"in/\",\"version\":\"v2\"}";
    JsonObject blob =
        http.get(
                "/api/path/Clouddrive/Pictures/beach.jpg?"
                    + Parameters.encode("js_session", session, "format", "fpurl"),
                "Cookie",
                cookie)
            .json();
    assertThat(blob.string("key")).matches("in/[A-Za-z0-9]{20}_beach\\.jpg");
  }

  @Test
  void aPickGivesItsBytesToo() {
    logIn();
    Http.Answer answer = path("/Clouddrive/Documents/notes.txt", "format", "data");
    assertThat(answer.body())
        .isEqualTo(
            simulator.account("alice@example.com").read("/Documents/notes.txt").orElseThrow());
    assertThat(answer.header("X-File-Name")).isEqualTo("notes.txt");
    assertThat(answer.header("X-File-Size")).isEqualTo(Integer.toString(answer.body().length));
    assertThat(answer.header("X-Data-Url")).contains("/api/file/");
  }

  @Test
  void whatIsNotThereIsToldOf() {
    logIn();
    assertThat(path("/Clouddrive/Nowhere/", "format", "info").text()).endsWith("Folder not found");
    assertThat(path("/Clouddrive/lost.jpg", "format", "fpurl").status()).isEqualTo(404);
    assertThat(path("/Clouddrive/Pictures", "format", "fpurl").status()).isEqualTo(404);
    assertThat(path("/Dropbox/", "format", "info").text()).endsWith("Unknown service");
    assertThat(path("/Clouddrive/", "format", "xml").status()).isEqualTo(400);
    assertThat(http.get("/api/path/Clouddrive/?js_session=%7B").status()).isEqualTo(400);
  }

  @Test
  void aUserLogsOut() {
    for (String logout : List.of("/api/client/clouddrive/unauth", "/api/clients/unauth")) {
      logIn();
      assertThat(path("/Clouddrive/").json().has("contents")).isTrue();
      assertThat(http.get(logout, "Cookie", cookie).status()).isEqualTo(200);
      assertThat(path("/Clouddrive/").json().has("auth")).isTrue();
    }
  }

  @Test
  void aLocalFileGoesUpInChunks() {
    String base = "/api/upload/multipart/";
    String session = Parameters.encode("js_session", SESSION);
    String form = "application/x-www-form-urlencoded";
    JsonObject started =
        http.post(base + "start/", "name=hello.txt&filesize=11&" + session, "Content-Type", form)
            .json();
    String id = started.object("data").string("id");
    String chunk = base + "upload/?id=" + id + "&" + session + "&index=";
    http.post(chunk + 1, "world", "Content-Type", "application/octet-stream");
    String part =
        "--b\r\nContent-Disposition: form-data; name=\"fileUpload\"; filename=\"blob\"\r\n\r\nhello \r\n--b--\r\n";
    assertThat(
            http.post(chunk + 0, part, "Content-Type", "multipart/form-data; boundary=b")
                .json()
                .string("result"))
        .isEqualTo("ok");
    String end = "id=" + id + "&" + session + "&total=";
    assertThat(http.post(base + "end/", end + 3, "Content-Type", form).json().string("result"))
        .isEqualTo("error");
    JsonObject ended = http.post(base + "end/", end + 2, "Content-Type", form).json();
    JsonObject data = ended.object("data");
    assertThat(data.object("data").toMap())
        .containsEntry("filename", "hello.txt")
        .containsEntry("size", 11)
        .containsEntry("type", "text/plain");
    assertThat(http.get(URI.create(data.string("url")).getPath()).text()).isEqualTo("hello world");
    assertThat(http.post(base + "end/", end + 2, "Content-Type", form).status()).isEqualTo(400);
  }

  @Test
  void aLinkIsMadeOfAUrl() {
    simulator.account("alice@example.com").put("/a.txt", "a");
    String url =
        simulator.app().pick(simulator.account("alice@example.com"), "/a.txt").file().url();
    JsonObject blob =
        http.post(
                "/api/pick?" + Parameters.encode("key", KEY, "url", url),
                "",
                "Content-Type",
                "application/x-www-form-urlencoded")
            .json();
    assertThat(http.get(URI.create(blob.string("url")).getPath()).text()).isEqualTo("a");
  }
}
