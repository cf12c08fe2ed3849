package dev.clouddrive.simulator.internal.filestack.upload;

import dev.clouddrive.simulator.internal.world.Filestack;
import dev.clouddrive.simulator.internal.world.Options;
import dev.clouddrive.simulator.internal.world.World;
import dev.clouddrive.simulator.internal.world.WorldState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The uploads that are under way. One that isn't completed in time is gone, with its parts. */
public final class Uploads {
  /** So many at the most; the oldest goes first. */
  private static final int MOST = 1_000;

  private final World world;

  public Uploads(World world) {
    this.world = world;
  }

  /** Those of an application, oldest first. */
  public List<Filestack.Upload> of(String apikey) {
    return world.read(
        s ->
            s.filestack.uploads.values().stream()
                .filter(upload -> upload.apikey().equals(apikey) && isAlive(s, upload))
                .toList());
  }

  /** One that is under way. */
  public Optional<Filestack.Upload> find(String id) {
    return world.read(
        s -> Optional.ofNullable(s.filestack.uploads.get(id)).filter(u -> isAlive(s, u)));
  }

  private boolean isAlive(WorldState state, Filestack.Upload upload) {
    Instant end = upload.startedAt().plus(state.options.get(Options.UPLOAD_EXPIRY));
    return world.now().isBefore(end);
  }

  /** Begins one. */
  public void add(Filestack.Upload upload) {
    world.change(
        s -> {
          List<String> gone = new ArrayList<>();
          s.filestack.uploads.values().stream()
              .filter(u -> !isAlive(s, u))
              .forEach(u -> gone.add(u.id()));
          if (s.filestack.uploads.size() - gone.size() >= MOST) {
            gone.add(s.filestack.uploads.keySet().iterator().next());
          }
          gone.forEach(id -> remove(s, id));
          s.filestack.uploads.put(upload.id(), upload);
          return null;
        });
  }

  private static void remove(WorldState state, String id) {
    state.filestack.uploads.remove(id);
    state.filestack.partsOf(id).clear();
  }

  /** Forgets an upload that is complete; false if it was forgotten before. */
  public boolean end(String id) {
    return world.change(
        s -> {
          boolean there = s.filestack.uploads.containsKey(id);
          remove(s, id);
          return there;
        });
  }

  /** Ends an upload; without effect on one that is complete. */
  public boolean abort(String apikey, String id) {
    return world.change(
        s -> {
          Filestack.Upload upload = s.filestack.uploads.get(id);
          boolean running =
              upload != null
                  && upload.apikey().equals(apikey)
                  && upload.handle() == null
                  && isAlive(s, upload);
          if (running) {
            remove(s, id);
          }
          return running;
        });
  }
}
