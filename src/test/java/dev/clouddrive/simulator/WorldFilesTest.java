package dev.clouddrive.simulator;

import static dev.clouddrive.simulator.assertions.SimulatorAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clouddrive.simulator.internal.json.Json;
import dev.clouddrive.simulator.internal.json.SchemaSet;
import dev.clouddrive.simulator.internal.world.Options;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Worlds as files: described, exported, imported (simulator.md section 1). */
final class WorldFilesTest {
  private static final String WORLD = "/_simulator/api/world";
  private static final String INSTANT = "2015-10-07T22:41:05Z";

  private final HttpClient client = HttpClient.newHttpClient();
  private CloudDriveSimulator simulator;

  @BeforeEach
  void start() {
    simulator = CloudDriveSimulator.builder().frozenAt(INSTANT).start();
  }

  @AfterEach
  void stop() {
    simulator.close();
  }

  private byte[] export(CloudDriveSimulator of, String type) {
    return send(HttpRequest.newBuilder(of.baseUrl().resolve(WORLD)).header("Accept", type).build())
        .body();
  }

  private HttpResponse<byte[]> put(CloudDriveSimulator into, String type, byte[] world) {
    return send(
        HttpRequest.newBuilder(into.baseUrl().resolve(WORLD))
            .header("Content-Type", type)
            .PUT(HttpRequest.BodyPublishers.ofByteArray(world))
            .build());
  }

  private HttpResponse<byte[]> send(HttpRequest request) {
    try {
      return client.send(request, HttpResponse.BodyHandlers.ofByteArray());
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  /** A little of everything, with webhooks whose receivers are down. */
  private void live() {
    DriveAccount alice = simulator.account("alice@example.com");
    FilestackApp app = simulator.app();
    app.webhooks().subscribe("http://127.0.0.1:9/hook", EventType.ALL);
    alice.put("/large.bin", new byte[200_000]);
    alice.put("/gone.txt", "gone");
    alice.delete("/gone.txt");
    PickResult.PickedFile picked = app.pick(alice, "/Pictures/beach.jpg").file();
    app.link(alice, "/Documents/notes.txt");
    app.pickInto(alice, "s3", "bucket", "/large.bin");
    app.export(simulator.account("bob@example.com"), picked.handle(), "/", "saved");
    Http http = new Http(simulator.baseUrl());
    http.get("/resize=width:50/" + picked.handle());
    http.put(
        "/_simulator/api/script", "{\"account\":\"bob@example.com\",\"picks\":[\"/saved.jpg\"]}");
    http.put(
        "/_simulator/api/options", "{\"export.onConflict\":\"rename\",\"fireOnCacheHit\":true}");
    http.post("/_simulator/api/accounts/alice@example.com/tokens", "");
    http.post(
        "/_simulator/api/accounts/alice@example.com/generate",
        "{\"folder\":\"/bulk\",\"count\":20,\"size\":1000,\"seed\":3}");
    FilestackApp.SignedPolicy policy =
        app.sign("{\"expiry\":4102444800,\"call\":[\"runWorkflow\"]}");
    http.get(
        "/security=p:%s,s:%s/run_workflow=id:w1/%s"
            .formatted(policy.policy(), policy.signature(), picked.handle()));
    http.post(
        "/multipart/start",
        "{\"apikey\":\"ASimKey0000000000000Az\",\"filename\":\"a.txt\",\"mimetype\":\"text/plain\",\"size\":3}");
    simulator.clock().advance(Duration.ofMinutes(6));
  }

  @Test
  void exportImportExportIsTheIdentity() {
    live();
    byte[] first = export(simulator, "application/json");
    try (CloudDriveSimulator other = CloudDriveSimulator.start()) {
      assertThat(put(other, "application/json", first).statusCode()).isEqualTo(204);
      assertThat(new String(export(other, "application/json"), StandardCharsets.UTF_8))
          .isEqualTo(new String(first, StandardCharsets.UTF_8));
      byte[] zip = export(simulator, "application/zip");
      assertThat(zip).startsWith('P', 'K').hasSizeLessThan(first.length);
      other.account("alice@example.com").put("/other.txt", "other");
      assertThat(put(other, "application/zip", zip).statusCode()).isEqualTo(204);
      assertThat(Arrays.equals(export(other, "application/json"), first)).isTrue();
      assertThat(Arrays.equals(export(other, "application/zip"), zip)).isTrue();
    }
  }

  @Test
  void whatIsPendingGoesOnInTheOtherWorld() {
    live();
    byte[] world = export(simulator, "application/json");
    try (CloudDriveSimulator other = CloudDriveSimulator.start()) {
      put(other, "application/json", world);
      for (CloudDriveSimulator each : List.of(simulator, other)) {
        each.clock().advance(Duration.ofHours(12));
        assertThat(each.deliveries())
            .single(EventType.EXPORT)
            .isFailed()
            .wasAttemptedAfter(
                Duration.ZERO, Duration.ofMinutes(5), Duration.ofHours(1), Duration.ofHours(12));
      }
      assertThat(
              Arrays.equals(
                  export(other, "application/json"), export(simulator, "application/json")))
          .isTrue();
      // The same ids are drawn from here on, and reset goes back to the import.
      assertThat(other.app().pick(other.account(), "/Pictures/logo.png").file().handle())
          .isEqualTo(
              simulator.app().pick(simulator.account(), "/Pictures/logo.png").file().handle());
      other.reset();
      assertThat(Arrays.equals(export(other, "application/json"), world)).isTrue();
    }
  }

  @Test
  void whatIsUnderWayEndsInTheOtherWorld() {
    DriveAccount alice = simulator.account("alice@example.com");
    FilestackApp app = simulator.app();
    app.webhooks().subscribe("http://127.0.0.1:9/hook", EventType.ALL);
    // The sample's files are processed, however long that takes.
    simulator.clock().advance(Duration.ofHours(1));
    Http http = new Http(simulator.baseUrl());
    http.put(
        "/_simulator/api/options",
        "{\"storage.transferDelay\":\"PT20M\",\"workflow.duration\":\"PT30M\","
            + "\"drive.processingDelay\":\"PT40M\"}");
    String handle = app.pickInto(alice, "gcs", "bucket", "/Pictures/logo.png").file().handle();
    FilestackApp.SignedPolicy policy =
        app.sign("{\"expiry\":4102444800,\"call\":[\"runWorkflow\"]}");
    String workflow =
        "/security=p:%s,s:%s/run_workflow=id:w1/%s"
            .formatted(policy.policy(), policy.signature(), handle);
    assertThat(http.get(workflow).status()).isEqualTo(200);
    String bearer =
        http.post("/_simulator/api/accounts/alice@example.com/tokens", "")
            .json()
            .string("access_token");
    String upload =
        "--b\r\nContent-Disposition: form-data; name=\"metadata\"\r\n\r\n"
            + "{\"name\":\"a.jpg\",\"kind\":\"FILE\"}\r\n"
            + "--b\r\nContent-Disposition: form-data; name=\"content\"\r\n\r\nx\r\n--b--";
    Http.Answer pending =
        http.post(
            "/cdproxy/nodes",
            upload,
            "Authorization",
            "Bearer " + bearer,
            "Content-Type",
            "multipart/form-data; boundary=b");
    assertThat(pending.json().string("status")).isEqualTo("PENDING");
    simulator.clock().advance(Duration.ofMinutes(10));
    byte[] world = export(simulator, "application/json");
    assertThat(violations(world)).isEmpty();
    try (CloudDriveSimulator other = CloudDriveSimulator.start()) {
      put(other, "application/json", world);
      for (CloudDriveSimulator each : List.of(simulator, other)) {
        assertThat(each.deliveries()).isEmpty();
        each.clock().advance(Duration.ofMinutes(25));
        assertThat(each.deliveries())
            .single(EventType.UPLOAD)
            .wasAttemptedAfter(Duration.ZERO, Duration.ofMinutes(5));
        assertThat(each.deliveries())
            .single(EventType.WORKFLOW)
            .wasAttemptedAfter(Duration.ZERO, Duration.ofMinutes(5));
        each.clock().advance(Duration.ofMinutes(5));
        assertThat(
                new Http(each.baseUrl())
                    .get(
                        "/drive/v1/nodes/" + pending.json().string("id"),
                        "Authorization",
                        "Bearer " + bearer)
                    .json()
                    .longValue("version"))
            .isEqualTo(pending.json().longValue("version") + 1);
      }
      assertThat(
              Arrays.equals(
                  export(other, "application/json"), export(simulator, "application/json")))
          .isTrue();
    }
  }

  @Test
  void aDescribedWorldIsPutInThePlaceOfAnother() {
    String described =
        """
        {"clock":{"now":"2016-01-01T00:00:00Z","mode":"frozen"},"seed":3,
         "accounts":[{"email":"carol@example.com","files":{"/a.txt":{"text":"a"}}}],
         "apps":[{"apikey":"ACarolKey000000000000z","secret":"S"}]}
        """;
    put(simulator, "application/json", described.getBytes(StandardCharsets.UTF_8));
    assertThat(simulator.account().email()).isEqualTo("carol@example.com");
    assertThat(simulator.clock().now()).isEqualTo("2016-01-01T00:00:00Z");
    assertThat(simulator.app().pick(simulator.account(), "/a.txt")).hasUploaded("a.txt");
    simulator.account().delete("/a.txt");
    simulator.reset();
    assertThat(simulator.account()).hasOnlyFiles("/a.txt");
  }

  @Test
  void anArchiveHoldsTheFilesThatItsWorldNames(@TempDir Path folder) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry("world.json"));
      zip.write(
          "{\"accounts\":[{\"email\":\"c@x.org\",\"files\":{\"/a.txt\":{\"file\":\"in/a.txt\"}}}]}"
              .getBytes(StandardCharsets.UTF_8));
      zip.putNextEntry(new ZipEntry("in/a.txt"));
      zip.write("inside".getBytes(StandardCharsets.UTF_8));
    }
    put(simulator, "application/zip", bytes.toByteArray());
    assertThat(simulator.account()).hasContent("/a.txt", "inside");
    Path file = folder.resolve("w.zip");
    Files.write(file, bytes.toByteArray());
    try (CloudDriveSimulator other = CloudDriveSimulator.builder().world(file).start()) {
      assertThat(other.account()).hasContent("/a.txt", "inside");
    }
  }

  @Test
  void whatCanNotBeChangesNothingAndIsToldWithItsPlace() {
    byte[] before = export(simulator, "application/json");
    String export = new String(before, StandardCharsets.UTF_8);
    List<List<String>> wrong =
        List.of(
            List.of("{\"acounts\":[]}", "/acounts: unknown key; did you mean \\\"accounts\\\"?"),
            List.of(
                "{\"accounts\":[{\"email\":\"a@x\",\"files\":{\"a\":{}}}]}", "/accounts/0/files/a"),
            List.of("{\"profile\":\"clasic\"}", "did you mean classic?"),
            List.of("{", "this is not JSON"),
            List.of(
                export.replaceFirst("\"kind\" : \"FOLDER\"", "\"kind\" : \"FOLDR\""),
                "/nodes/0/kind"),
            List.of(export.replaceFirst("\"nodes\"", "\"noodes\""), "did you mean \\\"nodes\\\"?"),
            List.of(
                export.replaceFirst("\"kind\" : \"FOLDER\"", "\"kinds\" : \"FOLDER\""),
                "/nodes/0/kinds: unknown key; did you mean \\\"kind\\\"?"),
            List.of(
                export.replaceFirst("\"rootId\" : \"[^\"]*\"", "\"rootId\" : \"x\""),
                "no node of this account is its root"));
    for (List<String> each : wrong) {
      HttpResponse<byte[]> answer =
          put(simulator, "application/json", each.get(0).getBytes(StandardCharsets.UTF_8));
      assertThat(answer.statusCode()).as(each.get(1)).isEqualTo(400);
      assertThat(new String(answer.body(), StandardCharsets.UTF_8)).contains(each.get(1));
    }
    assertThat(
            put(simulator, "application/zip", "PKno".getBytes(StandardCharsets.UTF_8)).statusCode())
        .isEqualTo(400);
    assertThat(Arrays.equals(export(simulator, "application/json"), before)).isTrue();
  }

  @Test
  void anExportIsAWorldFileToo(@TempDir Path folder) throws Exception {
    live();
    byte[] world = export(simulator, "application/json");
    Path file = folder.resolve("world.json");
    Files.write(file, world);
    try (CloudDriveSimulator other = CloudDriveSimulator.builder().world(file).start()) {
      assertThat(Arrays.equals(export(other, "application/json"), world)).isTrue();
      other.clock().advance(Duration.ofHours(12));
      assertThat(other.deliveries())
          .single(EventType.EXPORT)
          .isFailed()
          .wasAttemptedAfter(
              Duration.ZERO, Duration.ofMinutes(5), Duration.ofHours(1), Duration.ofHours(12));
    }
    assertThatThrownBy(
            () -> CloudDriveSimulator.builder().world(folder.resolve("none.json")).start())
        .isInstanceOf(SimulatorException.class)
        .hasMessageContaining("none.json; name a world file that exists");
    assertThat(Json.parseObject(world).has("ids")).isTrue();
  }

  @Test
  void theSchemaFitsWhatIsExportedAndDescribed() throws Exception {
    live();
    assertThat(violations(export(simulator, "application/json"))).isEmpty();
    byte[] zip = export(simulator, "application/zip");
    try (ZipInputStream archive = new ZipInputStream(new ByteArrayInputStream(zip))) {
      assertThat(archive.getNextEntry().getName()).isEqualTo("world.json");
      assertThat(violations(archive.readAllBytes())).isEmpty();
    }
    Path sample = Path.of("src/main/resources/dev/clouddrive/simulator/sample/world.json");
    assertThat(violations(Files.readAllBytes(sample))).isEmpty();
    for (String name : List.of("carol", "whole")) {
      Path world = Path.of("src/test/resources/worlds/" + name + ".json");
      assertThat(violations(Files.readAllBytes(world))).isEmpty();
      CloudDriveSimulator.builder().world(world).start().close();
    }
  }

  @Test
  @SuppressWarnings("unchecked")
  void theSchemaNamesWhatAWorldFileMayHold() throws Exception {
    Map<String, Object> definitions =
        (Map<String, Object>)
            Json.parseObject(Files.readAllBytes(Path.of("schemas/world.schema.json")))
                .toMap()
                .get("$defs");
    Map<String, Object> options = (Map<String, Object>) definitions.get("options");
    assertThat(((Map<String, Object>) options.get("properties")).keySet())
        .containsExactlyElementsOf(Options.all().stream().map(Options.Option::name).toList());
    Object whole =
        Json.parseValue(Files.readAllBytes(Path.of("src/test/resources/worlds/whole.json")));
    // Of each object of the schema, every key is used where it stands; the loader takes them all.
    Map<Object, Set<String>> used = new IdentityHashMap<>();
    Map<Object, Set<String>> named = new IdentityHashMap<>();
    walk(definitions.get("description"), whole, definitions, named, used);
    named.forEach(
        (schema, names) -> {
          if (schema != options) {
            assertThat(used.getOrDefault(schema, Set.of())).containsAll(names);
          }
        });
  }

  /** Goes down schema and value together. */
  private static void walk(
      Object at,
      Object value,
      Map<String, Object> definitions,
      Map<Object, Set<String>> named,
      Map<Object, Set<String>> used) {
    if (!(at instanceof Map<?, ?> schema)) {
      return;
    }
    if (schema.get("$ref") instanceof String ref) {
      walk(definitions.get(ref.replace("#/$defs/", "")), value, definitions, named, used);
    }
    if (schema.get("oneOf") instanceof List<?> choices) {
      choices.stream()
          .map(choice -> (Map<?, ?>) choice)
          .peek(choice -> addNames(choice, named))
          .filter(
              choice ->
                  value instanceof Map<?, ?> map
                      && map.keySet().containsAll((List<?>) choice.get("required")))
          .forEach(choice -> walk(choice, value, definitions, named, used));
    }
    addNames(schema, named);
    if (value instanceof List<?> list) {
      list.forEach(item -> walk(schema.get("items"), item, definitions, named, used));
    } else if (value instanceof Map<?, ?> map) {
      map.forEach(
          (key, inner) -> {
            if (schema.get("properties") instanceof Map<?, ?> properties) {
              used.computeIfAbsent(schema, s -> new TreeSet<>()).add(key.toString());
              walk(properties.get(key), inner, definitions, named, used);
            }
            if (schema.get("patternProperties") instanceof Map<?, ?> patterns) {
              patterns.forEach(
                  (pattern, of) -> {
                    if (Pattern.compile(pattern.toString()).matcher(key.toString()).find()) {
                      walk(of, inner, definitions, named, used);
                    }
                  });
            }
          });
    }
  }

  private static void addNames(Map<?, ?> schema, Map<Object, Set<String>> named) {
    if (schema.get("properties") instanceof Map<?, ?> properties) {
      properties
          .keySet()
          .forEach(n -> named.computeIfAbsent(schema, s -> new TreeSet<>()).add(n.toString()));
    }
  }

  @Test
  void aNameHasOneMeaningInADescribedWorld() {
    for (String files :
        List.of(
            "{\"/a\":{\"text\":\"\"},\"/a/b\":{\"text\":\"\"}}",
            "{\"/a/b\":{\"text\":\"\"},\"/a\":{\"text\":\"\"}}",
            "{\"/a\":{\"text\":\"\"},\"/a/\":{}}")) {
      String world = "{\"accounts\":[{\"email\":\"a@x\",\"files\":" + files + "}]}";
      HttpResponse<byte[]> answer =
          put(simulator, "application/json", world.getBytes(StandardCharsets.UTF_8));
      assertThat(answer.statusCode()).as(files).isEqualTo(400);
      assertThat(new String(answer.body(), StandardCharsets.UTF_8))
          .contains("/accounts/0/files/")
          .containsPattern("\\\\\"a\\\\\" is a (file|folder) there");
    }
  }

  @Test
  void theSchemaRefusesWhatTheLoaderRefuses() {
    for (String world :
        List.of(
            "{\"acounts\":[]}",
            "{\"profile\":\"clasic\"}",
            "{\"options\":{\"export.onConflict\":\"renam\"}}",
            "{\"clock\":{\"mode\":\"stopped\"}}",
            "{\"accounts\":[{\"name\":\"A\"}]}",
            "{\"accounts\":[{\"email\":\"a@x\",\"files\":{\"a\":{\"text\":\"\"}}}]}",
            "{\"accounts\":[{\"email\":\"a@x\",\"files\":{\"/a\":{}}}]}",
            "{\"accounts\":[{\"email\":\"a@x\",\"files\":{\"/a\":{\"text\":\"\",\"size\":1}}}]}",
            "{\"accounts\":[{\"email\":\"a@x\",\"files\":{\"/a\":{\"text\":\"\",\"seed\":1}}}]}",
            "{\"accounts\":[{\"email\":\"a@x\",\"files\":{\"/a\":{\"size\":-1}}}]}",
            "{\"clients\":[{\"clientId\":\"a\"}]}",
            "{\"clients\":[{\"clientId\":\"a\",\"secret\":\"b\",\"scopes\":[\"clouddrive\"]}]}",
            "{\"apps\":[{\"apikey\":\"a\",\"secret\":\"\"}]}",
            "{\"apps\":[{\"apikey\":\"a\",\"store\":{\"location\":\"disk\"}}]}",
            "{\"apps\":[{\"apikey\":\"a\",\"webhooks\":[{\"url\":\"http://a/\",\"event\":\"fp.uplod\"}]}]}",
            "{\"options\":{\"webhook.timeout\":\"PT-5M\"}}",
            "{\"clock\":{\"speed\":0}}",
            "{\"accounts\":[{\"email\":\"a@x\",\"quotaBytes\":-1}]}",
            "{\"accounts\":[{\"email\":\"a@x\",\"files\":{\"/a/../b\":{\"text\":\"\"}}}]}",
            "{\"accounts\":[{\"email\":\"a@x\",\"files\":{\"/a/./\":{}}}]}",
            "{\"accounts\":[{\"email\":\"a@x\",\"files\":{\"/%s\":{\"text\":\"\"}}}]}"
                .formatted("n".repeat(257)),
            "{\"apps\":[{\"apikey\":\"a\",\"store\":{\"location\":\"internal\",\"container\":\"c\"}}]}",
            "{\"insights\":[{\"tags\":{}}]}")) {
      byte[] bytes = world.getBytes(StandardCharsets.UTF_8);
      assertThat(violations(bytes)).as(world).isNotEmpty();
      HttpResponse<byte[]> answer = put(simulator, "application/json", bytes);
      assertThat(answer.statusCode()).as(world).isEqualTo(400);
    }
  }

  @Test
  void anExportThatWasSpoiltIsTakenOrRefusedWithItsPlace() {
    live();
    // Without its bytes, for the sake of time.
    String export =
        new String(export(simulator, "application/json"), StandardCharsets.UTF_8)
            .replaceAll("(\"base64\" : )\"[^\"]*\"", "$1\"\"");
    Map<String, Object> world = Json.parseObject(export).toMap();
    List<String> wrong = new ArrayList<>();
    try (CloudDriveSimulator other = CloudDriveSimulator.builder().frozenAt(INSTANT).start()) {
      spoil(
          world,
          "",
          place -> {
            HttpResponse<byte[]> answer = put(other, "application/json", Json.bytes(world));
            String text = new String(answer.body(), StandardCharsets.UTF_8);
            if (answer.statusCode() != 204
                && (answer.statusCode() != 400 || !text.contains("the world: "))) {
              wrong.add(place + ": " + answer.statusCode() + " " + text);
            }
          });
    }
    assertThat(wrong).isEmpty();
  }

  /** Each key, of some elements of each list, left out or of another kind. */
  @SuppressWarnings("unchecked") // JSON as it is read
  private static void spoil(Object json, String place, Consumer<String> attempt) {
    if (json instanceof Map<?, ?>) {
      Map<String, Object> map = (Map<String, Object>) json;
      for (String key : List.copyOf(map.keySet())) {
        Object value = map.remove(key);
        attempt.accept(place + "/" + key + " left out");
        for (Object other : Arrays.asList(null, value instanceof String ? -1 : "x")) {
          map.put(key, other);
          attempt.accept(place + "/" + key + " = " + other);
        }
        map.put(key, value);
        spoil(value, place + "/" + key, attempt);
      }
    } else if (json instanceof List<?>) {
      List<Object> list = (List<Object>) json;
      for (int i = 0; i < list.size(); i += Math.max(1, list.size() - 1)) {
        Object value = list.set(i, -1);
        attempt.accept(place + "/" + i + " = -1");
        list.set(i, value);
        spoil(value, place + "/" + i, attempt);
      }
    }
  }

  private static List<SchemaSet.Violation> violations(byte[] world) {
    return new SchemaSet("dev/clouddrive/simulator/schemas").validate("world", world);
  }
}
