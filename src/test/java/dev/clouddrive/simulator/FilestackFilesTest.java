package dev.clouddrive.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clouddrive.simulator.internal.http.Body;
import dev.clouddrive.simulator.internal.http.HttpServer;
import dev.clouddrive.simulator.internal.http.Request;
import dev.clouddrive.simulator.internal.http.Response;
import dev.clouddrive.simulator.internal.json.Json;
import dev.clouddrive.simulator.internal.json.JsonObject;
import java.net.BindException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** filestack-files.md 12 by its numbers, and 3, 4.1, 6, 8: files, store and security. */
final class FilestackFilesTest {
  private static final String KEY = "ASimKey0000000000000Az";
  private static final String SECRET = "SIMULATORSECRET00000000000";
  private static final String FAR = "4102444800";

  private CloudDriveSimulator simulator;
  private FilestackApp app;
  private WebhookReceiver receiver;
  private Http http;

  @BeforeEach
  void start() {
    simulator = CloudDriveSimulator.builder().frozenAt("2015-10-07T22:41:05Z").start();
    app = simulator.app();
    receiver = WebhookReceiver.start();
    app.webhooks().subscribe(receiver, EventType.ALL);
    http = new Http(simulator.baseUrl());
  }

  @AfterEach
  void stop() {
    simulator.close();
    receiver.close();
  }

  private String policy(String calls) {
    return signed("{\"expiry\":" + FAR + ",\"call\":[" + calls + "]}");
  }

  private String signed(String json) {
    FilestackApp.SignedPolicy signed = app.sign(json);
    return "policy=" + signed.policy() + "&signature=" + signed.signature();
  }

  private String store(String name, String type, byte[] content) {
    Http.Answer answer =
        http.call(
            "POST",
            "/api/store/S3?key=" + KEY + "&filename=" + name,
            BodyPublishers.ofByteArray(content),
            "Content-Type",
            type);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return handle(answer);
  }

  private String storeText(String name, String text) {
    return store(name, "text/plain", text.getBytes(StandardCharsets.UTF_8));
  }

  private static String handle(Http.Answer answer) {
    String url = answer.json().string("url");
    return url.substring(url.lastIndexOf('/') + 1);
  }

  private List<String> events(String action) {
    simulator.clock().settle();
    return receiver.received().stream()
        .map(WebhookReceiver.Received::text)
        .filter(text -> text.contains("\"action\":\"" + action + "\""))
        .toList();
  }

  private JsonObject text(String event) {
    return Json.parseObject(event).object("text");
  }

  private List<Map<String, Object>> objects() {
    JsonObject json = http.get("/_simulator/api/objects").json();
    return json.objects("objects").stream().map(JsonObject::toMap).toList();
  }

  private static HttpServer site(java.util.function.Function<Request, Response> answers) {
    try {
      return HttpServer.start(
          "127.0.0.1", 0, HttpServer.Limits.DEFAULT, request -> answers.apply(request));
    } catch (BindException e) {
      throw new IllegalStateException(e);
    }
  }

  // --- 3: files

  @Test
  @DisplayName("12.15 removing needs a policy with security off; it works once, and is told once")
  void remove() {
    String handle = storeText("n.txt", "hello");
    Http.Answer refused = http.delete("/api/file/" + handle + "?key=" + KEY);
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.text())
        .matches("\\[uuid=[0-9A-F]{16}] This action has been secured .* Policy: None");
    String call = "/api/file/" + handle + "?key=" + KEY + "&" + policy("\"remove\"");
    Http.Answer removed = http.delete(call);
    assertThat(removed.status()).isEqualTo(200);
    assertThat(removed.text()).isEqualTo("success");
    assertThat(removed.header("Content-Type")).startsWith("text/html");
    assertThat(http.get("/api/file/" + handle).status()).isEqualTo(404);
    assertThat(http.get("/" + handle).status()).isEqualTo(404);
    assertThat(http.delete(call).status()).isEqualTo(404);
    assertThat(objects()).isEmpty();
    assertThat(events("fp.delete")).hasSize(1);
    assertThat(text(events("fp.delete").get(0)).string("url")).endsWith("/api/file/" + handle);
  }

  @Test
  @DisplayName("12.15 removing a symlink leaves the cloud's file")
  void removeSymlink() {
    DriveAccount alice = simulator.account("alice@example.com");
    String handle = app.link(alice, "/Pictures/beach.jpg").filesUploaded().get(0).handle();
    assertThat(
            http.post("/api/file/" + handle + "/remove?key=" + KEY + "&" + policy("\"revoke\""), "")
                .status())
        .isEqualTo(200);
    assertThat(http.get("/api/file/" + handle).status()).isEqualTo(404);
    assertThat(alice.has("/Pictures/beach.jpg")).isTrue();
  }

  @Test
  @DisplayName("12.16 skip_storage keeps the object")
  void skipStorage() {
    String handle = storeText("n.txt", "hello");
    http.delete("/api/file/" + handle + "?skip_storage=true&" + policy("\"remove\""));
    assertThat(objects()).hasSize(1);
    assertThat(objects().get(0)).containsEntry("size", 5);
  }

  @Test
  @DisplayName("12.17 overwriting keeps handle, name and type; hashes and webhook are new")
  void overwrite() {
    String handle = store("n.png", "image/png", "hello".getBytes(StandardCharsets.UTF_8));
    Http.Answer answer =
        http.post(
            "/api/file/" + handle + "?" + policy("\"write\""),
            "changed",
            "Content-Type",
            "text/plain");
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    assertThat(answer.json().keys())
        .containsExactly("url", "mimetype", "isWriteable", "size", "filename");
    assertThat(answer.json().string("mimetype")).isEqualTo("image/png");
    assertThat(answer.json().longValue("size")).isEqualTo(7);
    assertThat(http.get("/api/file/" + handle).text()).isEqualTo("changed");
    assertThat(http.get("/" + handle).text()).isEqualTo("changed");
    assertThat(http.get("/api/file/" + handle + "/metadata?md5=true").json().string("md5"))
        .isEqualTo("8977dfac2f8e04cb96e66882235f5aba");
    JsonObject event = text(events("fp.overwrite").get(0));
    assertThat(event.keys())
        .containsExactly("mimetype", "url", "isWriteable", "filename", "client", "size");
    assertThat(event.longValue("size")).isEqualTo(7);
    assertThat(events("fp.upload")).hasSize(1);
  }

  @Test
  @DisplayName("12.18 overwriting a symlink changes the node in the drive")
  void overwriteSymlink() {
    DriveAccount alice = simulator.account("alice@example.com");
    String handle = app.link(alice, "/Documents/notes.txt").filesUploaded().get(0).handle();
    Http.Answer answer =
        http.post("/api/file/" + handle + "?" + policy("\"write\""), "from the web");
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    assertThat(new String(alice.read("/Documents/notes.txt").orElseThrow(), StandardCharsets.UTF_8))
        .isEqualTo("from the web");
    assertThat(text(events("fp.overwrite").get(0)).string("client"))
        .isEqualTo("Amazon Cloud Drive");
  }

  @Test
  @DisplayName("12.19 overwriting by url, by a part, raw, with Basic, by PUT, in base64")
  void overwriteForms() {
    try (HttpServer site = site(request -> Response.text(200, "from afar"))) {
      String handle = storeText("n.txt", "hello");
      String path = "/api/file/" + handle;
      http.post(
          path + "?" + policy("\"writeUrl\""),
          "url=" + site.url() + "/x",
          "Content-Type",
          "application/x-www-form-urlencoded");
      assertThat(http.get(path).text()).isEqualTo("from afar");
      http.post(
          path + "?base64decode=false&" + policy("\"write\""),
          "--b\r\nContent-Disposition: form-data; name=\"fileUpload\"; filename=\"filename\"\r\n"
              + "Content-Type: text/plain\r\n\r\nby a part\r\n--b--",
          "Content-Type",
          "multipart/form-data; boundary=b");
      assertThat(http.get(path).text()).isEqualTo("by a part");
      String basic =
          Base64.getEncoder().encodeToString(("app:" + SECRET).getBytes(StandardCharsets.UTF_8));
      http.put(path, "by put", "Authorization", "Basic " + basic);
      assertThat(http.get(path).text()).isEqualTo("by put");
      http.post(path + "?base64decode=true&" + policy("\"write\""), "aGVsbG8=");
      assertThat(http.get(path).text()).isEqualTo("hello");
      assertThat(http.put(path, "x", "Authorization", "Basic YXBwOndyb25n").status())
          .isEqualTo(403);
      assertThat(http.post(path + "?" + policy("\"writeUrl\""), "raw").status()).isEqualTo(403);
      assertThat(http.post(path + "?base64decode=true&" + policy("\"write\""), "*%*").status())
          .isEqualTo(400);
      assertThat(http.get(path).text()).isEqualTo("hello");
      assertThat(events("fp.overwrite")).hasSize(4);
    }
  }

  @Test
  @DisplayName("12.22 ranges, HEAD, attachments and the file's name, on both hosts")
  void delivery() {
    String handle = storeText("n.txt", "0123456789");
    for (String path :
        List.of("/api/file/" + handle, "/" + handle, "/api/file/" + handle + "+txt")) {
      assertThat(http.get(path, "Range", "bytes=2-4").text()).isEqualTo("234");
      assertThat(http.get(path, "Range", "bytes=2-4").header("Content-Range"))
          .isEqualTo("bytes 2-4/10");
      assertThat(http.get(path, "Range", "bytes=-3").text()).isEqualTo("789");
      assertThat(http.get(path, "Range", "bytes=20-").status()).isEqualTo(416);
      assertThat(http.get(path, "Range", "bytes=20-").header("Content-Range"))
          .isEqualTo("bytes */10");
      assertThat(http.get(path, "Range", "bytes=0-1,3-4").text()).isEqualTo("0123456789");
      Http.Answer head = http.call("HEAD", path, BodyPublishers.noBody());
      assertThat(head.header("Content-Length")).isEqualTo("10");
      assertThat(head.body()).isEmpty();
      assertThat(head.header("X-File-Name")).isEqualTo("n.txt");
      assertThat(head.header("Content-Disposition")).isEqualTo("inline; filename=\"n.txt\"");
      assertThat(http.get(path + "?dl=true").header("Content-Disposition"))
          .startsWith("attachment;");
      String etag = head.header("ETag");
      assertThat(http.get(path, "If-None-Match", etag).status()).isEqualTo(304);
    }
    assertThat(http.get("/" + handle).header("Cache-Control")).isEqualTo("public, max-age=2592000");
    assertThat(http.get("/cache=expiry:60/" + handle).header("Cache-Control"))
        .isEqualTo("public, max-age=60");
    assertThat(http.get("/cache=expiry:max/" + handle).header("Cache-Control"))
        .isEqualTo("public, max-age=31536000");
    assertThat(http.get("/cache=false/" + handle).header("Cache-Control")).isEqualTo("no-cache");
    assertThat(http.get("/" + KEY + "/" + handle).text()).isEqualTo("0123456789");
    assertThat(http.delete("/" + handle).status()).isEqualTo(405);
    assertThat(http.post("/" + handle, "x").status()).isEqualTo(405);
  }

  @Test
  @DisplayName("12.23 metadata: the default keys, and the flags")
  void metadata() {
    String handle = storeText("n.txt", "hello");
    JsonObject facts = http.get("/api/file/" + handle + "/metadata").json();
    assertThat(facts.keys())
        .containsExactly(
            "size",
            "mimetype",
            "filename",
            "uploaded",
            "writeable",
            "location",
            "path",
            "container");
    assertThat(http.get("/api/file/" + handle + "/metadata").text())
        .contains("\"uploaded\":1444257665000.0");
    JsonObject asked =
        http.get("/api/file/" + handle + "/metadata?width=true&sha1=true&source_url=true&x=true")
            .json();
    assertThat(asked.keys()).containsExactlyInAnyOrder("width", "sha1", "source_url");
    assertThat(asked.has("width")).isFalse();
    assertThat(asked.string("sha1")).isEqualTo("aaf4c61ddcc5e8a2dabede0f3b482cd9aea9434d");
  }

  @Test
  @DisplayName("12.24 both hosts tell the same metadata")
  void metadataOnBothHosts() {
    String handle = storeText("n.txt", "hello");
    assertThat(http.get("/" + handle + "/metadata?md5=true&size=true").text())
        .isEqualTo(http.get("/api/file/" + handle + "/metadata?md5=true&size=true").text());
  }

  @Test
  @DisplayName("12.14 EXIF needs a policy that names it")
  void exif() {
    DriveAccount alice = simulator.account("alice@example.com");
    String handle = app.pick(alice, "/Pictures/beach.jpg").filesUploaded().get(0).handle();
    String path = "/api/file/" + handle + "/metadata?exif=true&";
    assertThat(http.get(path + "x=1").status()).isEqualTo(403);
    assertThat(http.get(path + signed("{\"expiry\":" + FAR + "}")).status()).isEqualTo(403);
    JsonObject exif = http.get(path + policy("\"exif\"")).json().object("exif");
    assertThat(exif.string("Model")).isEqualTo("Camera 1");
  }

  @Test
  @DisplayName("12.21 a file that is renamed in the drive keeps its handle")
  void renamed() {
    DriveAccount alice = simulator.account("alice@example.com");
    String handle = app.link(alice, "/Documents/notes.txt").filesUploaded().get(0).handle();
    http.control("PUT", "options", "{\"symlink.resolveBy\":\"path\"}");
    assertThat(http.get("/api/file/" + handle).status()).isEqualTo(200);
    alice.delete("/Documents/notes.txt");
    alice.put("/Documents/notes.txt", "another".getBytes(StandardCharsets.UTF_8));
    assertThat(http.get("/api/file/" + handle).status()).isEqualTo(404);
  }

  @Test
  @DisplayName("12.42 base64 in and out")
  void base64() {
    String handle =
        handle(
            http.post(
                "/api/store/S3?key=" + KEY + "&base64decode=true&filename=h.txt", "aGVsbG8gw7w="));
    assertThat(http.get("/api/file/" + handle).text()).isEqualTo("hello ü");
    assertThat(http.get("/api/file/" + handle + "?base64encode=true").text())
        .isEqualTo("aGVsbG8gw7w=");
  }

  @Test
  void theCdnShowsOldBytesWhereItIsToldTo() {
    http.control(
        "PUT", "options", "{\"cdn.staleAfterOverwrite\":\"stale\",\"cdn.staleAfterDelete\":true}");
    String handle = storeText("n.txt", "old");
    assertThat(http.get("/" + handle).text()).isEqualTo("old");
    http.post("/api/file/" + handle + "?" + policy("\"write\""), "new");
    assertThat(http.get("/" + handle).text()).isEqualTo("old");
    assertThat(http.get("/cache=false/" + handle).text()).isEqualTo("new");
    assertThat(http.get("/api/file/" + handle).text()).isEqualTo("new");
    http.delete("/api/file/" + handle + "?" + policy("\"remove\""));
    assertThat(http.get("/" + handle).text()).isEqualTo("old");
    simulator.clock().advance(Duration.ofDays(31));
    assertThat(http.get("/" + handle).status()).isEqualTo(404);
  }

  // --- 4.1: store

  @Test
  @DisplayName("12.31 store raw, by a part, by a form's url, by JSON; shapes of keys")
  void storeForms() {
    try (HttpServer site =
        site(
            request ->
                Response.of(200, "image/png", Body.of("png"))
                    .with("Content-Disposition", "attachment; filename=\"far.png\""))) {
      JsonObject raw =
          http.post("/api/store/s3?key=" + KEY, "hello", "Content-Type", "text/css").json();
      assertThat(raw.keys()).containsExactly("url", "filename", "key", "type", "size");
      assertThat(raw.string("filename")).isEqualTo("untitled.css");
      assertThat(raw.string("key")).matches("[A-Za-z0-9]{20}_untitled\\.css");
      JsonObject part =
          http.post(
                  "/api/store/S3?key=" + KEY + "&container=my-bucket&path=%2Fmyfiles%2F1234.png",
                  "--b\r\nContent-Disposition: form-data; name=\"fileUpload\"; filename=\"n.png\"\r\n"
                      + "Content-Type: image/png\r\n\r\nx\r\n--b--",
                  "Content-Type",
                  "multipart/form-data; boundary=b")
              .json();
      assertThat(part.string("container")).isEqualTo("my-bucket");
      assertThat(part.string("key")).isEqualTo("myfiles/1234.png");
      assertThat(part.string("filename")).isEqualTo("n.png");
      JsonObject folder =
          http.post(
                  "/api/store/S3?key=" + KEY + "&path=in/",
                  "url=" + site.url() + "/a/b.jpg",
                  "Content-Type",
                  "application/x-www-form-urlencoded")
              .json();
      assertThat(folder.string("key")).matches("in/[A-Za-z0-9]{20}_far\\.png");
      assertThat(folder.string("type")).isEqualTo("image/png");
      JsonObject json =
          http.post(
                  "/api/store/S3",
                  Json.text(Map.of("url", site.url() + "/x", "key", KEY, "filename", "named.png")),
                  "Content-Type",
                  "application/json")
              .json();
      assertThat(json.string("filename")).isEqualTo("named.png");
      assertThat(events("fp.upload")).hasSize(4).allMatch(e -> e.contains("\"client\":\"REST\""));
      String handle = folder.string("url").substring(folder.string("url").lastIndexOf('/') + 1);
      assertThat(
              http.get("/api/file/" + handle + "/metadata?source_url=true")
                  .json()
                  .string("source_url"))
          .isEqualTo(site.url() + "/a/b.jpg");
    }
  }

  @Test
  void whatCurlCallsAFormIsRawUnlessItHasAUrl() {
    JsonObject stored =
        http.post(
                "/api/store/S3?key=" + KEY,
                "a=b&c=d",
                "Content-Type",
                "application/x-www-form-urlencoded")
            .json();
    assertThat(stored.string("type")).isEqualTo("text/plain");
    assertThat(stored.longValue("size")).isEqualTo(7);
  }

  @Test
  void anExistingFileIsCopied() {
    String handle = storeText("n.txt", "hello");
    JsonObject copy = http.post("/api/store/gcs/" + handle + "?key=" + KEY, "").json();
    assertThat(copy.string("container")).isEqualTo("default-gcs");
    assertThat(copy.string("filename")).isEqualTo("n.txt");
  }

  @Test
  @DisplayName("4.3 a file for another storage is in transit first, and told of when it arrives")
  void transfer() {
    http.post("/api/store/azure?key=" + KEY + "&container=blobs", "hello");
    assertThat(objects().get(0)).containsEntry("status", "InTransit");
    assertThat(events("fp.upload")).isEmpty();
    simulator.clock().advance(Duration.ofSeconds(5));
    assertThat(objects().get(0)).containsEntry("status", "Stored");
    assertThat(text(events("fp.upload").get(0)).string("container")).isEqualTo("blobs");
  }

  @Test
  void containersThatAnApplicationListsAreTheOnlyOnes() {
    http.control(
        "PUT", "apps/" + KEY, "{\"containers\":[{\"location\":\"s3\",\"container\":\"mine\"}]}");
    assertThat(http.post("/api/store/S3?key=" + KEY, "x").json().string("container"))
        .isEqualTo("mine");
    Http.Answer other = http.post("/api/store/S3?key=" + KEY + "&container=other", "x");
    assertThat(other.status()).isEqualTo(400);
    assertThat(other.text()).contains("The container other is not configured");
    assertThat(http.post("/api/store/gcs?key=" + KEY, "x").status()).isEqualTo(400);
  }

  @ParameterizedTest
  @DisplayName("what can't be stored is refused, nothing is kept and nothing told")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          /api/store/S3?key=AUnknownKey000000000Az | text/plain | x | 403 | Invalid Application
          /api/store/S3 | text/plain | x | 403 | Invalid Application
          /api/store/ftp?key=ASimKey0000000000000Az | text/plain | x | 400 | Unknown storage
          /api/store/S3?key=ASimKey0000000000000Az&path=../../etc/passwd | text/plain | x | 400 | path is invalid
          /api/store/S3?key=ASimKey0000000000000Az&base64decode=true | text/plain | *** | 400 | base64
          /api/store/S3?key=ASimKey0000000000000Az | multipart/form-data; boundary=b | --b--  | 400 | neither
          /api/store/S3?key=ASimKey0000000000000Az | multipart/form-data | x | 400 | could not be read
          /api/store/S3?key=ASimKey0000000000000Az | application/x-www-form-urlencoded | url=http://169.254.169.254/latest | 400 | never called
          /api/store/S3?key=ASimKey0000000000000Az | application/x-www-form-urlencoded | url=http://10.0.0.1/ | 400 | not a public address
          /api/store/S3?key=ASimKey0000000000000Az | application/x-www-form-urlencoded | url=http://[::ffff:169.254.169.254]/ | 400 | never called
          /api/store/S3?key=ASimKey0000000000000Az | application/x-www-form-urlencoded | url=file:///etc/passwd | 400 | URL
          /api/store/S3?key=ASimKey0000000000000Az | application/x-www-form-urlencoded | url=http://127.0.0.1:1/ | 400 | could not be fetched
          /api/store/S3?key=ASimKey0000000000000Az | application/x-www-form-urlencoded | url=http://www.filestackapi.com/_simulator/api/world | 400 | no file
          """)
  void refusedStores(String path, String type, String body, int status, String words) {
    Http.Answer answer = http.post(path, body, "Content-Type", type);
    assertThat(answer.status()).as(answer.text()).isEqualTo(status);
    assertThat(answer.text()).as(answer.text()).contains(words);
    nothingHappened();
  }

  private void nothingHappened() {
    assertThat(objects()).isEmpty();
    simulator.clock().settle();
    assertThat(receiver.received()).isEmpty();
  }

  @Test
  void aUrlThatLeadsToTheSimulatorItselfIsRefused() {
    for (String host : List.of("127.0.0.1", "localhost", "127.0.0.2")) {
      String url = "http://" + host + ":" + simulator.port() + "/_simulator/api/world";
      Http.Answer answer =
          http.post(
              "/api/store/S3?key=" + KEY,
              "url=" + url,
              "Content-Type",
              "application/x-www-form-urlencoded");
      assertThat(answer.status()).as(url).isEqualTo(400);
    }
    nothingHappened();
  }

  @Test
  void redirectsAreFollowedAsFarAsTheyMay() {
    try (HttpServer site =
        site(
            request ->
                switch (request.rawPath()) {
                  case "/meta" -> Response.redirect("http://169.254.169.254/latest/meta-data");
                  case "/loop" -> Response.redirect("/loop");
                  case "/once" -> Response.redirect("/there.txt");
                  case "/there.txt" -> Response.text(200, "there");
                  default -> Response.of(404);
                })) {
      for (String path : List.of("/meta", "/loop", "/none")) {
        Http.Answer answer = storeUrl(site.url() + path);
        assertThat(answer.status()).as(path).isEqualTo(400);
        assertThat(answer.text()).contains("The URL could not be fetched");
      }
      nothingHappened();
      assertThat(storeUrl(site.url() + "/once").json().string("filename")).isEqualTo("there.txt");
      http.control("PUT", "options", "{\"fetch.maxRedirects\":0}");
      assertThat(storeUrl(site.url() + "/once").status()).isEqualTo(400);
      http.control("PUT", "options", "{\"fetch.maxRedirects\":5,\"fetch.allow\":[]}");
      assertThat(storeUrl(site.url() + "/once").text()).contains("not a public address");
    }
  }

  private Http.Answer storeUrl(String url) {
    return http.post(
        "/api/store/S3?key=" + KEY,
        "url=" + url,
        "Content-Type",
        "application/x-www-form-urlencoded");
  }

  @Test
  void aUrlThatDoesNotEndInTimeIsRefused() {
    http.control("PUT", "options", "{\"fetch.timeout\":\"PT0.3S\"}");
    java.util.concurrent.CountDownLatch waiting = new java.util.concurrent.CountDownLatch(1);
    try (HttpServer site =
        site(
            request -> {
              try {
                waiting.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              return Response.text(200, "late");
            })) {
      Http.Answer answer = storeUrl(site.url() + "/x");
      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.text()).contains("in time");
      waiting.countDown();
    }
    nothingHappened();
  }

  @Test
  @DisplayName("names with folders in them name the file alone; a giant field is refused")
  void namesAndFields() {
    JsonObject climbing =
        http.post(
                "/api/store/S3?key=" + KEY,
                "--b\r\nContent-Disposition: form-data; name=\"fileUpload\";"
                    + " filename=\"../../etc/passwd\"\r\n\r\nx\r\n--b--",
                "Content-Type",
                "multipart/form-data; boundary=b")
            .json();
    assertThat(climbing.string("filename")).isEqualTo("passwd");
    assertThat(climbing.string("key")).matches("[A-Za-z0-9]{20}_passwd");
    char[] giant = new char[200_000];
    Arrays.fill(giant, 'x');
    Http.Answer refused =
        http.post(
            "/api/store/S3?key=" + KEY,
            "--b\r\nContent-Disposition: form-data; name=\"mimetype\"\r\n\r\n"
                + new String(giant)
                + "\r\n--b--",
            "Content-Type",
            "multipart/form-data; boundary=b");
    assertThat(refused.status()).isEqualTo(413);
    assertThat(objects()).hasSize(1);
  }

  @Test
  @DisplayName("12.40 a name that isn't ASCII, everywhere")
  void unicodeNames() {
    String handle = storeText("z%C3%BCrich%20%F0%9F%8F%94.txt", "x");
    Http.Answer answer = http.get("/api/file/" + handle);
    assertThat(answer.header("X-File-Name")).isEqualTo("z%C3%BCrich%20%F0%9F%8F%94.txt");
    assertThat(answer.header("Content-Disposition"))
        .contains("filename*=UTF-8''z%C3%BCrich%20%F0%9F%8F%94.txt");
    assertThat(objects().get(0).get("key").toString()).endsWith("_zürich 🏔.txt");
    String secret = app.webhooks().all().get(0).secret();
    simulator.clock().settle();
    assertThat(receiver.received().get(0).text()).contains("zürich 🏔.txt");
    assertThat(receiver.received().get(0).isSignedWith(secret)).isTrue();
  }

  // --- 4.4: store by URL through the processing host

  @Test
  @DisplayName("12.30 store tasks in one call are merged; mimetype is refused; tags are echoed")
  void processStore() {
    try (HttpServer site = site(request -> Response.text(200, "hello"))) {
      String source = site.url() + "/a,b/c.txt?x=1";
      JsonObject stored =
          process(
                  "{\"apikey\":\"%s\",\"sources\":[\"%s\"],\"tasks\":["
                      + "{\"name\":\"store\",\"params\":{\"container\":\"bk\",\"location\":\"S3\"}},"
                      + "{\"name\":\"store\",\"params\":{\"path\":\"in/\"}}],"
                      + "\"upload_tags\":{\"a\":\"b\"}}",
                  source)
              .json();
      assertThat(stored.string("container")).isEqualTo("bk");
      assertThat(stored.string("key")).startsWith("in/");
      assertThat(stored.string("filename")).isEqualTo("c.txt");
      assertThat(stored.object("upload_tags").string("a")).isEqualTo("b");
      assertThat(http.get("/" + stored.string("handle")).text()).isEqualTo("hello");
      assertThat(text(events("fp.upload").get(0)).object("upload_tags").string("a")).isEqualTo("b");
      Http.Answer refused =
          process(
              "{\"apikey\":\"%s\",\"sources\":[\"%s\"],\"tasks\":["
                  + "{\"name\":\"store\",\"params\":{\"mimetype\":\"image/png\"}}]}",
              source);
      assertThat(refused.status()).isEqualTo(400);
      assertThat(refused.text()).isEqualTo("invalid parameter `mimetype` for `store` task\n");
      for (String url :
          List.of(
              "/"
                  + KEY
                  + "/store=filename:x.jpg,path:%22p/q/%22/%22"
                  + source.replace("?", "%3F")
                  + "%22",
              "/" + KEY + "/store=filename:x.jpg/" + site.url() + "/c.txt?x=1")) {
        JsonObject byUrl = http.get(url).json();
        assertThat(byUrl.string("filename")).isEqualTo("x.jpg");
        assertThat(byUrl.longValue("size")).isEqualTo(5);
      }
      assertThat(http.post("/" + KEY + "/store/" + site.url() + "/y.txt", "").json().keys())
          .contains("handle", "container", "filename", "key", "size", "type", "url");
    }
  }

  private Http.Answer process(String json, String source) {
    return http.post("/process", json.formatted(KEY, source), "Content-Type", "application/json");
  }

  @Test
  @DisplayName("12.38 a key that is unknown, on each host")
  void invalidApplication() {
    String unknown = "AUnknownKey000000000Az";
    String handle = storeText("n.txt", "x");
    assertThat(http.get("/api/file/" + handle + "?key=" + unknown).text())
        .isEqualTo("Invalid Application");
    assertThat(http.get("/" + unknown + "/resize=width:10/" + handle).text())
        .isEqualTo("storage provider error: Invalid Application (idx 0)\n");
    Http.Answer upload = http.post("/multipart/start", "{\"apikey\":\"" + unknown + "\"}");
    assertThat(upload.status()).isEqualTo(403);
    assertThat(upload.json().string("error")).isEqualTo("Invalid Application");
    assertThat(upload.json().keys()).containsExactly("error", "c", "i", "t");
    assertThat(http.post("/folder/list", "{\"apikey\":\"x\"}").status()).isEqualTo(404);
    http.control("PUT", "options", "{\"store.invalidAppStatus\":\"200\"}");
    Http.Answer store = http.post("/api/store/S3", "x");
    assertThat(store.status()).isEqualTo(200);
    assertThat(store.text()).isEqualTo("Invalid Application");
  }

  @ParameterizedTest
  @ValueSource(strings = {"aaaaaaaaaaaaaaaaaaa", "aaaaaaaaaaaaaaaaaaaaa", "aaaaaaaaaaaaaaaaaaaa"})
  @DisplayName("12.39 handles that there are none of")
  void noSuchHandle(String handle) {
    Http.Answer api = http.get("/api/file/" + handle);
    assertThat(api.status()).isEqualTo(404);
    assertThat(api.text()).matches("\\[uuid=[0-9A-F]{16}] File not found");
    Http.Answer cdn = http.get("/" + handle);
    assertThat(cdn.status()).isEqualTo(404);
    assertThat(cdn.text()).isEqualTo("file not found\n");
  }

  @Test
  @DisplayName("12.36 rate limits are told of by Filestack's own fields")
  void rateLimits() {
    String handle = storeText("n.txt", "x");
    http.control("POST", "faults", "{\"on\":\"file.read\",\"effect\":{\"status\":429}}");
    Http.Answer api = http.get("/api/file/" + handle);
    assertThat(api.status()).isEqualTo(429);
    assertThat(api.header("Filestack-Reset")).isEqualTo("1444257666");
    assertThat(api.header("Retry-After")).isEmpty();
    http.control("POST", "faults", "{\"on\":\"upload.start\",\"effect\":{\"status\":429}}");
    Http.Answer upload = http.post("/multipart/start", "{}");
    assertThat(upload.status()).isEqualTo(503);
    assertThat(upload.header("Filestack-Remaining")).isEqualTo("0");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/multipart/start",
        "/multipart/complete",
        "/sim-uploads/K/x",
        "/api/store/S3",
        "/api/file/aaaaaaaaaaaaaaaaaaaa",
        "/process",
        "/folder/list"
      })
  @DisplayName("12.37 browsers may ask before they call")
  void preflight(String path) {
    Http.Answer answer =
        http.call(
            "OPTIONS",
            path,
            BodyPublishers.noBody(),
            "Origin",
            "https://app.example",
            "Access-Control-Request-Headers",
            "filestack-source,filestack-trace-id,filestack-upload-region");
    assertThat(answer.status()).isEqualTo(204);
    assertThat(answer.header("Access-Control-Allow-Origin")).isEqualTo("https://app.example");
    assertThat(answer.header("Access-Control-Allow-Headers")).contains("filestack-upload-region");
    assertThat(answer.header("Access-Control-Allow-Methods")).contains("PUT", "DELETE");
    assertThat(answer.header("Access-Control-Expose-Headers")).contains("ETag");
  }

  // --- 6: security

  @Test
  @DisplayName("12.11 vector 1 of section 6.2, a changed byte, and the end of its time")
  void policyVectors() {
    String secret = "SIMAPPSECRET0123456789AB";
    http.control("PUT", "apps/" + KEY, "{\"security\":true,\"secret\":\"" + secret + "\"}");
    String expiring = "eyJleHBpcnkiOjE4OTM0NTYwMDB9";
    String signature = "cbcbe512ee23dd5ea2d29ab606960e2079681ab310a53b17233508f3a46aed06";
    String handle =
        handle(
            http.post(
                "/api/store/S3?key=" + KEY + "&policy=" + expiring + "&signature=" + signature,
                "x"));
    String query = "?policy=" + expiring + "&signature=";
    assertThat(http.get("/api/file/" + handle + query + signature).status()).isEqualTo(200);
    assertThat(http.get("/" + handle + query + signature).status()).isEqualTo(200);
    assertThat(http.get("/security=p:" + expiring + ",s:" + signature + "/" + handle).status())
        .isEqualTo(200);
    assertThat(
            http.get("/security=signature:" + signature + ",policy:" + expiring + "/" + handle)
                .status())
        .isEqualTo(200);
    String changed = signature.replaceFirst("c", "d");
    Http.Answer wrong = http.get("/api/file/" + handle + query + changed);
    assertThat(wrong.status()).isEqualTo(403);
    assertThat(wrong.text()).endsWith("Error: The signature is invalid");
    // 12.11: the handle of vector 1 is another one.
    String first =
        "?policy=eyJleHBpcnkiOjE4OTM0NTYwMDAsImNhbGwiOlsicmVhZCIsImNvbnZlcnQiXSwiaGFuZGxlIjoic3RvU2lt"
            + "SGFuZGxlMDAwMDAwMDEifQ==&signature="
            + "8f1d11d79db787f75e37bf42efda3d16e4ebf22c60c16d99047a1003c6286d17";
    assertThat(http.get("/api/file/" + handle + first).text())
        .endsWith("Error: This handle is not allowed by the policy");
    simulator.clock().advance(Duration.ofSeconds(1893456000L - 1444257665L));
    Http.Answer expired = http.get("/api/file/" + handle + query + signature);
    assertThat(expired.status()).isEqualTo(403);
    assertThat(expired.text()).endsWith("Error: The signature has expired");
    Http.Answer cdn = http.get("/" + handle + query + signature);
    assertThat(cdn.status()).isEqualTo(403);
    assertThat(cdn.text())
        .isEqualTo("application " + KEY + " policy error: The signature has expired\n");
    assertThat(http.get("/" + handle).text())
        .isEqualTo(
            "application "
                + KEY
                + " policy error: proper credentials were not provided: (signature: \"\"; policy"
                + " \"\")\n");
  }

  @Test
  @DisplayName("12.12 both alphabets of Base64; a strict world takes one; padding is required")
  void alphabets() {
    String secret = "SIMAPPSECRET0123456789AB";
    http.control("PUT", "apps/" + KEY, "{\"security\":true,\"secret\":\"" + secret + "\"}");
    String standard =
        "eyJleHBpcnkiOjE4OTM0NTYwMDAsImNhbGwiOlsicGljayIsInN0b3JlIl0sInBhdGgiOiIvw7xwbG9hZHMvPj4/LioifQ==";
    String urlSafe = standard.replace('/', '_');
    String standardSigned =
        "&signature=4989e955f326a692f6589386772cd32fdab7c2a9da5f8f96dc8b959f8c1b34bc";
    String urlSafeSigned =
        "&signature=1147cefbd19bf075ea2f1b57aa8f862825a2997e0a1a09b69d7a2b2de41e9f48";
    String store = "/api/store/S3?key=" + KEY + "&path=%2F%C3%BCploads%2F%3E%3E%2Fa.txt&policy=";
    assertThat(http.post(store + standard + standardSigned, "x").status()).isEqualTo(200);
    assertThat(http.post(store + urlSafe + urlSafeSigned, "x").status()).isEqualTo(200);
    http.control("PUT", "options", "{\"policy.strictBase64Url\":true}");
    Http.Answer strict = http.post(store + standard + standardSigned, "x");
    assertThat(strict.status()).isEqualTo(403);
    assertThat(strict.text()).isEqualTo("policy was not properly url-safe base64 encoded");
    assertThat(http.post(store + urlSafe + urlSafeSigned, "x").status()).isEqualTo(200);
    String unpadded = urlSafe.replace("=", "");
    assertThat(http.post(store + unpadded + urlSafeSigned, "x").text())
        .isEqualTo("policy was not properly url-safe base64 encoded");
  }

  @Test
  @DisplayName("12.13 a call without convert reads, and doesn't convert")
  void calls() {
    DriveAccount alice = simulator.account("alice@example.com");
    String handle = app.pick(alice, "/Pictures/logo.png").filesUploaded().get(0).handle();
    app.secure(true);
    FilestackApp.SignedPolicy read = app.sign("{\"expiry\":" + FAR + ",\"call\":\"read\"}");
    String task = "/security=policy:" + read.policy() + ",signature:" + read.signature();
    assertThat(http.get(task + "/" + handle).status()).isEqualTo(200);
    assertThat(http.get(task + "/resize=width:10/" + handle).status()).isEqualTo(403);
    FilestackApp.SignedPolicy convert = app.sign("{\"expiry\":" + FAR + ",\"call\":[\"convert\"]}");
    String chain =
        "/resize=width:10/security=p:" + convert.policy() + ",s:" + convert.signature() + "/";
    assertThat(http.get(chain + handle).status()).isEqualTo(200);
    assertThat(http.get("/api/file/" + handle + "/convert?w=10&" + policy("\"read\"")).status())
        .isEqualTo(403);
  }

  @ParameterizedTest
  @DisplayName("what a policy doesn't allow: in the vendor's words, and without a trace")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '!',
      textBlock =
          """
          {"expiry":4102444800,"call":"pick"} | | This call is not allowed by the policy
          {"expiry":4102444800,"path":"/mine/.*"} | &path=/yours/a.txt | This path is not allowed by the policy
          {"expiry":4102444800,"path":"/mine"} | &path=/mine/a.txt | This path is not allowed by the policy
          {"expiry":4102444800,"path":"(a+)+b"} | &path=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaac | This path is not allowed by the policy
          {"expiry":4102444800,"container":"my-.*"} | &container=other | This container is not allowed by the policy
          {"expiry":4102444800,"maxSize":3} | | The size is not allowed by the policy
          {"expiry":4102444800,"minSize":30} | | The size is not allowed by the policy
          {"expiry":1444257665} | | The signature has expired
          {"call":"pick"} | | The policy is not valid JSON
          no policy | | The policy is not valid JSON
          """)
  void refusedByPolicy(String json, String parameters, String words) {
    app.secure(true);
    Http.Answer answer =
        http.post(
            "/api/store/S3?key="
                + KEY
                + (parameters == null ? "" : parameters)
                + "&"
                + signed(json),
            "hello");
    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.text()).endsWith("Error: " + words);
    nothingHappened();
  }

  @Test
  void aPolicyCanLimitWhatIsProcessed() {
    try (HttpServer site = site(request -> Response.text(200, "hello"))) {
      app.secure(true);
      FilestackApp.SignedPolicy limited =
          app.sign("{\"expiry\":" + FAR + ",\"url\":\"https://example\\\\.com/.*\"}");
      Http.Answer answer =
          http.get(
              "/"
                  + KEY
                  + "/security=p:"
                  + limited.policy()
                  + ",s:"
                  + limited.signature()
                  + "/store/"
                  + site.url());
      assertThat(answer.status()).isEqualTo(403);
      assertThat(answer.text()).contains("This URL is not allowed");
      nothingHappened();
    }
  }

  @Test
  @DisplayName("every call of a secured application needs its policy; a foreign one doesn't do")
  void securedApplication() {
    String handle = storeText("n.txt", "x");
    app.secure(true);
    for (String path :
        List.of(
            "/api/file/" + handle,
            "/api/file/" + handle + "/metadata",
            "/" + handle,
            "/" + handle + "/metadata")) {
      assertThat(http.get(path).status()).as(path).isEqualTo(403);
      assertThat(http.get(path + "?" + policy("\"read\",\"stat\"")).status())
          .as(path)
          .isEqualTo(200);
    }
    assertThat(http.post("/api/store/S3?key=" + KEY, "x").status()).isEqualTo(403);
    Http.Answer cloud = http.post("/folder/list", "{\"apikey\":\"" + KEY + "\",\"clouds\":{}}");
    assertThat(cloud.status()).isEqualTo(401);
    assertThat(cloud.json().string("error")).isEqualTo("Invalid Policy");
    Http.Answer upload = http.post("/multipart/start", "{\"apikey\":\"" + KEY + "\",\"size\":1}");
    assertThat(upload.status()).isEqualTo(403);
    assertThat(upload.json().string("error")).isEqualTo("Invalid App policy");
    JsonObject other = http.control("POST", "apps", "{}").json();
    FilestackApp foreign = simulator.app(other.string("apikey"));
    FilestackApp.SignedPolicy signed = foreign.sign("{\"expiry\":" + FAR + "}");
    assertThat(
            http.get(
                    "/api/file/"
                        + handle
                        + "?policy="
                        + signed.policy()
                        + "&signature="
                        + signed.signature())
                .text())
        .endsWith("The signature is invalid");
    // Picks and exports work as from the application's own page, which signs.
    DriveAccount alice = simulator.account("alice@example.com");
    PickResult picked = app.pick(alice, "/Documents/notes.txt");
    assertThat(picked.filesFailed()).isEmpty();
    assertThat(app.export(alice, handle, "/", "saved.txt").filename()).isEqualTo("saved.txt");
  }

  @Test
  void aCopyNeedsWhatReadingItsSourceNeeds() {
    JsonObject other = http.control("POST", "apps", "{\"security\":true}").json();
    FilestackApp secured = simulator.app(other.string("apikey"));
    FilestackApp.SignedPolicy all = secured.sign("{\"expiry\":" + FAR + "}");
    String credentials = "policy=" + all.policy() + "&signature=" + all.signature();
    String path = "/api/store/S3?key=" + secured.apikey() + "&path=same.txt&" + credentials;
    String handle = handle(http.post(path, "secret"));
    assertThat(http.post("/api/store/S3/" + handle + "?key=" + KEY, "").status()).isEqualTo(403);
    assertThat(http.post("/api/store/S3/" + handle + "?key=zz", "").text())
        .isEqualTo("Invalid Application");
    // The same key of another application is another object.
    http.post("/api/store/S3?key=" + KEY + "&path=same.txt", "overwritten");
    assertThat(http.get("/api/file/" + handle + "?" + credentials).text()).isEqualTo("secret");
    http.control("PUT", "options", "{\"cdn.staleAfterDelete\":true}");
    assertThat(http.get("/" + handle + "?" + credentials).text()).isEqualTo("secret");
    http.delete("/api/file/" + handle + "?" + credentials);
    assertThat(http.get("/" + handle).status()).isEqualTo(403);
    assertThat(http.get("/" + handle + "?" + credentials).text()).isEqualTo("secret");
  }

  @Test
  void nothingIsReadForWhoMayNotWrite() {
    String handle = storeText("n.txt", "hello");
    app.secure(true);
    assertThat(http.post("/api/file/" + handle, "new", "Content-Type", "text/plain").status())
        .isEqualTo(403);
    assertThat(http.post("/api/store/S3?key=" + KEY, "new", "Content-Type", "text/plain").status())
        .isEqualTo(403);
    String form = "url=http%3A%2F%2F127.0.0.1%3A1%2F&" + policy("\"pick\",\"store\",\"writeUrl\"");
    Http.Answer inForm =
        http.post(
            "/api/store/S3?key=" + KEY, form, "Content-Type", "application/x-www-form-urlencoded");
    assertThat(inForm.text()).contains("could not be fetched");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          attachment; filename="C:\\dir\\x.txt" | x.txt
          form-data; filename="a%22b.txt" | a"b.txt
          form-data; flag; filename="c.txt" | c.txt
          form-data; filename="d;e.txt" | d;e.txt
          """)
  void namesOfPartsAsBrowsersWriteThem(String disposition, String name) {
    String body =
        "--b\r\nContent-Disposition: "
            + disposition
                .replace("attachment", "form-data")
                .replace("; f", "; name=\"fileUpload\"; f")
            + "\r\nContent-Type:\r\n\r\nx\r\n--b--";
    Http.Answer answer =
        http.post(
            "/api/store/S3?key=" + KEY, body, "Content-Type", "multipart/form-data; boundary=b");
    assertThat(answer.json().string("filename")).isEqualTo(name);
    assertThat(answer.json().string("type")).isEqualTo("text/plain");
  }

  @Test
  void mediaTypesAreChecked() {
    for (String type : List.of("%00a", "text/html%0D%0AX-Evil:%201", "no")) {
      Http.Answer answer = http.post("/api/store/S3?key=" + KEY + "&mimetype=" + type, "x");
      assertThat(answer.status()).as(type).isEqualTo(400);
    }
    nothingHappened();
    String odd = store("x", "nonsense", new byte[] {1});
    assertThat(http.get("/api/file/" + odd).header("Content-Type"))
        .isEqualTo("application/octet-stream");
    assertThat(http.get("/api/file/" + odd + "/metadata?width=true&key=true").json().keys())
        .containsExactlyInAnyOrder("width", "key");
    String broken =
        store("b.png", "image/png", new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10, 0});
    assertThat(http.get("/api/file/" + broken + "/metadata?width=true").text())
        .isEqualTo("{\"width\":null}");
  }

  @Test
  void conditionsOfRequests() {
    String path = "/api/file/" + storeText("n.txt", "0123456789");
    String etag = http.get(path).header("ETag");
    for (String condition : List.of("*", "W/" + etag, "\"x\", " + etag)) {
      assertThat(http.get(path, "If-None-Match", condition).status()).isEqualTo(304);
    }
    assertThat(http.get(path, "Range", "bytes=0-1", "If-Range", etag).text()).isEqualTo("01");
    assertThat(http.get(path, "Range", "bytes=0-1", "If-Range", "\"x\"").text()).hasSize(10);
  }

  @Test
  void wrongPathsGetTheirHostsWords() {
    assertThat(http.post("/api/store/", "x").text()).contains("[uuid=").contains("File not found");
    assertThat(http.post("/multipart/nothing", "{}").json().keys()).contains("error", "c");
    String handle = storeText("n.txt", "x");
    assertThat(
            http.call(
                    "GET",
                    "/api/file/" + handle,
                    BodyPublishers.noBody(),
                    "X-Forwarded-Host",
                    "cdn.filestackcontent.com")
                .text())
        .isEqualTo("x");
  }

  @Test
  void headersForOneServerDoNotGoToAnother() {
    List<String> seen = new CopyOnWriteArrayList<>();
    try (HttpServer second =
            site(
                request -> {
                  seen.add("second " + request.headers().get("Authorization").orElse("none"));
                  return Response.text(200, "x");
                });
        HttpServer first =
            site(
                request -> {
                  seen.add("first " + request.headers().get("Authorization").orElse("none"));
                  return Response.redirect(second.url() + "/y");
                })) {
      process(
          "{\"apikey\":\"%s\",\"sources\":[{\"source\":\"%s\",\"headers\":{\"Authorization\":\"Bearer s\","
              + "\"Content-Length\":\"5\"}}],\"tasks\":[{\"name\":\"store\"}]}",
          first.url() + "/x");
      assertThat(seen).containsExactly("first Bearer s", "second none");
    }
  }

  @Test
  void errorsAreJsonWhereTheWorldSaysSo() {
    String handle = storeText("n.txt", "x");
    http.control(
        "PUT",
        "options",
        "{\"api.errorFormat\":\"json\",\"process.errorFormat\":\"json\",\"upload.errorFormat\":\"2021\"}");
    assertThat(http.delete("/api/file/" + handle).text())
        .isEqualTo("{\"result\":\"error\",\"error\":{\"code\":403,\"msg\":\"Policy required\"}}");
    assertThat(http.get("/resize=heigt:1/" + handle).text())
        .isEqualTo("{\"error\":\"invalid parameter `heigt` for `resize` task\"}");
    assertThat(http.post("/multipart/start", "{\"apikey\":\"" + KEY + "\"}").text())
        .isEqualTo("{\"error\":\"invalid params: size\",\"timestamp\":1444257665}");
  }

  @Test
  @DisplayName("two runs of the same calls give the same world, byte for byte")
  void determinism() {
    byte[][] exports = new byte[2][];
    for (int i = 0; i < 2; i++) {
      http.control("POST", "reset", "");
      storeText("n.txt", "hello");
      app.pick(simulator.account("alice@example.com"), "/Pictures/beach.jpg");
      http.post("/api/store/azure?key=" + KEY, "hello");
      http.post("/multipart/start", "{\"apikey\":\"" + KEY + "\",\"size\":5,\"filename\":\"a\"}");
      simulator.clock().advance(Duration.ofMinutes(10));
      exports[i] = http.get("/_simulator/api/world").body();
    }
    assertThat(exports[0]).isEqualTo(exports[1]);
  }
}
