package dev.clouddrive.simulator.internal.filestack.process.media;

import dev.clouddrive.simulator.internal.filestack.process.ProcessException;
import dev.clouddrive.simulator.internal.json.Json;
import dev.clouddrive.simulator.internal.json.JsonObject;
import dev.clouddrive.simulator.internal.webhook.Events;
import dev.clouddrive.simulator.internal.world.Filestack;
import dev.clouddrive.simulator.internal.world.Options;
import dev.clouddrive.simulator.internal.world.World;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Workflow jobs as SDKs run and ask for them (filestack.md 1.4.8). What a workflow's tasks are is
 * set in the portal and not emulated; each job ends after some virtual time with a clean virus scan
 * as its result.
 */
final class Workflows {
  private static final int MOST = 20;
  private static final String STARTED = "Started";

  private final World world;
  private final Events events;

  Workflows(World world, Events events) {
    this.world = world;
    this.events = events;
  }

  /** The answer to {@code run_workflow}. */
  Map<String, @Nullable Object> run(Filestack.App app, String id, List<String> sources)
      throws ProcessException {
    if (!id.matches("[A-Za-z0-9-]{1,64}")) {
      throw ProcessException.invalidParameter("id", "run_workflow");
    }
    return Json.parseObject(start(app, id, sources).body()).toMap();
  }

  /** What the answer to a store says of its workflows. */
  Map<String, @Nullable Object> runAll(Filestack.App app, List<String> ids, List<String> sources) {
    Map<String, @Nullable Object> jobs = Json.object();
    for (String id : ids.subList(0, Math.min(MOST, ids.size()))) {
      jobs.put(id, Json.object("jobid", start(app, id, sources).id()));
    }
    return jobs;
  }

  private Filestack.WorkflowJob start(Filestack.App app, String id, List<String> sources) {
    String jobId = world.ids().uuid().toString();
    Instant now = world.now();
    Filestack.WorkflowJob job =
        new Filestack.WorkflowJob(
            jobId, app.apikey(), text(body(jobId, id, sources, now, now, STARTED, false)));
    world.change(s -> s.filestack.workflowJobs.put(jobId, job));
    schedule(jobId, now);
    return job;
  }

  /** Schedules anew the ends of what is under way. */
  void resume() {
    for (Filestack.WorkflowJob job :
        world.read(s -> List.copyOf(s.filestack.workflowJobs.values()))) {
      JsonObject body = Json.parseObject(job.body());
      if (body.string("status").equals(STARTED)) {
        schedule(job.id(), body.instant("createdAt"));
      }
    }
  }

  private void schedule(String jobId, Instant startedAt) {
    long epoch = world.epoch();
    world
        .timeline()
        .schedule(
            startedAt.plus(world.option(Options.WORKFLOW_DURATION)),
            "workflow",
            jobId,
            () -> {
              Filestack.WorkflowJob job = world.read(s -> s.filestack.workflowJobs.get(jobId));
              if (job != null && world.epoch() == epoch) {
                end(job);
              }
            });
  }

  private void end(Filestack.WorkflowJob job) {
    JsonObject started = Json.parseObject(job.body());
    Map<String, @Nullable Object> body =
        body(
            job.id(),
            started.string("workflow"),
            started.strings("sources"),
            started.instant("createdAt"),
            world.now(),
            "Finished",
            true);
    Map<String, @Nullable Object> told = Json.object();
    told.putAll(body);
    told.remove("jobid");
    // Told before it is kept: a sudden end in between tells twice, rather than never.
    events.workflowEnded(job.apikey(), told);
    world.change(
        s ->
            s.filestack.workflowJobs.put(
                job.id(), new Filestack.WorkflowJob(job.id(), job.apikey(), text(body))));
  }

  private static Map<String, @Nullable Object> body(
      String jobId,
      String id,
      List<String> sources,
      Instant createdAt,
      Instant updatedAt,
      String status,
      boolean ended) {
    Object scan = Json.object("data", Json.object("infected", false, "infections_list", List.of()));
    return Json.object(
        "jobid",
        jobId,
        "workflow",
        id,
        "createdAt",
        createdAt,
        "updatedAt",
        updatedAt,
        "sources",
        sources,
        "results",
        ended ? Json.object("virus_detection_" + createdAt.toEpochMilli(), scan) : Map.of(),
        "status",
        status);
  }

  private static String text(Map<String, @Nullable Object> body) {
    return new String(Json.bytes(body), StandardCharsets.UTF_8);
  }

  /** The answer to {@code workflow_status}. */
  Map<String, @Nullable Object> status(Filestack.App app, String jobId) throws ProcessException {
    Filestack.WorkflowJob job = world.read(s -> s.filestack.workflowJobs.get(jobId));
    if (job == null || !job.apikey().equals(app.apikey())) {
      throw new ProcessException(404, "workflow job not found");
    }
    JsonObject body = Json.parseObject(job.body());
    return body.toMap();
  }
}
