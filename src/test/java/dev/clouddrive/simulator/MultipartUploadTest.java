package dev.clouddrive.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clouddrive.simulator.internal.json.Json;
import dev.clouddrive.simulator.internal.json.JsonObject;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The multipart protocol of filestack-files.md 4.2 and 4.3, call by call. */
final class MultipartUploadTest {
  private static final String KEY = "ASimKey0000000000000Az";
  private static final int MIB = 1024 * 1024;

  private CloudDriveSimulator simulator;
  private WebhookReceiver receiver;
  private Http http;

  @BeforeEach
  void start() {
    simulator = CloudDriveSimulator.builder().frozenAt("2015-10-07T22:41:05Z").start();
    receiver = WebhookReceiver.start();
    simulator.app().webhooks().subscribe(receiver, EventType.ALL);
    http = new Http(simulator.baseUrl());
  }

  @AfterEach
  void stop() {
    simulator.close();
    receiver.close();
  }

  private static byte[] random(int size) {
    byte[] bytes = new byte[size];
    new Random(7).nextBytes(bytes);
    return bytes;
  }

  private Http.Answer json(String path, Map<String, ?> body) {
    return http.post(path, Json.text(body), "Content-Type", "application/json");
  }

  /** As the form-data generations send it. */
  private Http.Answer form(String path, Map<String, ?> fields) {
    StringBuilder body = new StringBuilder();
    fields.forEach(
        (name, value) ->
            body.append("--b\r\nContent-Disposition: form-data; name=\"")
                .append(name)
                .append("\"\r\n\r\n")
                .append(value)
                .append("\r\n"));
    return http.post(path, body + "--b--\r\n", "Content-Type", "multipart/form-data; boundary=b");
  }

  private JsonObject startUpload(int size, Map<String, ?> more) {
    Map<String, Object> body = new LinkedHashMap<>(Map.of("apikey", KEY, "filename", "beach.jpg"));
    body.put("mimetype", "image/jpeg");
    body.put("size", size);
    body.putAll(more);
    Http.Answer answer = json("/multipart/start", body);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer.json();
  }

  private static Map<String, Object> of(JsonObject start, Map<String, ?> more) {
    Map<String, Object> body = new LinkedHashMap<>(start.toMap());
    body.put("apikey", KEY);
    body.putAll(more);
    return body;
  }

  private static String md5(byte[] bytes) {
    try {
      return Base64.getEncoder().encodeToString(MessageDigest.getInstance("MD5").digest(bytes));
    } catch (java.security.GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private JsonObject sign(JsonObject start, int part, byte[] content, Map<String, ?> more) {
    Map<String, Object> fields = new LinkedHashMap<>(more);
    fields.put("part", part);
    fields.put("size", content.length);
    fields.put("md5", md5(content));
    Http.Answer answer = json("/multipart/upload", of(start, fields));
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer.json();
  }

  private Http.Answer put(JsonObject signed, byte[] content, String... changedHeaders) {
    URI url = URI.create(signed.string("url"));
    Map<String, Object> headers = new LinkedHashMap<>(signed.object("headers").toMap());
    for (int i = 0; i < changedHeaders.length; i += 2) {
      headers.put(changedHeaders[i], changedHeaders[i + 1]);
    }
    List<String> flat = new ArrayList<>();
    headers.forEach(
        (name, value) -> {
          flat.add(name);
          flat.add(value.toString());
        });
    return http.call(
        "PUT",
        url.getRawPath() + "?" + url.getRawQuery(),
        BodyPublishers.ofByteArray(content),
        flat.toArray(String[]::new));
  }

  private String putPart(JsonObject start, int part, byte[] content) {
    Http.Answer answer = put(sign(start, part, content, Map.of()), content);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    assertThat(answer.body()).isEmpty();
    return answer.header("ETag");
  }

  private Http.Answer complete(JsonObject start, Object parts) {
    return json("/multipart/complete", of(start, Map.of("parts", parts)));
  }

  private static Map<String, Object> part(int number, String etag) {
    return Map.of("part_number", number, "etag", etag);
  }

  private void nothingHappened() {
    simulator.clock().settle();
    assertThat(receiver.received()).isEmpty();
    assertThat(http.get("/_simulator/api/objects").json().objects("objects")).isEmpty();
  }

  @Test
  @DisplayName("12.9 ETags with and without quotes; a repeated complete gives the same handle")
  void etags() {
    byte[] content = random(6 * MIB);
    byte[] first = java.util.Arrays.copyOf(content, 5 * MIB);
    byte[] second = java.util.Arrays.copyOfRange(content, 5 * MIB, 6 * MIB);
    JsonObject start = startUpload(content.length, Map.of());
    assertThat(start.keys()).containsExactly("uri", "region", "upload_id", "location_url");
    assertThat(start.string("location_url")).isEqualTo("127.0.0.1:" + simulator.port());
    String one = putPart(start, 1, first);
    String two = putPart(start, 2, second);
    assertThat(one).matches("\"[0-9a-f]{32}\"");
    Http.Answer done = complete(start, List.of(part(1, one.replace("\"", "")), part(2, two)));
    assertThat(done.status()).as(done.text()).isEqualTo(200);
    assertThat(done.json().keys())
        .containsExactly("handle", "url", "filename", "size", "mimetype", "status");
    assertThat(done.json().string("status")).isEqualTo("Stored");
    String handle = done.json().string("handle");
    assertThat(http.get("/api/file/" + handle).body()).isEqualTo(content);
    assertThat(http.get("/" + handle, "Range", "bytes=5242878-5242881").body())
        .isEqualTo(java.util.Arrays.copyOfRange(content, 5242878, 5242882));
    assertThat(complete(start, List.of()).json().string("handle")).isEqualTo(handle);
    simulator.clock().settle();
    assertThat(receiver.received()).hasSize(1);
    assertThat(receiver.received().get(0).text()).contains("\"client\":\"Computer\"");
  }

  @Test
  @DisplayName("12.8 forms with flat store fields and parts as a text")
  void forms() {
    byte[] content = "hello".getBytes(StandardCharsets.UTF_8);
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("apikey", KEY);
    fields.put("filename", "n.txt");
    fields.put("mimetype", "text/plain");
    fields.put("size", 5);
    fields.put("store_location", "s3");
    fields.put("store_container", "bk");
    fields.put("store_path", "in/exact.txt");
    fields.put("multipart", "true");
    Http.Answer started = form("/multipart/start", fields);
    assertThat(started.status()).as(started.text()).isEqualTo(200);
    JsonObject start = started.json();
    assertThat(start.keys()).doesNotContain("upload_type");
    Map<String, Object> ask = of(start, Map.of("part", 1, "size", 5, "md5", md5(content)));
    JsonObject signed = form("/multipart/upload", ask).json();
    String etag = put(signed, content).header("ETag");
    Http.Answer done =
        form(
            "/multipart/complete",
            of(start, Map.of("parts", "1:" + etag, "filename", "n.txt", "size", 5)));
    assertThat(done.status()).as(done.text()).isEqualTo(200);
    assertThat(done.json().string("container")).isEqualTo("bk");
    assertThat(done.json().string("key")).isEqualTo("in/exact.txt");
  }

  @Test
  @DisplayName("12.10 a part whose MD5 is another one is refused, and no file comes of it")
  void badDigest() {
    byte[] content = "hello".getBytes(StandardCharsets.UTF_8);
    JsonObject start = startUpload(5, Map.of());
    JsonObject signed = sign(start, 1, content, Map.of());
    Http.Answer answer = put(signed, "jello".getBytes(StandardCharsets.UTF_8));
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.text()).contains("<Code>BadDigest</Code>");
    assertThat(answer.header("Content-Type")).isEqualTo("application/xml");
    Http.Answer done = complete(start, List.of(part(1, "5d41402abc4b2a76b9719d911017c592")));
    assertThat(done.status()).isEqualTo(400);
    assertThat(done.json().string("error")).isEqualTo("invalid params: parts");
    nothingHappened();
  }

  @Test
  @DisplayName("a pre-signed request is good for what was signed, and for a quarter of an hour")
  void signatures() {
    byte[] content = "hello".getBytes(StandardCharsets.UTF_8);
    JsonObject start = startUpload(5, Map.of());
    JsonObject signed = sign(start, 1, content, Map.of());
    String authorization = signed.object("headers").string("Authorization");
    assertThat(authorization)
        .matches(
            "AWS4-HMAC-SHA256 Credential=[A-Z0-9]+/20151007/us-east-1/s3/aws4_request,"
                + " SignedHeaders=content-length;content-md5;host;x-amz-date,"
                + " Signature=[0-9a-f]{64}");
    String forged = authorization.substring(0, authorization.length() - 1) + "x";
    assertThat(put(signed, content, "Authorization", forged).text()).contains("AccessDenied");
    char last = authorization.charAt(authorization.length() - 1);
    String other =
        authorization.substring(0, authorization.length() - 1) + (last == '0' ? '1' : '0');
    assertThat(put(signed, content, "Authorization", other).text())
        .contains("SignatureDoesNotMatch");
    assertThat(put(signed, "hello!".getBytes(StandardCharsets.UTF_8)).text())
        .contains("SignatureDoesNotMatch");
    assertThat(put(signed, content, "x-amz-date", "20151007T224106Z").text())
        .contains("SignatureDoesNotMatch");
    simulator.clock().advance(Duration.ofMinutes(16));
    http.control("PUT", "options", "{\"s3.lowercaseErrorCode\":true}");
    Http.Answer late = put(signed, content);
    assertThat(late.status()).isEqualTo(403);
    assertThat(late.text()).contains("<code>RequestTimeTooSkewed</code>");
    assertThat(put(sign(start, 1, content, Map.of()), content).status()).isEqualTo(200);
    nothingHappened();
  }

  @Test
  @DisplayName("12.7 chunks: a gap is 206, commits are needed, complete comes without parts")
  void intelligentIngestion() {
    http.control("PUT", "options", "{\"upload.intelligentIngestion\":true}");
    byte[] content = random(300_000);
    JsonObject start = startUpload(content.length, Map.of("fii", true));
    assertThat(start.string("upload_type")).isEqualTo("intelligent_ingestion");
    byte[] head = java.util.Arrays.copyOf(content, 100_000);
    byte[] tail = java.util.Arrays.copyOfRange(content, 100_000, 300_000);
    JsonObject signed = sign(start, 1, tail, Map.of("fii", true, "offset", 100_000));
    assertThat(signed.string("url")).contains("/ii/" + KEY + "/").contains("/1/100000?");
    put(signed, tail);
    Map<String, Object> commit = of(start, Map.of("fii", true, "part", 1, "size", 300_000));
    assertThat(json("/multipart/commit", commit).status()).isEqualTo(206);
    put(sign(start, 1, head, Map.of("fii", true, "offset", 0)), head);
    assertThat(json("/multipart/complete", of(start, Map.of("fii", true))).json().string("error"))
        .isEqualTo("invalid params: parts");
    assertThat(json("/multipart/commit", commit).status()).isEqualTo(200);
    Http.Answer done = json("/multipart/complete", of(start, Map.of("fii", true)));
    assertThat(done.status()).as(done.text()).isEqualTo(200);
    assertThat(http.get("/" + done.json().string("handle")).body()).isEqualTo(content);
  }

  @Test
  @DisplayName("12.41 an unfinished upload never becomes a file, and is gone after a day")
  void expiry() {
    byte[] content = "hello".getBytes(StandardCharsets.UTF_8);
    JsonObject start = startUpload(5, Map.of());
    String etag = putPart(start, 1, content);
    assertThat(uploads()).hasSize(1);
    simulator.clock().advance(Duration.ofHours(24));
    assertThat(uploads()).isEmpty();
    Http.Answer late = complete(start, List.of(part(1, etag)));
    assertThat(late.status()).isEqualTo(400);
    assertThat(late.json().string("error")).isEqualTo("invalid params: upload_id");
    nothingHappened();
  }

  private List<JsonObject> uploads() {
    return http.get("/_simulator/api/apps/" + KEY + "/uploads").json().objects("uploads");
  }

  @Test
  void anUploadCanBeAborted() {
    JsonObject start = startUpload(5, Map.of());
    String path = "/_simulator/api/apps/" + KEY + "/uploads/" + start.string("upload_id");
    assertThat(http.delete(path).status()).isEqualTo(204);
    assertThat(http.delete(path).status()).isEqualTo(404);
    assertThat(uploads()).isEmpty();
  }

  @ParameterizedTest
  @DisplayName("parameters that can't be, in the upload host's words")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '!',
      textBlock =
          """
          start | {"size":0} | invalid params: size
          start | {"size":-2147483648} | invalid params: size
          start | {} | invalid params: size
          start | {"size":"much"} | invalid params: size
          start | {"size":1,"upload_tags":{"a":"b","c":"d","e":"f","g":"h","i":"j","k":"l","m":"n","o":"p","q":"r","s":"t","u":"v"}} | invalid params: upload_tags
          start | {"size":1,"store":{"path":"../x"}} | invalid params: path
          start | {"size":1,"store":{"location":"ftp"}} | invalid params: location
          upload | {"upload_id":"none","part":1,"size":1} | invalid params: upload_id
          commit | {"upload_id":"none","part":1} | invalid params: upload_id
          complete | {"upload_id":"none"} | invalid params: upload_id
          """)
  void invalidParameters(String call, String fields, String words) {
    Map<String, Object> body = new LinkedHashMap<>(Json.parseObject(fields).toMap());
    body.put("apikey", KEY);
    Http.Answer answer = json("/multipart/" + call, body);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.json().string("error")).isEqualTo(words);
    nothingHappened();
  }

  @Test
  void partsAreBounded() {
    JsonObject start = startUpload(5, Map.of());
    for (Map<String, ?> wrong :
        List.of(
            Map.of("part", 0, "size", 1),
            Map.of("part", 10_001, "size", 1),
            Map.of("part", 1, "size", 6),
            Map.of("part", 1, "size", 1, "md5", "short"),
            Map.of("part", 1, "size", 1, "region", "moon-1"))) {
      assertThat(json("/multipart/upload", of(start, wrong)).status())
          .as(wrong.toString())
          .isEqualTo(400);
    }
    Http.Answer region =
        json("/multipart/upload", of(start, Map.of("part", 1, "size", 1, "region", "moon-1")));
    assertThat(region.json().string("error")).isEqualTo("Parameters are invalid");
    assertThat(http.post("/multipart/start", "{", "Content-Type", "application/json").status())
        .isEqualTo(400);
    byte[] small = random(100);
    JsonObject two = startUpload(200, Map.of());
    String first = putPart(two, 1, small);
    String second = putPart(two, 2, small);
    assertThat(complete(two, List.of(part(1, first), part(2, second))).json().string("error"))
        .as("S3 takes small parts only as the last")
        .isEqualTo("invalid params: parts");
    nothingHappened();
  }

  @Test
  void aPolicyBindsItsUpload() {
    FilestackApp app = simulator.app();
    app.secure(true);
    FilestackApp.SignedPolicy signed =
        app.sign("{\"expiry\":4102444800,\"call\":[\"pick\"],\"maxSize\":5}");
    Map<String, String> credentials =
        Map.of("policy", signed.policy(), "signature", signed.signature());
    Map<String, Object> large = new LinkedHashMap<>(credentials);
    large.putAll(Map.of("apikey", KEY, "size", 6, "filename", "a"));
    assertThat(json("/multipart/start", large).status()).isEqualTo(403);
    Map<String, Object> placed = new LinkedHashMap<>(large);
    placed.putAll(Map.of("size", 5, "store", Map.of("path", "in/")));
    assertThat(json("/multipart/start", placed).status()).as("store is not allowed").isEqualTo(403);
    JsonObject start = startUpload(5, credentials);
    byte[] content = "hello".getBytes(StandardCharsets.UTF_8);
    String etag = putPart(start, 1, content);
    assertThat(complete(start, List.of(part(1, etag))).status()).isEqualTo(200);
  }

  @Test
  void theSdksTestSwitchPutsToFakeS3() {
    byte[] content = "hello".getBytes(StandardCharsets.UTF_8);
    JsonObject start = startUpload(5, Map.of());
    JsonObject signed = sign(start, 1, content, Map.of());
    JsonObject headers = signed.object("headers");
    Http.Answer answer =
        http.call(
            "PUT",
            "/fakeS3",
            BodyPublishers.ofByteArray(content),
            "Authorization",
            headers.string("Authorization"),
            "Content-MD5",
            headers.string("Content-MD5"),
            "x-amz-date",
            headers.string("x-amz-date"));
    assertThat(answer.header("ETag")).isEqualTo("\"5d41402abc4b2a76b9719d911017c592\"");
  }

  @Test
  @DisplayName("4.2 complete may answer 202 for a while, and tell of a transfer")
  void pending() {
    http.control("PUT", "options", "{\"upload.completePending\":2}");
    byte[] content = "hello".getBytes(StandardCharsets.UTF_8);
    JsonObject start = startUpload(5, Map.of("store", Map.of("location", "gcs", "container", "g")));
    String etag = putPart(start, 1, content);
    List<Map<String, Object>> parts = List.of(part(1, etag));
    assertThat(complete(start, parts).status()).isEqualTo(202);
    assertThat(complete(start, parts).status()).isEqualTo(202);
    Http.Answer done = complete(start, parts);
    assertThat(done.json().string("status")).isEqualTo("InTransit");
    simulator.clock().settle();
    assertThat(receiver.received()).isEmpty();
    simulator.clock().advance(Duration.ofSeconds(5));
    assertThat(receiver.received()).hasSize(1);
  }

  @Test
  void whatIsNotToldDoesNotCountAndANewSignatureUndoesNothing() {
    byte[] content = "hello".getBytes(StandardCharsets.UTF_8);
    JsonObject start = startUpload(5, Map.of());
    JsonObject signed = sign(start, 1, content, Map.of());
    String etag = put(signed, content).header("ETag");
    sign(start, 2, content, Map.of());
    sign(start, 1, content, Map.of());
    assertThat(put(signed, content).status()).as("the earlier one is still good").isEqualTo(200);
    assertThat(complete(start, List.of(part(1, etag))).status()).isEqualTo(200);
  }

  @Test
  void offsetsTagsAndFieldsAreChecked() {
    http.control("PUT", "options", "{\"upload.intelligentIngestion\":true}");
    JsonObject start = startUpload(5, Map.of("fii", true));
    for (Object offset : List.of("x", 1e30, 2.5, -1, 5)) {
      Http.Answer answer =
          json("/multipart/upload", of(start, Map.of("part", 1, "size", 1, "offset", offset)));
      assertThat(answer.status()).as(offset.toString()).isEqualTo(400);
    }
    assertThat(
            json(
                    "/multipart/start",
                    Map.of("apikey", KEY, "size", 1, "upload_tags", Map.of("a", List.of(1))))
                .status())
        .isEqualTo(400);
    Map<String, Object> many = new LinkedHashMap<>();
    for (int i = 0; i < 20; i++) {
      many.put("f" + i, "x".repeat(300_000));
    }
    assertThat(form("/multipart/start", many).status()).isEqualTo(413);
  }

  @Test
  void aPlaceOfItsOwnNeedsStoreInThePolicy() {
    FilestackApp app = simulator.app();
    app.secure(true);
    FilestackApp.SignedPolicy pick = app.sign("{\"expiry\":4102444800,\"call\":[\"pick\"]}");
    for (Map<String, String> store :
        List.of(Map.of("location", "gcs"), Map.of("container", "c"), Map.of("path", "p/"))) {
      Map<String, Object> body =
          new LinkedHashMap<>(Map.of("apikey", KEY, "size", 1, "filename", "a", "store", store));
      body.put("policy", pick.policy());
      body.put("signature", pick.signature());
      assertThat(json("/multipart/start", body).status()).as(store.toString()).isEqualTo(403);
    }
  }
}
