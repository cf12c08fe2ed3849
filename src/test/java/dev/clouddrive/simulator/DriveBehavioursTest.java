package dev.clouddrive.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clouddrive.simulator.internal.http.Parameters;
import dev.clouddrive.simulator.internal.json.Json;
import dev.clouddrive.simulator.internal.json.JsonObject;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * Behaviours of amazon-cloud-drive.md section 7, by their numbers. Those that are not here: 1, 20
 * and 21 are in RcloneIT; 2, 17 and 19 in LoginTest; 3 to 7, 9, 10, 15, 16, 27 and 31 in
 * DriveApiTest; 8, 17 and 18 in login.feature.
 */
final class DriveBehavioursTest {
  private CloudDriveSimulator simulator;
  private Http http;
  private String bearer;
  private String root;

  @BeforeEach
  void start() {
    simulator = CloudDriveSimulator.builder().frozenAt("2015-10-07T22:41:05Z").start();
    http = new Http(simulator.baseUrl());
    bearer =
        "Bearer "
            + http.control("POST", "accounts/bob@example.com/tokens", "{}")
                .json()
                .string("access_token");
    root = list("isRoot:true").get(0).string("id");
  }

  @AfterEach
  void stop() {
    simulator.close();
  }

  private Http.Answer call(String method, String path, Object body) {
    return http.call(
        method,
        "/drive/v1/" + path,
        body == null
            ? HttpRequest.BodyPublishers.noBody()
            : HttpRequest.BodyPublishers.ofByteArray(Json.bytes(body)),
        "Authorization",
        bearer);
  }

  private JsonObject ok(String method, String path, Object body) {
    Http.Answer answer = call(method, path, body);
    assertThat(answer.status()).as(answer.text()).isIn(200, 201);
    return answer.json();
  }

  private List<JsonObject> list(String filters) {
    return ok("GET", "nodes?" + Parameters.encode("filters", filters), null).objects("data");
  }

  private List<String> names(String filters) {
    return list(filters).stream().map(node -> node.string("name")).toList();
  }

  private String folder(String name, String parent) {
    return ok(
            "POST",
            "nodes",
            Json.object("name", name, "kind", "FOLDER", "parents", List.of(parent)))
        .string("id");
  }

  private String file(String path, String text) {
    simulator.account("bob@example.com").put(path, text);
    String name = path.substring(path.lastIndexOf('/') + 1);
    return list("name:\"" + name + "\"").get(0).string("id");
  }

  private List<JsonObject> changes(Object body) {
    Http.Answer answer = call("POST", "changes", body);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer.text().lines().map(Json::parseObject).toList();
  }

  @Test
  @DisplayName("7.11 changes: lines, reset first, end last, nothing after the checkpoint")
  void changesAreLines() {
    file("/a.txt", "a");
    List<JsonObject> first = changes(Map.of());
    assertThat(first.get(first.size() - 1).optionalBoolean("end")).contains(true);
    for (JsonObject line : first.subList(0, first.size() - 1)) {
      assertThat(line.keys()).contains("checkpoint", "reset", "nodes", "statusCode");
    }
    assertThat(first.get(0).optionalBoolean("reset")).contains(true);
    assertThat(first.get(0).objects("nodes"))
        .anyMatch(node -> node.optionalBoolean("isRoot").orElse(false));
    String checkpoint = first.get(first.size() - 2).string("checkpoint");
    List<JsonObject> second = changes(Map.of("checkpoint", checkpoint));
    assertThat(second.get(0).optionalBoolean("reset")).contains(false);
    assertThat(second.get(0).objects("nodes")).isEmpty();
    assertThat(changes(Map.of("checkpoint", "unknown")).get(0).optionalBoolean("reset"))
        .contains(true);
  }

  @Test
  @DisplayName("7.12 changes: purged nodes only when asked for, as text or as true")
  void purgedNodesAreToldWhenAskedFor() {
    String gone = file("/gone.txt", "1");
    String trashed = file("/trashed.txt", "2");
    List<JsonObject> first = changes(Map.of());
    String checkpoint = first.get(first.size() - 2).string("checkpoint");
    simulator.account("bob@example.com").delete("/gone.txt");
    ok("PUT", "trash/" + trashed, null);
    assertThat(statuses(changes(Map.of("checkpoint", checkpoint))))
        .containsEntry(trashed, "TRASH")
        .doesNotContainKey(gone);
    for (Object purged : List.of("true", true)) {
      assertThat(statuses(changes(Map.of("checkpoint", checkpoint, "includePurged", purged))))
          .containsEntry(gone, "PURGED");
    }
  }

  private static Map<String, String> statuses(List<JsonObject> lines) {
    Map<String, String> statuses = new java.util.HashMap<>();
    for (JsonObject line : lines) {
      line.objects("nodes").forEach(node -> statuses.put(node.string("id"), node.string("status")));
    }
    return statuses;
  }

  @Test
  @DisplayName(
      "7.13 trash: the subtree leaves the lists, the name is free, restore brings all back")
  void trashTakesTheSubtree() {
    String docs = folder("Docs", root);
    file("/Docs/sub/a.txt", "a");
    JsonObject trashed = ok("PUT", "trash/" + docs, null);
    assertThat(trashed.string("status")).isEqualTo("TRASH");
    assertThat(trashed.optionalBoolean("exclusivelyTrashed")).contains(true);
    assertThat(names("kind:FILE")).isEmpty();
    assertThat(names("status:TRASH AND kind:FILE")).containsExactly("a.txt");
    assertThat(ok("GET", "trash", null).objects("data"))
        .extracting(node -> node.string("name"))
        .containsExactly("Docs");
    String other = folder("Docs", root);
    Http.Answer taken = call("POST", "trash/" + docs + "/restore", null);
    assertThat(taken.status()).isEqualTo(409);
    ok("PUT", "trash/" + other, null);
    assertThat(ok("POST", "trash/" + docs + "/restore", null).string("status"))
        .isEqualTo("AVAILABLE");
    assertThat(names("kind:FILE")).containsExactly("a.txt");
  }

  @Test
  @DisplayName("7.14 rename around a conflict works in the trash; a move doesn't")
  void renameAroundAConflict() {
    String from = folder("from", root);
    String to = folder("to", root);
    String moved = file("/from/x.txt", "new");
    file("/to/y.txt", "other");
    ok("PUT", "trash/" + moved, null);
    assertThat(
            call("POST", "nodes/" + to + "/children", Map.of("fromParent", from, "childId", moved))
                .status())
        .isEqualTo(400);
    ok("PATCH", "nodes/" + moved, Map.of("name", "z.txt"));
    ok("PUT", "nodes/" + to + "/children/" + moved, null);
    ok("DELETE", "nodes/" + from + "/children/" + moved, null);
    ok("POST", "trash/" + moved + "/restore", null);
    assertThat(names("parents:" + to)).containsExactly("y.txt", "z.txt");
    assertThat(names("parents:" + from)).isEmpty();
  }

  @Test
  @DisplayName("7.7 a taken name is a conflict for rename, move, add child and restore too")
  void everyWayToATakenNameIsAConflict() {
    String a = folder("a", root);
    folder("b", root);
    String other = folder("other", root);
    String inner = folder("A", other);
    assertThat(call("PATCH", "nodes/" + a, Map.of("name", "B")).status()).isEqualTo(409);
    assertThat(call("PUT", "nodes/" + root + "/children/" + inner, null).status()).isEqualTo(409);
    Http.Answer move =
        call("POST", "nodes/" + root + "/children", Map.of("fromParent", other, "childId", inner));
    assertThat(move.status()).isEqualTo(409);
    assertThat(move.json().object("info").string("nodeId")).isEqualTo(a);
    assertThat(ok("PATCH", "nodes/" + a, Map.of("name", "A")).string("name")).isEqualTo("A");
  }

  @Test
  @DisplayName("7.22 a prefix finds duplicity's folder again")
  void aPrefixFindsTheFolder() {
    folder("Backup", root);
    assertThat(names("kind:FOLDER AND name:Back* AND parents:" + root)).containsExactly("Backup");
    assertThat(
            ok("GET", "nodes/" + root + "/children?filters=kind:FOLDER&startToken=", null)
                .longValue("count"))
        .isEqualTo(1);
  }

  @Test
  @DisplayName("7.23 purge, trash of the root and patches of the content are refused")
  void whatIsNotForAppsIsRefused() {
    assertThat(call("DELETE", "nodes/" + root, null).text()).contains("operation: purgeNode");
    assertThat(call("PUT", "trash/" + root, null).status()).isEqualTo(403);
    String file = file("/a.txt", "a");
    assertThat(
            call("PATCH", "nodes/" + file, Map.of("contentProperties", Map.of("size", 1))).status())
        .isEqualTo(403);
  }

  @Test
  @DisplayName("7.24 a node with two parents is listed under both and renamed in both")
  void aNodeMayHaveTwoParents() {
    String one = folder("one", root);
    String two = folder("two", root);
    String three = folder("three", root);
    String file = file("/one/a.txt", "a");
    ok("PUT", "nodes/" + two + "/children/" + file, null);
    ok("PATCH", "nodes/" + file, Map.of("name", "b.txt"));
    assertThat(names("parents:" + one)).containsExactly("b.txt");
    assertThat(names("parents:" + two)).containsExactly("b.txt");
    ok("POST", "nodes/" + three + "/children", Map.of("fromParent", one, "childId", file));
    assertThat(names("parents:" + one)).isEmpty();
    assertThat(names("parents:" + two)).containsExactly("b.txt");
    assertThat(names("parents:" + three)).containsExactly("b.txt");
    ok("PUT", "trash/" + three, null);
    assertThat(names("parents:" + two)).containsExactly("b.txt");
    assertThat(call("PUT", "nodes/" + one + "/children/" + root, null).status()).isEqualTo(400);
  }

  @Test
  @DisplayName("7.25 unknown parent, node, route")
  void unknownThings() {
    String file = file("/a.txt", "a");
    assertThat(call("PATCH", "nodes/" + file, Map.of("parents", List.of("nope"))).text())
        .contains("One of the parentId doesn't exists");
    assertThat(call("GET", "nodes/nope/children", null).status()).isEqualTo(404);
    assertThat(call("PUT", "nodes/" + file + "/properties//key", Map.of()).text())
        .isEqualTo("<UnknownOperationException/>");
  }

  @Test
  @DisplayName("7.26 a temporary link is fetched without authorization, once it is asked for")
  void temporaryLinks() {
    String file = file("/a.txt", "hello");
    String link = ok("GET", "nodes/" + file + "?tempLink=true", null).string("tempLink");
    String path = link.substring(simulator.baseUrl().toString().length());
    assertThat(http.get(path).text()).isEqualTo("hello");
    Http.Answer both = http.get(path, "Authorization", bearer);
    assertThat(both.status()).isEqualTo(400);
    assertThat(both.text()).contains("<Code>InvalidArgument</Code>", "Only one auth mechanism");
    assertThat(ok("GET", "nodes/" + file, null).keys()).doesNotContain("tempLink");
    assertThat(ok("GET", "nodes/" + root + "?tempLink=true", null).keys())
        .doesNotContain("tempLink");
    simulator.clock().advance(java.time.Duration.ofHours(1));
    assertThat(http.get(path).status()).isEqualTo(403);
  }

  @Test
  @DisplayName("7.28 properties: status codes, limits, owners")
  void properties() {
    String file = file("/a.txt", "a");
    String own = "nodes/" + file + "/properties/Simulated%20App";
    Http.Answer put = call("PUT", own + "/colour", Map.of("value", "red"));
    assertThat(put.status()).isEqualTo(201);
    assertThat(put.json().string("value")).isEqualTo("red");
    assertThat(ok("GET", own + "/colour", null).string("value")).isEqualTo("red");
    assertThat(ok("GET", own, null).object("data").string("colour")).isEqualTo("red");
    assertThat(
            ok("GET", "nodes/" + file + "?fields=%5B%22properties%22%5D", null)
                .object("properties")
                .object("Simulated App")
                .string("colour"))
        .isEqualTo("red");
    assertThat(call("PUT", own + "/long", Map.of("value", "v".repeat(501))).status())
        .isEqualTo(400);
    for (int i = 0; i < 9; i++) {
      assertThat(call("PUT", own + "/k" + i, Map.of("value", "v")).status()).isEqualTo(201);
    }
    assertThat(call("PUT", own + "/eleventh", Map.of("value", "v")).status()).isEqualTo(400);
    String foreign = "nodes/" + file + "/properties/Other";
    assertThat(call("PUT", foreign + "/k", Map.of("value", "v")).status()).isEqualTo(403);
    assertThat(ok("GET", foreign, null).object("data").keys()).isEmpty();
    assertThat(call("DELETE", own + "/colour", null).status()).isEqualTo(204);
    assertThat(call("GET", own + "/colour", null).status()).isEqualTo(404);
  }

  @Test
  @DisplayName("7.30 quota and usage follow what is there")
  void quotaAndUsage() {
    file("/a.txt", "12345");
    file("/b.jpg", "123");
    JsonObject quota = ok("GET", "account/quota", null);
    assertThat(quota.longValue("quota") - quota.longValue("available")).isEqualTo(8);
    JsonObject usage = ok("GET", "account/usage", null);
    assertThat(usage.object("doc").object("total").longValue("bytes")).isEqualTo(5);
    assertThat(usage.object("photo").object("total").longValue("count")).isEqualTo(1);
    assertThat(usage.keys()).contains("other", "video", "lastCalculated");
    simulator.account("bob@example.com").delete("/a.txt");
    assertThat(ok("GET", "account/usage", null).object("doc").object("total").longValue("count"))
        .isZero();
  }

  @Test
  @DisplayName("7.32 a viewBox gives a JPEG within it, never enlarged; a text gives an error")
  void thumbnails() throws Exception {
    bearer =
        "Bearer "
            + http.control("POST", "accounts/alice@example.com/tokens", "{}")
                .json()
                .string("access_token");
    String photo = list("name:beach.jpg").get(0).string("id");
    String text = list("name:notes.txt").get(0).string("id");
    assertThat(size(photo, "200")).containsExactly(200, 150);
    assertThat(size(photo, "400,100")).containsExactly(133, 100);
    assertThat(size(photo, "5000")).containsExactly(1024, 768);
    assertThat(content(text, "200").status()).isEqualTo(400);
    assertThat(content(photo, "wide").status()).isEqualTo(400);
  }

  private int[] size(String id, String viewBox) throws Exception {
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(content(id, viewBox).body()));
    return new int[] {image.getWidth(), image.getHeight()};
  }

  private Http.Answer content(String id, String viewBox) {
    return http.get(
        "/cdproxy/nodes/" + id + "/content?viewBox=" + viewBox, "Authorization", bearer);
  }

  @Test
  @DisplayName("7.33 versions and ETags change with every write")
  void versionsCount() {
    String file = file("/a.txt", "a");
    JsonObject before = ok("GET", "nodes/" + file, null);
    Http.Answer patched = call("PATCH", "nodes/" + file, Map.of("labels", List.of("PHOTO")));
    assertThat(patched.json().longValue("version")).isEqualTo(before.longValue("version") + 1);
    assertThat(patched.json().string("eTagResponse")).isNotEqualTo(before.string("eTagResponse"));
    assertThat(patched.header("ETag"))
        .isEqualTo("\"" + patched.json().string("eTagResponse") + "\"");
    assertThat(names("labels:PHOTO")).containsExactly("a.txt");
  }

  @Test
  @DisplayName("7.34 parents quoted and unquoted are the same; a parenthesis is refused")
  void filtersMeanWhatTheySay() {
    folder("a", root);
    file("/b.txt", "b");
    assertThat(names("parents:" + root)).isEqualTo(names("parents:\"" + root + "\""));
    assertThat(call("GET", "nodes?filters=kind:(FILE%20OR%20FOLDER)", null).status())
        .isEqualTo(400);
    assertThat(names("name:a OR name:b.txt")).containsExactlyInAnyOrder("a", "b.txt");
    assertThat(names("parents:" + root + " AND NOT kind:FOLDER")).containsExactly("b.txt");
    assertThat(names("createdDate:[2015-01-01T00:00:00.000Z TO *] AND kind:FILE"))
        .containsExactly("b.txt");
    assertThat(names("createdDate:[* TO 2015-01-01T00:00:00.000Z] AND kind:FILE")).isEmpty();
    assertThat(names("contentProperties.md5:92EB5FFEE6AE2FEC3AD71C777531578F"))
        .containsExactly("b.txt");
  }

  @Test
  @DisplayName("7.35 limits of names, labels, descriptions")
  void limits() {
    String file = file("/a.txt", "a");
    List<Map<String, Object>> refused =
        List.of(
            Map.of("name", "n".repeat(257)),
            Map.of("labels", java.util.Collections.nCopies(11, "l")),
            Map.of("description", "d".repeat(501)),
            Map.of("properties", Map.of("Simulated App", Map.of("k", "v".repeat(501)))));
    for (Map<String, Object> patch : refused) {
      assertThat(call("PATCH", "nodes/" + file, patch).status()).as("" + patch).isEqualTo(400);
    }
  }

  @Test
  @DisplayName("7.20 an upload that is answered with 504 appears late, or never")
  void uploadsThatTimeOut() {
    http.control("PUT", "options", "{\"drive.upload504\":\"late\"}");
    Http.Answer answer = upload("late.bin");
    assertThat(answer.status()).isEqualTo(504);
    assertThat(answer.body()).isEmpty();
    assertThat(names("kind:FILE")).isEmpty();
    simulator.clock().advance(java.time.Duration.ofSeconds(30));
    assertThat(names("kind:FILE")).containsExactly("late.bin");
    http.control("PUT", "options", "{\"drive.upload504\":\"lost\"}");
    assertThat(upload("lost.bin").status()).isEqualTo(504);
    simulator.clock().advance(java.time.Duration.ofDays(1));
    assertThat(simulator.account("bob@example.com").files()).containsExactly("/late.bin");
  }

  private Http.Answer upload(String name) {
    String body =
        "--b\r\nContent-Disposition: form-data; name=\"metadata\"\r\n\r\n"
            + Json.text(Json.object("name", name, "kind", "FILE"))
            + "\r\n--b\r\nContent-Disposition: form-data; name=\"content\"\r\n\r\nx\r\n--b--";
    return http.post(
        "/cdproxy/nodes?suppress=deduplication",
        body,
        "Authorization",
        bearer,
        "Content-Type",
        "multipart/form-data; boundary=b");
  }

  @Test
  @DisplayName("7.29 lists lag behind; a node that is asked for by id does not")
  void listsLagBehind() {
    String from = folder("from", root);
    String to = folder("to", root);
    simulator.clock().advance(java.time.Duration.ofMinutes(1));
    http.control("PUT", "options", "{\"drive.listLag\":\"PT2S\"}");
    String file =
        ok("POST", "nodes", Json.object("name", "x", "kind", "FOLDER", "parents", List.of(from)))
            .string("id");
    assertThat(names("parents:" + from)).isEmpty();
    assertThat(ok("GET", "nodes/" + file, null).string("name")).isEqualTo("x");
    simulator.clock().advance(java.time.Duration.ofSeconds(2));
    assertThat(names("parents:" + from)).containsExactly("x");
    ok("POST", "nodes/" + to + "/children", Map.of("fromParent", from, "childId", file));
    assertThat(names("parents:" + from)).containsExactly("x");
    assertThat(names("parents:" + to)).isEmpty();
    simulator.clock().advance(java.time.Duration.ofSeconds(2));
    assertThat(names("parents:" + from)).isEmpty();
    assertThat(names("parents:" + to)).containsExactly("x");
  }

  @Test
  void aFileMayBePendingForAWhile() {
    http.control("PUT", "options", "{\"drive.processingDelay\":\"PT10S\"}");
    JsonObject pending = upload("a.jpg").json();
    assertThat(pending.string("status")).isEqualTo("PENDING");
    assertThat(pending.keys()).doesNotContain("contentProperties");
    assertThat(names("name:a.jpg")).isEmpty();
    assertThat(names("status:PENDING")).containsExactly("a.jpg");
    assertThat(names("NOT status:PENDING AND kind:FILE")).isEmpty();
    simulator.clock().advance(java.time.Duration.ofSeconds(10));
    assertThat(names("status:PENDING")).isEmpty();
    assertThat(names("name:a.jpg")).containsExactly("a.jpg");
    JsonObject processed = ok("GET", "nodes/" + pending.string("id"), null);
    assertThat(processed.string("status")).isEqualTo("AVAILABLE");
    assertThat(processed.keys()).contains("contentProperties");
    assertThat(processed.longValue("version")).isEqualTo(pending.longValue("version") + 1);
  }

  @Test
  void changesMayEndEarly() {
    http.control("PUT", "options", "{\"drive.changesEnd\":\"missing\"}");
    assertThat(call("POST", "changes", Map.of()).text()).doesNotContain("\"end\"");
    http.control("PUT", "options", "{\"drive.changesEnd\":\"empty\"}");
    assertThat(call("POST", "changes", Map.of()).body()).isEmpty();
  }

  @Test
  void facts() {
    bearer =
        "Bearer "
            + http.control("POST", "accounts/alice@example.com/tokens", "{}")
                .json()
                .string("access_token");
    JsonObject photo = list("name:beach.jpg").get(0).object("contentProperties");
    assertThat(photo.string("contentDate")).isEqualTo("2015-08-14T16:20:31.000Z");
    assertThat(photo.object("image").longValue("width")).isEqualTo(1024);
    assertThat(photo.object("image").string("model")).isEqualTo("Camera 1");
    assertThat(photo.object("image").string("exposureTime")).isEqualTo("1/640");
    JsonObject film = list("name:kite.mp4").get(0).object("contentProperties").object("video");
    assertThat(film.longValue("width")).isEqualTo(320);
    assertThat(film.optionalDouble("duration").orElseThrow()).isBetween(1.9, 2.1);
    JsonObject document =
        list("name:ferry.pdf").get(0).object("contentProperties").object("document");
    assertThat(document.string("title")).isEqualTo("Ferry");
    assertThat(document.strings("authors")).containsExactly("Alice");
    assertThat(document.string("documentVersion")).isEqualTo("1.4");
    assertThat(names("kind:FILE AND contentProperties.contentDate:[2015-08-01T00:00:00.000Z TO *]"))
        .containsExactly("beach.jpg");
  }

  @Test
  void listsAreSorted() {
    file("/b.txt", "1");
    file("/a.txt", "22");
    String query = "nodes?" + Parameters.encode("filters", "kind:FILE", "sort", "[\"name DESC\"]");
    assertThat(ok("GET", query, null).objects("data"))
        .extracting(node -> node.string("name"))
        .containsExactly("b.txt", "a.txt");
    assertThat(call("GET", "nodes?sort=nonsense", null).status()).isEqualTo(400);
  }

  @Test
  void aLocalIdIsGoodForOneCreation() {
    folder("taken", root);
    assertThat(create("l1", "taken")).isEqualTo(409);
    assertThat(create("l1", "free")).isEqualTo(201);
    assertThat(create("l1", "another")).isEqualTo(409);
    assertThat(names("kind:FOLDER AND NOT isRoot:true")).containsExactly("taken", "free");
  }

  private int create(String localId, String name) {
    return call("POST", "nodes?localId=" + localId, Json.object("name", name, "kind", "FOLDER"))
        .status();
  }

  @Test
  void aFolderDoesNotGoUnderItself() {
    String a = folder("a", root);
    String b = folder("b", a);
    assertThat(call("PATCH", "nodes/" + a, Map.of("parents", List.of(b))).status()).isEqualTo(400);
    assertThat(new String(call("GET", "nodes/" + a, null).body(), StandardCharsets.UTF_8))
        .contains(root);
  }
}
