package dev.clouddrive.simulator.internal.assembly;

import dev.clouddrive.simulator.internal.fault.Effect;
import dev.clouddrive.simulator.internal.fault.Faults;
import dev.clouddrive.simulator.internal.http.Interceptor;
import dev.clouddrive.simulator.internal.http.Operation;
import dev.clouddrive.simulator.internal.http.PercentCoding;
import dev.clouddrive.simulator.internal.http.Request;
import dev.clouddrive.simulator.internal.http.Transmission;
import dev.clouddrive.simulator.internal.world.Filestack;
import dev.clouddrive.simulator.internal.world.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** Lets the faults that are set fall on calls. The control API is spared. */
final class FaultInterceptor implements Interceptor {
  private final Faults faults;
  private final World world;

  FaultInterceptor(Faults faults, World world) {
    this.faults = faults;
    this.world = world;
  }

  @Override
  public Verdict judge(Operation operation, Request request) {
    if (operation.role().hosts().isEmpty()) {
      return Interceptor.NONE.judge(operation, request);
    }
    Optional<Integer> status = Optional.empty();
    Transmission transmission = Transmission.SOUND;
    for (Effect effect : faults.on(operation.name(), () -> paths(request))) {
      if (effect instanceof Effect.Status s) {
        status = Optional.of(s.status());
      } else if (effect instanceof Effect.Delay d) {
        await(d.delay());
      } else if (effect instanceof Effect.Reset) {
        transmission = transmission.withReset();
      } else if (effect instanceof Effect.Truncate t) {
        transmission = transmission.withTruncateAt(t.at());
      } else if (effect instanceof Effect.Slow s) {
        transmission = transmission.withBytesPerSecond(s.bytesPerSecond());
      }
    }
    return new Verdict(status, transmission);
  }

  /** A fault's delay is wall time, and only of the call that it falls on. */
  private static void await(Duration delay) {
    long end = System.nanoTime() + delay.toNanos();
    for (long left = delay.toNanos(); left > 0; left = end - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }

  /** What a call is about: its own path, and that of the node or file that it names. */
  private List<String> paths(Request request) {
    List<String> paths = new ArrayList<>();
    paths.add(PercentCoding.decode(request.rawPath()));
    request.optionalVariable("id").ifPresent(id -> paths.addAll(nodePaths(id)));
    request.optionalVariable("handle").flatMap(this::filePath).ifPresent(paths::add);
    request
        .optionalVariable("path")
        .map(path -> path.substring(path.lastIndexOf('/') + 1))
        .flatMap(this::filePath)
        .ifPresent(paths::add);
    return paths;
  }

  private List<String> nodePaths(String id) {
    return world.read(
        s ->
            s.accounts.values().stream()
                .flatMap(holder -> holder.drive().get(id).map(holder.drive()::pathOf).stream())
                .toList());
  }

  private Optional<String> filePath(String handle) {
    return world.read(
        s ->
            Optional.ofNullable(s.filestack.files.get(handle))
                .map(
                    file ->
                        file.source() instanceof Filestack.Symlink link
                            ? link.path()
                            : "/" + file.filename()));
  }
}
