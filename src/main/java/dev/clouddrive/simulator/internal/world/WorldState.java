package dev.clouddrive.simulator.internal.world;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** All that a world holds besides its clock and ids. Guarded by the world's lock. */
public final class WorldState {

  /** An account and its drive. */
  public record Holder(Account account, Drive drive) {}

  public final Map<String, Holder> accounts = new LinkedHashMap<>();

  /**
   * A pre-authenticated link to a file's content.
   *
   * @param email whose drive it is in
   */
  public record TempLink(String token, String email, String nodeId, Instant expiresAt) {}

  public final Map<String, TempLink> tempLinks = Login.bounded();
  public final Login login;
  public final Filestack filestack;
  public final Webhooks webhooks;
  public String profile = "classic";
  public Options options = Options.ofProfile("classic");

  /** Null while a person uses the pages. */
  public @Nullable Script script;

  WorldState() {
    this(new Login(), new Filestack(), new Webhooks());
  }

  private WorldState(Login login, Filestack filestack, Webhooks webhooks) {
    this.login = login;
    this.filestack = filestack;
    this.webhooks = webhooks;
  }

  WorldState copy() {
    WorldState copy = new WorldState(login.copy(), filestack.copy(), webhooks.copy());
    accounts.forEach(
        (email, holder) ->
            copy.accounts.put(email, new Holder(holder.account(), holder.drive().copy())));
    copy.tempLinks.putAll(tempLinks);
    copy.profile = profile;
    copy.options = options;
    copy.script = script;
    return copy;
  }

  public Optional<Holder> account(String email) {
    return Optional.ofNullable(accounts.get(email));
  }
}
