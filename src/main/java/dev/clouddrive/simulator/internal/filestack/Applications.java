package dev.clouddrive.simulator.internal.filestack;

import dev.clouddrive.simulator.internal.world.Filestack;
import dev.clouddrive.simulator.internal.world.World;
import java.util.Optional;

/** Finds applications by their key. */
public final class Applications {
  /** The vendor's words for a key that is missing or unknown (filestack-files.md 8.2). */
  public static final String INVALID = "Invalid Application";

  private final World world;

  public Applications(World world) {
    this.world = world;
  }

  public Optional<Filestack.App> byKey(String apikey) {
    return world.read(s -> Optional.ofNullable(s.filestack.apps.get(apikey)));
  }

  /** That of a file. */
  public Filestack.App of(Filestack.FileLink file) {
    return byKey(file.apikey()).orElseThrow();
  }
}
