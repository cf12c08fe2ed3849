package dev.clouddrive.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clouddrive.simulator.internal.json.JsonObject;
import java.net.URI;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Pages that act by themselves ({@code PUT script}, simulator.md section 5). */
final class ScriptTest {
  private static final String SCRIPT = "/_simulator/api/script";
  private static final String AUTHORIZE =
      "/ap/oa?client_id=amzn1.application-oa2-client.simulator&scope=clouddrive%3Aread_all"
          + "&response_type=code&redirect_uri=http%3A%2F%2F127.0.0.1%2Fback&state=s1";

  private static CloudDriveSimulator simulator;
  private static Http http;

  @BeforeAll
  static void start() {
    simulator = CloudDriveSimulator.start();
    http = new Http(simulator.baseUrl());
  }

  @AfterAll
  static void stop() {
    simulator.close();
  }

  @BeforeEach
  void reset() {
    simulator.reset();
  }

  private static Http.Answer put(String json) {
    return http.put(SCRIPT, json, "Content-Type", "application/json");
  }

  @Test
  void aScriptIsKeptUntilItIsTakenAway() {
    assertThat(http.get(SCRIPT).status()).isEqualTo(404);
    put("{\"account\":\"alice@example.com\",\"picks\":[\"/Pictures/beach.jpg\"]}");
    for (String path : new String[] {SCRIPT, "/picker/4.5.2/script.json", "/dialog/script.json"}) {
      JsonObject script = http.get(path).json();
      assertThat(script.string("account")).isEqualTo("alice@example.com");
      assertThat(script.string("consent")).isEqualTo("allow");
      assertThat(script.strings("picks")).containsExactly("/Pictures/beach.jpg");
    }
    assertThat(http.delete(SCRIPT).status()).isEqualTo(204);
    assertThat(http.get("/picker/4.5.2/script.json").text()).isEqualTo("{}");
    put("{\"account\":\"alice@example.com\"}");
    simulator.reset();
    assertThat(http.get(SCRIPT).status()).isEqualTo(404);
  }

  @Test
  void whatCanNotBeIsToldWithTheMend() {
    assertThat(put("{\"account\":\"alise@example.com\"}").text())
        .contains("did you mean \\\"alice@example.com\\\"?");
    assertThat(put("{\"account\":\"alice@example.com\",\"picks\":[]}").text())
        .contains("write \\\"cancel\\\": true");
    assertThat(put("{\"account\":\"alice@example.com\",\"picks\":[\"beach.jpg\"]}").text())
        .contains("neither a path");
    assertThat(put("{\"account\":\"alice@example.com\",\"consent\":\"maybe\"}").text())
        .contains("neither allow nor deny");
    assertThat(put("{\"account\":\"alice@example.com\",\"saveAs\":\"/a/\"}").text())
        .contains("name a file");
  }

  @Test
  void aTestInTheSameJvmWritesScriptsToo() {
    simulator.script(
        UserScript.as("bob@example.com").denying().picking("/a.txt").savingAs("/b.txt"));
    assertThat(http.get(SCRIPT).json().toMap())
        .containsEntry("account", "bob@example.com")
        .containsEntry("consent", "deny")
        .containsEntry("saveAs", "/b.txt")
        .containsEntry("cancel", false);
    simulator.clearScript();
    assertThat(http.get(SCRIPT).status()).isEqualTo(404);
  }

  @Test
  void theLoginGoesOnByItself() {
    put("{\"account\":\"alice@example.com\"}");
    Http.Answer answer = http.get(AUTHORIZE);
    assertThat(answer.status()).isEqualTo(302);
    assertThat(URI.create(answer.header("Location")).getQuery())
        .contains("code=")
        .contains("state=s1");
  }

  @Test
  void accessIsRefusedByItself() {
    put("{\"account\":\"alice@example.com\",\"consent\":\"deny\"}");
    assertThat(http.get(AUTHORIZE).header("Location")).contains("error=access_denied");
  }

  @Test
  void aPickOfTheControlApiIsItsOwnUsers() {
    put("{\"account\":\"alice@example.com\",\"consent\":\"deny\"}");
    simulator.account("bob@example.com").put("/bobs.txt", "bob's");
    PickResult picked = simulator.app().pick(simulator.account("bob@example.com"), "/bobs.txt");
    assertThat(picked.filesFailed()).isEmpty();
    assertThat(picked.file().filename()).isEqualTo("bobs.txt");
  }

  @Test
  void somebodyElseSignsIn() {
    Http.Answer signedIn =
        http.post(
            AUTHORIZE.replace("/ap/oa", "/ap/signin"),
            "email=alice%40example.com&password=password",
            "Content-Type",
            "application/x-www-form-urlencoded");
    String cookie = signedIn.header("Set-Cookie").split(";")[0];
    assertThat(http.get(AUTHORIZE, "Cookie", cookie).text())
        .contains("alice@example.com", "Not you?");
    Http.Answer out = http.post(AUTHORIZE.replace("/ap/oa", "/ap/signout"), "", "Cookie", cookie);
    assertThat(out.header("Location")).isEqualTo(AUTHORIZE);
    assertThat(http.get(AUTHORIZE, "Cookie", cookie).text()).contains("<h1>Sign in</h1>");
  }
}
