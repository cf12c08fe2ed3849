package dev.clouddrive.simulator.internal.world;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the user of the served pages does by themselves (simulator.md section 5, {@code PUT
 * script}).
 *
 * @param account email of whom the login page signs in
 * @param consent {@code allow} or {@code deny}
 * @param picks paths in the drive, or web addresses, that the picker takes; null leaves it to a
 *     person
 * @param saveAs path under which the save dialog saves; null leaves it to a person
 * @param cancel whether the dialogs are closed without a choice
 */
public record Script(
    String account,
    String consent,
    @Nullable List<String> picks,
    @Nullable String saveAs,
    boolean cancel) {
  public Script {
    picks = picks == null ? null : List.copyOf(picks);
  }

  public boolean allows() {
    return consent.equals("allow");
  }

  /** The script in force; empty while a person uses the pages. */
  public static Optional<Script> of(World world) {
    return world.read(s -> Optional.ofNullable(s.script));
  }
}
