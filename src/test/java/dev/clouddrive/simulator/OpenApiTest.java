package dev.clouddrive.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clouddrive.simulator.internal.json.Json;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.ParseOptions;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * The description of the control API, both ways: nothing is described that isn't there, nothing is
 * there that isn't described. Beside these tests {@link Http} holds every call of every test to it.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class OpenApiTest {
  private static final String APP = "ASimKey0000000000000Az";

  private final OpenApiContract contract = new OpenApiContract();
  private CloudDriveSimulator simulator;
  private Http http;

  @BeforeAll
  void start() {
    simulator = CloudDriveSimulator.builder().frozenAt("2015-10-07T22:41:05Z").start();
    http = new Http(simulator.baseUrl());
  }

  @AfterAll
  void stop() {
    simulator.close();
  }

  @Test
  void itIsValidOpenApi() {
    ParseOptions options = new ParseOptions();
    options.setResolve(false);
    String document = http.get("/_simulator/openapi.json").text();
    assertThat(new OpenAPIV3Parser().readContents(document, null, options).getMessages()).isEmpty();
  }

  @Test
  void itDescribesTheOperationsThatThereAre() {
    List<String> there =
        http.get("/_simulator/api/operations").list().stream()
            .filter(operation -> operation.get("role").equals("simulator"))
            .filter(operation -> !operation.get("method").equals("*"))
            .map(o -> o.get("name") + " " + o.get("method") + " " + plain(o.get("path")))
            .sorted()
            .toList();
    assertThat(
            contract.operations().stream().map(o -> o.name() + " " + o.method() + " " + o.path()))
        .containsExactlyInAnyOrderElementsOf(there);
  }

  private static String plain(Object path) {
    return path.toString().replace("...}", "}");
  }

  @Test
  void eachOperationTakesAndGivesAllThatIsDescribed() {
    get("/_simulator/health");
    get("/_simulator/ca.pem");
    get("/_simulator/openapi.json");
    get("/_simulator/schemas/world.schema.json");
    get("/_simulator/schemas/webhook/fp.upload.schema.json");
    api("GET", "operations", "");
    api("GET", "clock", "");
    api("PUT", "clock", "{\"now\":\"2015-10-08T00:00:00Z\",\"mode\":\"frozen\",\"speed\":2}");
    api("POST", "clock/advance", "{\"by\":\"PT5M\"}");
    api("POST", "clock/advance", "{\"to\":\"2015-10-08T01:00:00Z\"}");
    api("POST", "clock/advance", "{\"next\":true}");
    api("POST", "clock/settle", "");
    api("PUT", "options", "{\"export.onConflict\":\"rename\"}");
    api("GET", "options", "");
    api("PUT", "insights", "{\"insights\":[{\"file\":\"beach*\",\"sfw\":true}]}");
    api("GET", "insights", "");
    accounts();
    applications();
    flows();
    faults();
    api("GET", "journal", "");
    String world = api("GET", "world", "").text();
    api("PUT", "world", world);
    api("POST", "reset", "");
    assertThat(contract.operations().stream().map(OpenApiContract.Described::name))
        .containsExactlyInAnyOrderElementsOf(new TreeSet<>(contract.fulfilled()));
  }

  private void accounts() {
    api(
        "POST",
        "accounts",
        all(
            "NewAccount",
            Map.of(
                "email", "carol@example.com", "name", "C", "password", "p", "quotaBytes", 1000)));
    api(
        "PUT",
        "accounts/carol@example.com",
        all("AccountChange", Map.of("name", "Carol", "password", "q", "quotaBytes", 100_000)));
    api("GET", "accounts", "");
    call("PUT", "/_simulator/api/accounts/carol@example.com/files/a/b.txt", "text");
    api("GET", "accounts/carol@example.com/files/a/b.txt", "");
    call(
        "GET",
        "/_simulator/api/accounts/carol@example.com/files/a/b.txt",
        "",
        "Range",
        "bytes=0-1");
    call(
        "GET", "/_simulator/api/accounts/carol@example.com/files/a/b.txt", "", "Range", "bytes=9-");
    api("GET", "accounts/carol@example.com/files", "");
    api(
        "POST",
        "accounts/carol@example.com/generate",
        all("Generate", Map.of("folder", "/bulk", "count", 2, "size", 10, "seed", 3)));
    api("DELETE", "accounts/carol@example.com/files/a/b.txt", "");
    api(
        "POST",
        "accounts/carol@example.com/tokens",
        all(
            "TokenRequest",
            Map.of(
                "clientId",
                "amzn1.application-oa2-client.simulator",
                "scope",
                "clouddrive:write",
                "expiresIn",
                60)));
    api("DELETE", "accounts/carol@example.com/tokens", "");
    api("DELETE", "accounts/carol@example.com", "");
  }

  private void applications() {
    Map<String, Object> store =
        Map.of(
            "location", "s3", "container", "c", "path", "p/", "region", "eu", "access", "public");
    List<Object> containers = List.of(Map.of("location", "s3", "container", "c", "region", "eu"));
    api(
        "POST",
        "apps",
        all(
            "NewApp",
            Map.of(
                "apikey",
                "AnotherKey",
                "secret",
                "S",
                "security",
                false,
                "store",
                store,
                "containers",
                containers,
                "oauthApps",
                Map.of())));
    api(
        "PUT",
        "apps/AnotherKey",
        all(
            "AppChange",
            Map.of(
                "apikey",
                "AnotherKey",
                "secret",
                "T",
                "security",
                false,
                "store",
                store,
                "containers",
                containers)));
    api("GET", "apps", "");
    Http.Answer subscribed =
        api(
            "POST",
            "apps/AnotherKey/webhooks",
            all(
                "NewWebhook",
                Map.of("url", "http://127.0.0.1:9/", "event", "all", "secret", "whsec_1")));
    String webhook = subscribed.list().get(0).get("id").toString();
    api("GET", "apps/AnotherKey/webhooks", "");
    api("POST", "apps/AnotherKey/webhooks/" + webhook + "/test", "");
    api(
        "POST",
        "apps/AnotherKey/events",
        all(
            "NewEvent",
            Map.of("action", "fp.delete", "text", Map.of("url", "http://127.0.0.1/H"))));
    api("POST", "clock/settle", "");
    api("GET", "apps/AnotherKey/events", "");
    api("DELETE", "apps/AnotherKey/webhooks/" + webhook, "");
    Http.Answer page = api("GET", "deliveries?limit=1&status=pending&apikey=AnotherKey", "");
    String delivery = page.json().objects("deliveries").get(0).string("id");
    api("GET", "deliveries/" + delivery, "");
    api("POST", "deliveries/" + delivery + "/redeliver", "");
  }

  private void flows() {
    String picked =
        api(
                "POST",
                "picks",
                all(
                    "Pick",
                    Map.of(
                        "apikey",
                        APP,
                        "account",
                        "alice@example.com",
                        "source",
                        "clouddrive",
                        "paths",
                        List.of("/Pictures/beach.jpg", "/nothing.jpg"),
                        "mode",
                        "store",
                        "storeTo",
                        Map.of("location", "s3", "container", "bucket"),
                        "consent",
                        "allow")))
            .json()
            .objects("filesUploaded")
            .get(0)
            .string("handle");
    api(
        "POST",
        "exports",
        all(
            "Export",
            Map.of(
                "apikey",
                APP,
                "account",
                "bob@example.com",
                "handle",
                picked,
                "filename",
                "a.jpg",
                "folder",
                "/",
                "consent",
                "allow")));
    Http.Answer objects =
        api("GET", "objects?apikey=" + APP + "&location=s3&container=bucket&prefix=", "");
    String key = objects.json().objects("objects").get(0).string("key");
    api("GET", "apps/" + APP + "/objects/s3/bucket/" + key, "");
    http.post(
        "/multipart/start",
        "{\"apikey\":\""
            + APP
            + "\",\"filename\":\"a.txt\",\"mimetype\":\"text/plain\",\"size\":3}");
    Http.Answer uploads = api("GET", "apps/" + APP + "/uploads", "");
    String upload = uploads.json().objects("uploads").get(0).string("id");
    api("DELETE", "apps/" + APP + "/uploads/" + upload, "");
    api(
        "PUT",
        "script",
        all(
            "NewScript",
            Map.of(
                "account",
                "alice@example.com",
                "consent",
                "deny",
                "picks",
                List.of("/a"),
                "saveAs",
                "/b",
                "cancel",
                true)));
    api("GET", "script", "");
    api("DELETE", "script", "");
  }

  private void faults() {
    Map<String, Object> effects =
        Map.of(
            "status",
            503,
            "delay",
            "PT1S",
            "reset",
            true,
            "truncateAt",
            10,
            "bytesPerSecond",
            10,
            "throttle",
            Map.of("perSecond", 2),
            "duplicate",
            2,
            "reorder",
            true,
            "drop",
            true,
            "badSignature",
            true);
    assertThat(contract.properties("Effect")).hasSize(effects.size() + 1).contains("skew");
    effects.forEach(
        (effect, value) ->
            api(
                "POST",
                "faults",
                all(
                    "NewFault",
                    Map.of(
                        "on",
                        "webhook.deliver",
                        "path",
                        "/nowhere",
                        "effect",
                        Map.of(effect, value),
                        "after",
                        1,
                        "times",
                        1))));
    Http.Answer skew =
        api("POST", "faults", "{\"on\":\"webhook.deliver\",\"effect\":{\"skew\":\"PT1S\"}}");
    api("GET", "faults", "");
    api("DELETE", "faults/" + skew.json().string("id"), "");
    api("DELETE", "faults", "");
  }

  /** Every property that the component has. */
  private String all(String component, Map<String, Object> values) {
    assertThat(contract.properties(component)).containsExactlyInAnyOrderElementsOf(values.keySet());
    return Json.text(values);
  }

  private void get(String path) {
    call("GET", path, "");
  }

  private Http.Answer api(String method, String path, String body) {
    Http.Answer answer = call(method, "/_simulator/api/" + path, body);
    assertThat(answer.status()).as(method + " " + path + " " + answer.text()).isBetween(200, 299);
    return answer;
  }

  private Http.Answer call(String method, String path, String body, String... headers) {
    Http.Answer answer =
        http.call(method, path, java.net.http.HttpRequest.BodyPublishers.ofString(body), headers);
    contract.check(method, path, body.getBytes(java.nio.charset.StandardCharsets.UTF_8), answer);
    return answer;
  }
}
