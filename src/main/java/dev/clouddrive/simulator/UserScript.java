package dev.clouddrive.simulator;

import dev.clouddrive.simulator.internal.world.Script;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the user of the served login, picker and save pages does without a person at the browser
 * (simulator.md section 5, {@code PUT script}). Each method answers a changed copy.
 */
public final class UserScript {
  private final String account;
  private final boolean allows;
  private final @Nullable List<String> picks;
  private final @Nullable String saveAs;
  private final boolean cancels;

  private UserScript(
      String account,
      boolean allows,
      @Nullable List<String> picks,
      @Nullable String saveAs,
      boolean cancels) {
    this.account = account;
    this.allows = allows;
    this.picks = picks;
    this.saveAs = saveAs;
    this.cancels = cancels;
  }

  /** Signs in as the account with this email, and agrees. */
  public static UserScript as(String email) {
    return new UserScript(email, true, null, null, false);
  }

  /** Refuses access on the consent page. */
  public UserScript denying() {
    return new UserScript(account, false, picks, saveAs, cancels);
  }

  /**
   * Picks these files.
   *
   * @param paths in the drive, such as {@code /Pictures/beach.jpg}, or web addresses; at least one
   * @throws IllegalArgumentException if there is none
   */
  public UserScript picking(String... paths) {
    if (paths.length == 0) {
      throw new IllegalArgumentException("name at least one file, or say cancelling()");
    }
    return new UserScript(account, allows, List.of(paths), saveAs, cancels);
  }

  /**
   * Saves under this path in the save dialog.
   *
   * @param path such as {@code /Documents/report.pdf}; a name alone is in the root
   */
  public UserScript savingAs(String path) {
    return new UserScript(account, allows, picks, path, cancels);
  }

  /** Closes the picker and the save dialog without a choice. */
  public UserScript cancelling() {
    return new UserScript(account, allows, picks, saveAs, true);
  }

  String account() {
    return account;
  }

  Script inWorld() {
    return new Script(account, allows ? "allow" : "deny", picks, saveAs, cancels);
  }
}
