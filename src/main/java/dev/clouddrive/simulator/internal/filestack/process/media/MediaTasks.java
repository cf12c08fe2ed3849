package dev.clouddrive.simulator.internal.filestack.process.media;

import dev.clouddrive.simulator.internal.filestack.FileUrls;
import dev.clouddrive.simulator.internal.filestack.file.FileApi;
import dev.clouddrive.simulator.internal.filestack.file.FileStore;
import dev.clouddrive.simulator.internal.filestack.process.Chain;
import dev.clouddrive.simulator.internal.filestack.process.Origin;
import dev.clouddrive.simulator.internal.filestack.process.ProcessException;
import dev.clouddrive.simulator.internal.filestack.process.SpecialTasks;
import dev.clouddrive.simulator.internal.filestack.process.Task;
import dev.clouddrive.simulator.internal.filestack.process.Value;
import dev.clouddrive.simulator.internal.http.Html;
import dev.clouddrive.simulator.internal.http.Request;
import dev.clouddrive.simulator.internal.http.Response;
import dev.clouddrive.simulator.internal.webhook.Events;
import dev.clouddrive.simulator.internal.world.Filestack;
import dev.clouddrive.simulator.internal.world.World;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Tasks that start a job, tell of one, or show a file: audio and video, workflows, previews. */
public final class MediaTasks implements SpecialTasks, AutoCloseable {
  private final FileApi files;
  private final VideoJobs videos;
  private final Workflows workflows;

  public MediaTasks(World world, Events events, FileStore store, FileApi files) {
    this.files = files;
    this.videos = new VideoJobs(world, events, store);
    this.workflows = new Workflows(world, events);
  }

  /** Schedules anew what is under way. */
  public void resume() {
    videos.resume();
    workflows.resume();
  }

  @Override
  public Optional<Response> answer(
      Request request, Chain chain, List<Origin> origins, FileUrls urls) throws IOException {
    for (Task task : chain.conversions()) {
      switch (task.type()) {
        case VIDEO_CONVERT -> {
          requireAlone(chain, task);
          return Optional.of(Response.json(200, videos.ask(task, origins.get(0), urls)));
        }
        case RUN_WORKFLOW -> {
          requireAlone(chain, task);
          return Optional.of(
              Response.json(
                  200, workflows.run(origins.get(0).app(), task.text("id", ""), handles(origins))));
        }
        case WORKFLOW_STATUS -> {
          requireAlone(chain, task);
          return Optional.of(
              Response.json(200, workflows.status(origins.get(0).app(), task.text("job_id", ""))));
        }
        case METADATA -> {
          requireAlone(chain, task);
          return Optional.of(metadata(task, origins.get(0)));
        }
        case PREVIEW -> {
          requireAlone(chain, task);
          return Optional.of(preview(task, origins.get(0), urls));
        }
        default -> {
          // The engines' tasks.
        }
      }
    }
    return Optional.empty();
  }

  private static void requireAlone(Chain chain, Task task) throws ProcessException {
    if (chain.conversions().size() > 1 || chain.store().isPresent()) {
      throw new ProcessException(400, "the `" + task.name() + "` task takes no other task");
    }
  }

  private static List<String> handles(List<Origin> origins) {
    return origins.stream()
        .map(
            origin -> origin.file() == null ? String.valueOf(origin.url()) : origin.file().handle())
        .toList();
  }

  private Response metadata(Task task, Origin origin) throws IOException {
    if (origin.file() == null) {
      return Response.json(
          200,
          Map.of(
              "filename",
              origin.content().filename(),
              "mimetype",
              origin.content().mimetype(),
              "size",
              origin.content().size()));
    }
    List<String> names = task.items("names").stream().map(Value::toString).toList();
    return Response.json(200, files.facts(origin.file(), origin.content(), names));
  }

  /** A page that shows the file, with a style sheet of the caller's if there is one. */
  private static Response preview(Task task, Origin origin, FileUrls urls) {
    String url =
        origin.file() == null ? String.valueOf(origin.url()) : urls.cdn(origin.file().handle());
    String mimetype = origin.content().mimetype();
    String name = Html.escape(origin.content().filename());
    String source = Html.escape(url);
    String shown =
        mimetype.startsWith("image/")
            ? "<img src=\"" + source + "\" alt=\"" + name + "\">"
            : mimetype.startsWith("video/")
                ? "<video controls src=\"" + source + "\"></video>"
                : mimetype.startsWith("audio/")
                    ? "<audio controls src=\"" + source + "\"></audio>"
                    : "<iframe title=\"" + name + "\" src=\"" + source + "\"></iframe>";
    String style =
        task.text("css")
            .filter(css -> css.startsWith("http://") || css.startsWith("https://"))
            .map(css -> "<link rel=\"stylesheet\" href=\"" + Html.escape(css) + "\">")
            .orElse("");
    return Response.html(
        200,
        "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>"
            + name
            + "</title>"
            + style
            + "</head><body>"
            + shown
            + "</body></html>\n");
  }

  @Override
  public Map<String, @Nullable Object> runWorkflows(
      Filestack.App app, List<String> ids, List<Filestack.FileLink> stored) {
    return workflows.runAll(app, ids, stored.stream().map(Filestack.FileLink::handle).toList());
  }

  @Override
  public void close() {
    videos.close();
  }
}
