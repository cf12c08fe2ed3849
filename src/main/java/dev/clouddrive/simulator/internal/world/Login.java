package dev.clouddrive.simulator.internal.world;

import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What Login with Amazon knows (amazon-cloud-drive.md 2). Guarded by the world's lock. */
public final class Login {

  /**
   * A security profile.
   *
   * @param name the friendly name, shown on the consent page and as {@code createdBy} of nodes
   * @param redirectUris allowed return URLs; {@code *} stands for anything at the end, and a
   *     loopback URL without a port for any port
   */
  public record Client(
      String clientId, String secret, String name, List<String> redirectUris, Set<String> scopes) {
    public Client {
      redirectUris = List.copyOf(redirectUris);
      scopes = Set.copyOf(scopes);
    }
  }

  /**
   * A code that waits to be exchanged, once.
   *
   * @param challenge what the exchange has to prove (RFC 7636); null for nothing
   */
  public record AuthorizationCode(
      String value,
      String clientId,
      String redirectUri,
      String email,
      List<String> scopes,
      Instant expiresAt,
      @Nullable Challenge challenge) {
    public AuthorizationCode {
      scopes = List.copyOf(scopes);
    }
  }

  /**
   * A {@code code_challenge}.
   *
   * @param method {@code S256} or {@code plain}
   */
  public record Challenge(String value, String method) {}

  /**
   * @param refreshToken the refresh token that it was issued with; empty for one of the implicit
   *     grant
   */
  public record AccessToken(
      String value,
      String clientId,
      String email,
      List<String> scopes,
      Instant issuedAt,
      Instant expiresAt,
      String refreshToken) {
    public AccessToken {
      scopes = List.copyOf(scopes);
    }
  }

  /** Valid until it is revoked. */
  public record RefreshToken(String value, String clientId, String email, List<String> scopes) {
    public RefreshToken {
      scopes = List.copyOf(scopes);
    }
  }

  /** What a customer has agreed to. */
  public record Consent(String email, String clientId, Set<String> scopes) {
    public Consent {
      scopes = Set.copyOf(scopes);
    }
  }

  /** Old entries go first when more than this have piled up. */
  private static final int MOST = 50_000;

  public final Map<String, Client> clients = new LinkedHashMap<>();
  public final Map<String, AuthorizationCode> codes = bounded();
  public final Map<String, AccessToken> accessTokens = bounded();
  public final Map<String, RefreshToken> refreshTokens = bounded();
  public final Map<String, Consent> consents = bounded();

  /** Email by the value of the sign-in cookie. */
  public final Map<String, String> signIns = bounded();

  Login copy() {
    Login copy = new Login();
    copy.clients.putAll(clients);
    copy.codes.putAll(codes);
    copy.accessTokens.putAll(accessTokens);
    copy.refreshTokens.putAll(refreshTokens);
    copy.consents.putAll(consents);
    copy.signIns.putAll(signIns);
    return copy;
  }

  public @Nullable Consent consent(String email, String clientId) {
    return consents.get(consentKey(email, clientId));
  }

  /** Adds to what the customer has agreed to before. */
  public void agree(String email, String clientId, List<String> scopes) {
    Set<String> all = new HashSet<>(scopes);
    Consent before = consent(email, clientId);
    if (before != null) {
      all.addAll(before.scopes());
    }
    consents.put(consentKey(email, clientId), new Consent(email, clientId, all));
  }

  /** The customer takes every app off the account: tokens, codes and consents are gone. */
  public void revokeAll(String email) {
    codes.values().removeIf(code -> code.email().equals(email));
    accessTokens.values().removeIf(token -> token.email().equals(email));
    refreshTokens.values().removeIf(token -> token.email().equals(email));
    consents.values().removeIf(consent -> consent.email().equals(email));
  }

  private static String consentKey(String email, String clientId) {
    return email + " " + clientId;
  }

  static <V> Map<String, V> bounded() {
    return bounded(MOST);
  }

  /** A map that forgets its oldest entries when it has more than so many. */
  static <V> Map<String, V> bounded(int most) {
    return new LinkedHashMap<>() {
      private static final long serialVersionUID = 1;

      @Override
      protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
        return size() > most;
      }
    };
  }
}
