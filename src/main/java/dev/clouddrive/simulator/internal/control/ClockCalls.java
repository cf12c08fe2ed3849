package dev.clouddrive.simulator.internal.control;

import dev.clouddrive.simulator.internal.http.Request;
import dev.clouddrive.simulator.internal.http.Response;
import dev.clouddrive.simulator.internal.json.Json;
import dev.clouddrive.simulator.internal.json.JsonObject;
import dev.clouddrive.simulator.internal.time.Timeline;
import dev.clouddrive.simulator.internal.world.World;
import dev.clouddrive.simulator.internal.world.WorldLoader;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The clock's control calls (simulator.md sections 2 and 5). */
final class ClockCalls {
  private final World world;

  ClockCalls(World world) {
    this.world = world;
  }

  Response get(Request request) {
    Timeline timeline = world.timeline();
    return Response.json(
        200,
        Json.object(
            "now",
            timeline.now(),
            "mode",
            timeline.mode().name().toLowerCase(Locale.ROOT),
            "speed",
            timeline.speed(),
            "pending",
            timeline.pending()));
  }

  /** {@code PUT clock}: a later time is moved to, with all that is due on the way. */
  Response set(Request request) throws IOException {
    JsonObject json = Bodies.json(request).only("now", "mode", "speed");
    Timeline timeline = world.timeline();
    Optional<Timeline.Mode> mode =
        json.optionalString("mode").map(text -> WorldLoader.modeOf(json, text));
    double speed = json.optionalDouble("speed").orElseGet(timeline::speed);
    if (!Timeline.isSpeed(speed)) {
      throw json.wrong("speed", "virtual seconds per second are above 0 and at most 1000000");
    }
    Optional<Instant> now = json.optionalInstant("now");
    try {
      now.ifPresent(timeline::advanceTo);
    } catch (DateTimeException e) {
      throw json.wrong("now", String.valueOf(e.getMessage()));
    }
    timeline.setMode(mode.orElseGet(timeline::mode), speed);
    world.touch();
    return get(request);
  }

  Response advance(Request request) throws IOException {
    JsonObject json = Bodies.json(request).only("by", "to", "next");
    Timeline timeline = world.timeline();
    Optional<Duration> by = json.optionalDuration("by");
    Optional<Instant> to = json.optionalInstant("to");
    boolean next = json.optionalBoolean("next").orElse(false);
    int given = (by.isPresent() ? 1 : 0) + (to.isPresent() ? 1 : 0) + (next ? 1 : 0);
    if (given != 1) {
      throw new ControlException(
          400, "give one of {\"by\":\"PT5M\"}, {\"to\":\"2015-10-07T22:41:05Z\"}, {\"next\":true}");
    }
    try {
      if (by.isPresent()) {
        return report(timeline.advance(by.get()));
      }
      return report(to.isPresent() ? timeline.advanceTo(to.get()) : timeline.advanceToNext());
    } catch (DateTimeException | ArithmeticException e) {
      throw new ControlException(400, "the clock can't go that far; it ends with the year 9999");
    }
  }

  Response settle(Request request) {
    return report(world.timeline().settle());
  }

  private Response report(Timeline.Report report) {
    world.touch();
    Map<String, @Nullable Object> json =
        Json.object("from", report.from(), "now", report.now(), "ran", report.ran());
    if (report.dropped() > 0) {
      json.put("dropped", report.dropped());
    }
    return Response.json(200, json);
  }
}
