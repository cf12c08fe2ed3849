package dev.clouddrive.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clouddrive.simulator.internal.http.Parameters;
import dev.clouddrive.simulator.internal.json.JsonObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Login with Amazon beyond login.feature: implicit grant, PKCE, profile, tokeninfo, rotation. */
final class LoginTest {
  private static final String CLIENT = "amzn1.application-oa2-client.simulator";
  private static final String CALLBACK = "http://127.0.0.1:9000/cb";

  private CloudDriveSimulator simulator;
  private Http http;

  @BeforeEach
  void start() {
    simulator = CloudDriveSimulator.builder().frozenAt("2015-10-07T22:41:05Z").start();
    http = new Http(simulator.baseUrl());
  }

  @AfterEach
  void stop() {
    simulator.close();
  }

  /** Signs in, agrees, and gives where the customer is sent back to. */
  private String authorize(String... more) {
    String query =
        Parameters.encode("client_id", CLIENT, "redirect_uri", CALLBACK, "state", "s 1")
            + "&"
            + Parameters.encode(more);
    http.get("/ap/oa?" + query);
    Http.Answer signedIn =
        http.post("/ap/signin?" + query, "email=alice%40example.com&password=password");
    if (signedIn.status() == 302) {
      return signedIn.header("location");
    }
    assertThat(signedIn.status()).as(signedIn.text()).isEqualTo(303);
    String session = signedIn.header("set-cookie").split(";")[0];
    Http.Answer agreed = http.post("/ap/consent?" + query, "consent=allow", "Cookie", session);
    assertThat(agreed.status()).as(agreed.text()).isEqualTo(302);
    return agreed.header("location");
  }

  private Http.Answer exchange(String location, String... more) {
    String code =
        Parameters.parse(location.substring(location.indexOf('?') + 1)).get("code").orElse("");
    return http.post(
        "/auth/o2/token",
        Parameters.encode(
                "grant_type",
                "authorization_code",
                "code",
                code,
                "redirect_uri",
                CALLBACK,
                "client_id",
                CLIENT)
            + (more.length == 0 ? "" : "&" + Parameters.encode(more)));
  }

  @Test
  void theImplicitGrantGivesAnAccessTokenInTheFragment() {
    String location = authorize("response_type", "token", "scope", "clouddrive:read_all");
    assertThat(location).startsWith(CALLBACK + "#access_token=Atza%7C");
    Parameters fragment = Parameters.parse(location.substring(location.indexOf('#') + 1));
    assertThat(fragment.get("token_type")).contains("bearer");
    assertThat(fragment.get("expires_in")).contains("3600");
    assertThat(fragment.get("state")).contains("s 1");
    assertThat(fragment.get("refresh_token")).isEmpty();
    assertThat(
            http.get(
                    "/drive/v1/account/info",
                    "Authorization",
                    "Bearer " + fragment.get("access_token").orElseThrow())
                .status())
        .isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({
    "S256, E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
    "plain, dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk",
    "'', dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
  })
  @DisplayName("7.17 PKCE: S256 (the vector of RFC 7636), plain, and plain by default")
  void pkce(String method, String challenge) {
    String verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    String[] request = {
      "response_type",
      "code",
      "scope",
      "clouddrive:read_all",
      "code_challenge",
      challenge,
      "code_challenge_method",
      method
    };
    assertThat(exchange(authorize(request), "code_verifier", verifier).status()).isEqualTo(200);
    Http.Answer wrong = exchange(authorize(request), "code_verifier", verifier + "x");
    assertThat(wrong.status()).isEqualTo(400);
    assertThat(wrong.json().string("error")).isEqualTo("invalid_grant");
    assertThat(exchange(authorize(request)).status()).isEqualTo(401);
    assertThat(exchange(authorize(request), "client_secret", "simulator-secret").status())
        .isEqualTo(400);
  }

  @Test
  @DisplayName("7.2 a wrong secret is 401 both ways and doesn't burn the code")
  void aWrongSecretDoesNotBurnTheCode() {
    String location =
        authorize(
            "response_type", "code", "scope", "clouddrive:read_all", "access_type", "offline");
    assertThat(exchange(location, "client_secret", "wrong").status()).isEqualTo(401);
    assertThat(exchange(location, "client_secret", "simulator-secret").status()).isEqualTo(200);
    assertThat(exchange(location, "client_secret", "simulator-secret").status()).isEqualTo(400);
  }

  private JsonObject tokens(String scope) {
    return http.control(
            "POST", "accounts/alice@example.com/tokens", "{\"scope\":\"" + scope + "\"}")
        .json();
  }

  @Test
  void tokenInfoTellsForWhomATokenIs() {
    String token = tokens("clouddrive:read_all").string("access_token");
    simulator.clock().advance(java.time.Duration.ofSeconds(3));
    JsonObject info =
        http.get("/auth/o2/tokeninfo?" + Parameters.encode("access_token", token)).json();
    assertThat(info.string("aud")).isEqualTo(CLIENT);
    assertThat(info.longValue("exp")).isEqualTo(3597);
    assertThat(info.longValue("iat")).isEqualTo(1444257665);
    Http.Answer unknown = http.get("/auth/o2/tokeninfo?access_token=x");
    assertThat(unknown.status()).isEqualTo(400);
    assertThat(unknown.json().string("error")).isEqualTo("invalid_token");
  }

  @Test
  void theProfileShowsWhatTheScopeGrants() {
    String whole = tokens("profile postal_code").string("access_token");
    JsonObject profile = http.get("/user/profile", "Authorization", "Bearer " + whole).json();
    assertThat(profile.string("email")).isEqualTo("alice@example.com");
    assertThat(profile.keys()).contains("user_id", "name", "postal_code");
    String id = tokens("profile:user_id").string("access_token");
    assertThat(http.get("/user/profile", "x-amz-access-token", id).json().keys())
        .containsExactly("user_id");
    String none = tokens("clouddrive:read_all").string("access_token");
    Http.Answer small = http.get("/user/profile", "Authorization", "Bearer " + none);
    assertThat(small.status()).isEqualTo(401);
    assertThat(small.json().string("error")).isEqualTo("insufficient_scope");
    assertThat(http.get("/user/profile").status()).isEqualTo(400);
  }

  @Test
  @DisplayName("7.19 refresh tokens go on working, unless they rotate")
  void refreshTokens() {
    String refresh = tokens("clouddrive:read_all").string("refresh_token");
    assertThat(refresh(refresh).json().string("refresh_token")).isEqualTo(refresh);
    http.control("PUT", "options", "{\"login.rotateRefreshTokens\":true}");
    String next = refresh(refresh).json().string("refresh_token");
    assertThat(next).isNotEqualTo(refresh);
    assertThat(refresh(refresh).json().string("error")).isEqualTo("invalid_grant");
    assertThat(refresh(next).status()).isEqualTo(200);
  }

  private Http.Answer refresh(String token) {
    return http.post(
        "/auth/o2/token",
        Parameters.encode(
            "grant_type",
            "refresh_token",
            "refresh_token",
            token,
            "client_id",
            CLIENT,
            "client_secret",
            "simulator-secret",
            "scope",
            "ignored"));
  }

  @Test
  void aCustomOauthAppIsRefusedInFilestacksWords() {
    Http.Answer answer =
        http.control(
            "POST",
            "apps",
            "{\"oauthApps\":{\"clouddrive\":{\"clientId\":\"x\",\"secret\":\"y\"}}}");
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.json().string("detail"))
        .contains("Custom OAuth applications are not available for Amazon Cloud Drive");
  }
}
