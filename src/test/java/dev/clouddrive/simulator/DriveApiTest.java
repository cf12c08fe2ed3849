package dev.clouddrive.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clouddrive.simulator.internal.http.Parameters;
import dev.clouddrive.simulator.internal.json.Json;
import dev.clouddrive.simulator.internal.json.JsonObject;
import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The Drive REST API over real HTTP, in the words of amazon-cloud-drive.md 3 and 4. */
final class DriveApiTest {
  private static final String BOUNDARY = "bOuNd";
  private static final String MULTIPART = "multipart/form-data; boundary=" + BOUNDARY;

  private CloudDriveSimulator simulator;
  private Http http;
  private String bearer;
  private String root;

  @BeforeEach
  void start() {
    simulator = CloudDriveSimulator.builder().frozenAt("2015-10-07T22:41:05Z").start();
    http = new Http(simulator.baseUrl());
    bearer = bearer("clouddrive:read_all clouddrive:write");
    root = data(list("isRoot:true")).get(0).string("id");
  }

  @AfterEach
  void stop() {
    simulator.close();
  }

  private String bearer(String scope) {
    return "Bearer "
        + http.control(
                "POST", "accounts/alice@example.com/tokens", Json.text(Json.object("scope", scope)))
            .json()
            .string("access_token");
  }

  private Http.Answer get(String path, String... more) {
    String[] headers = new String[more.length + 2];
    headers[0] = "Authorization";
    headers[1] = bearer;
    System.arraycopy(more, 0, headers, 2, more.length);
    return http.get(path, headers);
  }

  private Http.Answer list(String filters, String... more) {
    String query = Parameters.encode("filters", filters);
    return get(
        "/drive/v1/nodes?" + query + (more.length == 0 ? "" : "&" + Parameters.encode(more)));
  }

  private static List<JsonObject> data(Http.Answer answer) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer.json().objects("data");
  }

  private static List<String> names(Http.Answer answer) {
    return data(answer).stream().map(node -> node.string("name")).toList();
  }

  private Http.Answer folder(String name, String... parents) {
    return http.post(
        "/drive/v1/nodes",
        Json.text(Json.object("name", name, "kind", "FOLDER", "parents", List.of(parents))),
        "Authorization",
        bearer);
  }

  private Http.Answer upload(String query, String metadata, String content) {
    String body =
        "--bOuNd\r\nContent-Disposition: form-data; name=\"metadata\"\r\n\r\n"
            + metadata
            + "\r\n--bOuNd\r\nContent-Disposition: form-data; name=\"content\"; filename=\"foo\"\r\n"
            + "Content-Type: application/octet-stream\r\n\r\n"
            + content
            + "\r\n--bOuNd--\r\nmultipart/form-data; boundary=bOuNd";
    return http.post(
        "/cdproxy/nodes" + query, body, "Authorization", bearer, "Content-Type", MULTIPART);
  }

  private static String metadata(String name) {
    return Json.text(Json.object("name", name, "kind", "FILE"));
  }

  @Test
  void theEndpointGivesTwoUrlsThatEndInASlash() {
    JsonObject json = get("/drive/v1/account/endpoint").json();
    assertThat(json.string("metadataUrl")).isEqualTo(simulator.baseUrl() + "/drive/v1/");
    assertThat(json.string("contentUrl")).isEqualTo(simulator.baseUrl() + "/cdproxy/");
  }

  @Test
  void theRootHasNoNameAndNoParents() {
    JsonObject node = data(list("kind:FOLDER AND isRoot:true")).get(0);
    assertThat(node.keys()).doesNotContain("name");
    assertThat(node.strings("parents")).isEmpty();
    assertThat(node.optionalBoolean("isRoot")).contains(true);
  }

  @Test
  void childrenAreListedQuotedAndUnquoted() {
    List<String> folders = List.of("Archives", "Documents", "Music", "Pictures", "Videos");
    assertThat(names(list("parents:" + root))).isEqualTo(folders);
    assertThat(names(list("parents:\"" + root + "\""))).isEqualTo(folders);
    assertThat(names(list("kind:FOLDER AND name:Pic* AND parents:" + root)))
        .containsExactly("Pictures");
    assertThat(names(list("kind:FILE AND name:BEACH.jpg"))).containsExactly("beach.jpg");
  }

  @Test
  void anEscapedNameMatchesExactlyThatNameInAnyCase() {
    simulator.account("alice@example.com").put("/a b+c[x].txt", "1");
    simulator.account("alice@example.com").put("/a b+c[y].txt", "2");
    String filter = "parents:\"" + root + "\" AND name:\"A\\ b\\+c\\[x\\].txt\"";
    assertThat(names(list(filter))).containsExactly("a b+c[x].txt");
    assertThat(names(list("parents:" + root + " AND name:a\\ b\\+c\\[x\\].txt")))
        .containsExactly("a b+c[x].txt");
  }

  @Test
  void whatIsNoFilterIsRefused() {
    for (String filter :
        List.of(
            "kind:(FILE OR FOLDER)",
            "nonsense",
            "name:",
            "name:\"open",
            "color:red",
            "(kind:FILE OR kind:FOLDER)")) {
      assertThat(list(filter).status()).as(filter).isEqualTo(400);
    }
  }

  @Test
  void pagesFollowEachOther() {
    for (int i = 0; i < 5; i++) {
      simulator.account("alice@example.com").put("/many/f" + i, "" + i);
    }
    String folder = data(list("name:many")).get(0).string("id");
    List<String> all = new ArrayList<>();
    String token = "";
    for (int page = 0; page < 3; page++) {
      Http.Answer answer = list("parents:" + folder, "limit", "2", "startToken", token);
      assertThat(answer.json().longValue("count")).isEqualTo(5);
      all.addAll(names(answer));
      token = answer.json().optionalString("nextToken").orElse("");
    }
    assertThat(token).isEmpty();
    assertThat(all).containsExactly("f0", "f1", "f2", "f3", "f4");
  }

  @Test
  void aTokenOfAPageExpiresAfterTenMinutes() {
    String token = list("parents:" + root, "limit", "2").json().string("nextToken");
    simulator.clock().advance(java.time.Duration.ofMinutes(10));
    assertThat(list("parents:" + root, "startToken", token).status()).isEqualTo(200);
    simulator.clock().advance(java.time.Duration.ofSeconds(1));
    Http.Answer late = list("parents:" + root, "startToken", token);
    assertThat(late.status()).isEqualTo(400);
    assertThat(late.json().string("message")).isEqualTo("Next token is expired");
    assertThat(list("parents:" + root, "startToken", "?!").status()).isEqualTo(400);
    assertThat(list("parents:" + root, "limit", "201").status()).isEqualTo(400);
  }

  @Test
  void anUploadGivesTheWholeNode() {
    Http.Answer answer = upload("?suppress=deduplication", metadata("n.txt"), "hello");
    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    JsonObject content = answer.json().object("contentProperties");
    assertThat(content.string("md5")).isEqualTo("5d41402abc4b2a76b9719d911017c592");
    assertThat(content.longValue("size")).isEqualTo(5);
    assertThat(content.string("extension")).isEqualTo("txt");
    assertThat(content.string("contentType")).isEqualTo("text/plain");
    assertThat(answer.json().strings("parents")).containsExactly(root);
    assertThat(answer.json().string("createdBy")).isEqualTo("Simulated App");
    assertThat(answer.header("ETag")).isEqualTo("\"" + answer.json().string("eTagResponse") + "\"");
  }

  @Test
  void anEmptyFileIsAFile() {
    Http.Answer answer = upload("?suppress=deduplication", metadata("empty"), "");
    assertThat(answer.json().object("contentProperties").string("md5"))
        .isEqualTo("d41d8cd98f00b204e9800998ecf8427e");
    String id = answer.json().string("id");
    assertThat(get("/cdproxy/nodes/" + id + "/content").status()).isEqualTo(200);
    assertThat(get("/cdproxy/nodes/" + id + "/content", "Range", "bytes=0-0").status())
        .isEqualTo(416);
  }

  @Test
  void aNameThatIsTakenInAnotherCaseIsAConflict() {
    String existing = folder("Docs").json().string("id");
    Http.Answer clash = folder("dOCS");
    assertThat(clash.status()).isEqualTo(409);
    assertThat(clash.json().string("code")).isEqualTo("NAME_ALREADY_EXISTS");
    assertThat(clash.json().object("info").string("nodeId")).isEqualTo(existing);
    assertThat(clash.json().string("message"))
        .isEqualTo(
            "Node with the name docs already exists under parentId "
                + root
                + " conflicting NodeId: "
                + existing);
    assertThat(upload("?suppress=deduplication", metadata("DOCS"), "x").status()).isEqualTo(409);
  }

  @Test
  void theSameBytesAreADuplicateUnlessSuppressed() {
    String first = upload("", metadata("a.txt"), "same").json().string("id");
    Http.Answer second = upload("", metadata("b.txt"), "same");
    assertThat(second.status()).isEqualTo(409);
    assertThat(second.json().string("code")).isEqualTo("MD5_DUPLICATE");
    assertThat(second.json().object("info").string("nodeId")).isEqualTo(first);
    assertThat(upload("?suppress=deduplication", metadata("b.txt"), "same").status())
        .isEqualTo(201);
  }

  @Test
  void anOverwriteKeepsIdAndName() {
    JsonObject before = upload("", metadata("a.txt"), "old").json();
    String body =
        "--bOuNd\r\nContent-Disposition: form-data; name=\"content\"; filename=\"foo\"\r\n\r\nnew\r\n"
            + "--bOuNd--";
    Http.Answer after =
        http.put(
            "/cdproxy/nodes/" + before.string("id") + "/content",
            body,
            "Authorization",
            bearer,
            "Content-Type",
            MULTIPART);
    assertThat(after.status()).as(after.text()).isEqualTo(200);
    assertThat(after.json().string("id")).isEqualTo(before.string("id"));
    assertThat(after.json().string("name")).isEqualTo("a.txt");
    assertThat(after.json().object("contentProperties").longValue("version")).isEqualTo(2);
    assertThat(after.json().longValue("version")).isEqualTo(before.longValue("version") + 1);
    assertThat(after.json().string("eTagResponse")).isNotEqualTo(before.string("eTagResponse"));
  }

  @Test
  void aDownloadIsWholeOrTheRangeThatWasAskedFor() {
    String id = upload("", metadata("a.txt"), "0123456789").json().string("id");
    Http.Answer whole = get("/cdproxy/nodes/" + id + "/content");
    assertThat(whole.status()).isEqualTo(200);
    assertThat(whole.text()).isEqualTo("0123456789");
    Http.Answer part = get("/cdproxy//nodes/" + id + "/content", "Range", "bytes=0-9");
    assertThat(part.status()).isEqualTo(206);
    assertThat(part.header("Content-Range")).isEqualTo("bytes 0-9/10");
    assertThat(get("/cdproxy/nodes/" + id + "/content", "Range", "bytes=2-4").text())
        .isEqualTo("234");
    assertThat(get("/cdproxy/nodes/" + id + "/content", "Range", "bytes=10-").status())
        .isEqualTo(416);
  }

  @Test
  void aLargeFileGivesTheRightRange() {
    byte[] content = new byte[300_000];
    for (int i = 0; i < content.length; i++) {
      content[i] = (byte) (i * 31 + (i >> 8));
    }
    simulator.account("alice@example.com").put("/large.bin", content);
    String id = data(list("name:large.bin")).get(0).string("id");
    byte[] part = get("/cdproxy/nodes/" + id + "/content", "Range", "bytes=100001-250000").body();
    assertThat(part).isEqualTo(java.util.Arrays.copyOfRange(content, 100_001, 250_001));
  }

  @Test
  void unknownThingsGetTheVendorsErrors() {
    assertThat(get("/drive/v1/nodes/nope").status()).isEqualTo(404);
    Http.Answer noParent = folder("x", "nope");
    assertThat(noParent.status()).isEqualTo(400);
    assertThat(noParent.json().string("message")).isEqualTo("One of the parentId doesn't exists");
    Http.Answer noRoute = get("/drive/v1/nothing/here");
    assertThat(noRoute.status()).isEqualTo(404);
    assertThat(noRoute.text()).isEqualTo("<UnknownOperationException/>");
    Http.Answer purge =
        http.call(
            "DELETE",
            "/drive/v1/nodes/" + root,
            HttpRequest.BodyPublishers.noBody(),
            "Authorization",
            bearer);
    assertThat(purge.status()).isEqualTo(403);
    assertThat(purge.json().string("message"))
        .isEqualTo("Insufficient permissions granted for operation: purgeNode");
  }

  @Test
  void tokensAreChecked() {
    assertThat(http.get("/drive/v1/nodes").status()).isEqualTo(401);
    assertThat(http.get("/drive/v1/nodes", "Authorization", "Basic x").status()).isEqualTo(401);
    Http.Answer malformed = http.get("/drive/v1/nodes", "Authorization", "Bearer nonsense");
    assertThat(malformed.status()).isEqualTo(403);
    assertThat(malformed.text()).contains("Authorization header requires 'Credential'");
    simulator.clock().advance(java.time.Duration.ofHours(1));
    Http.Answer expired = get("/drive/v1/nodes");
    assertThat(expired.status()).isEqualTo(401);
    assertThat(expired.text()).isEqualTo("{\"message\":\"Token has expired\"}");
  }

  @Test
  void aScopeForPicturesListsAllAndReadsPictures() {
    String picture = data(list("name:beach.jpg")).get(0).string("id");
    String text = data(list("name:notes.txt")).get(0).string("id");
    bearer = bearer("clouddrive:read_image");
    assertThat(names(list("parents:" + root))).hasSize(5);
    assertThat(get("/cdproxy/nodes/" + picture + "/content").status()).isEqualTo(200);
    assertThat(get("/cdproxy/nodes/" + text + "/content").status()).isEqualTo(403);
    assertThat(folder("x").status()).isEqualTo(403);
  }

  @Test
  void limitsAreKept() {
    assertThat(folder("n".repeat(256)).status()).isEqualTo(201);
    assertThat(folder("n".repeat(257)).status()).isEqualTo(400);
    assertThat(folder("a/b").status()).isEqualTo(400);
    assertThat(folder("").status()).isEqualTo(400);
    http.control("POST", "accounts", "{\"email\":\"small@example.com\",\"quotaBytes\":4}");
    bearer =
        "Bearer "
            + http.control("POST", "accounts/small@example.com/tokens", "{}")
                .json()
                .string("access_token");
    assertThat(upload("", metadata("a"), "12345").status()).isEqualTo(403);
    assertThat(upload("", metadata("a"), "1234").status()).isEqualTo(201);
  }

  @Test
  void brokenBodiesGetAnErrorAndLeaveNothing() {
    assertThat(http.post("/drive/v1/nodes", "{", "Authorization", bearer).status()).isEqualTo(400);
    assertThat(http.post("/drive/v1/nodes", "{\"name\":7}", "Authorization", bearer).status())
        .isEqualTo(400);
    Http.Answer half =
        http.post(
            "/cdproxy/nodes",
            "--bOuNd\r\nContent-Disposition: form-data; name=\"metadata\"\r\n\r\n"
                + metadata("half.txt")
                + "\r\n--bOuNd\r\nContent-Disposition: form-data; name=\"content\"\r\n\r\nhal",
            "Authorization",
            bearer,
            "Content-Type",
            MULTIPART);
    assertThat(half.status()).isEqualTo(400);
    assertThat(half.json().string("message")).isEqualTo("Cannot read from request.");
    assertThat(data(list("name:half.txt"))).isEmpty();
    assertThat(
            http.post("/cdproxy/nodes", "x", "Authorization", bearer, "Content-Type", "text/plain")
                .status())
        .isEqualTo(400);
  }

  @Test
  void theTokenEndpointTakesBothAuthentications() {
    String refresh =
        http.control("POST", "accounts/alice@example.com/tokens", "{}")
            .json()
            .string("refresh_token");
    String form = Parameters.encode("grant_type", "refresh_token", "refresh_token", refresh);
    String basic =
        "Basic "
            + Base64.getEncoder()
                .encodeToString(
                    "amzn1.application-oa2-client.simulator:simulator-secret".getBytes());
    assertThat(http.post("/auth/o2/token", form, "Authorization", basic).status()).isEqualTo(200);
    Http.Answer inBody =
        http.post(
            "/auth/o2/token",
            form
                + "&client_id=amzn1.application-oa2-client.simulator"
                + "&client_secret=simulator-secret&redirect_uri=x");
    assertThat(inBody.status()).isEqualTo(200);
    assertThat(inBody.json().string("refresh_token")).isEqualTo(refresh);
    assertThat(inBody.header("Cache-Control")).contains("no-store");
    Http.Answer wrong =
        http.post(
            "/auth/o2/token",
            form + "&client_id=amzn1.application-oa2-client.simulator&client_secret=x");
    assertThat(wrong.status()).isEqualTo(401);
    assertThat(wrong.json().string("error")).isEqualTo("invalid_client");
    assertThat(http.post("/auth/o2/token", "").json().string("error")).isEqualTo("invalid_request");
    assertThat(http.get("/auth/o2/token").status()).isEqualTo(405);
  }
}
