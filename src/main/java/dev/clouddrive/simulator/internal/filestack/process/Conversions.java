package dev.clouddrive.simulator.internal.filestack.process;

import dev.clouddrive.simulator.internal.blob.Blob;
import dev.clouddrive.simulator.internal.filestack.Cloud;
import dev.clouddrive.simulator.internal.filestack.FileUrls;
import dev.clouddrive.simulator.internal.filestack.file.FileContent;
import dev.clouddrive.simulator.internal.webhook.Events;
import dev.clouddrive.simulator.internal.world.Filestack;
import dev.clouddrive.simulator.internal.world.Insight;
import dev.clouddrive.simulator.internal.world.Options;
import dev.clouddrive.simulator.internal.world.World;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Computes conversions, each once as long as the sources' bytes are the same and the cache holds
 * it, and tells of every computed one by webhook (filestack-files.md 3.3, 5.6).
 */
public final class Conversions {
  /** The temporary life of what isn't stored (filestack-files.md 9.2). */
  private static final Duration LIFE = Duration.ofDays(30);

  private static final Logger LOG = LoggerFactory.getLogger(Conversions.class);

  private final World world;
  private final Events events;
  private final Map<String, Cloud> clouds;
  private final List<Engine> engines;
  private final Map<String, Computation> underWay = new ConcurrentHashMap<>();

  /** Results that were computed and not told of yet. */
  private final Set<String> untold = ConcurrentHashMap.newKeySet();

  /**
   * @param engines in the order in which they are asked
   */
  public Conversions(World world, Events events, Map<String, Cloud> clouds, List<Engine> engines) {
    this.world = world;
    this.events = events;
    this.clouds = Map.copyOf(clouds);
    this.engines = List.copyOf(engines);
  }

  /**
   * A result.
   *
   * @param tell tells of it by webhook, where there is something to tell
   */
  record Outcome(FileContent content, Runnable tell) {}

  Outcome convert(List<Origin> origins, Chain chain, Workbench.Files files, FileUrls urls)
      throws IOException {
    List<Task> tasks = chain.conversions();
    Origin first = origins.get(0);
    String key =
        String.join(" ", origins.stream().map(Origin::cacheKey).toList())
            + " "
            + String.join("/", tasks.stream().map(Task::canonical).toList());
    Computation own = new Computation();
    Computation running = chain.isUncached() ? own : underWay.computeIfAbsent(key, k -> own);
    if (running != own) {
      // Somebody computes the same at this moment, and tells of it.
      return new Outcome(content(running.await()), () -> {});
    }
    try {
      Filestack.Conversion known = chain.isUncached() ? null : cached(key, chain);
      Filestack.Conversion result =
          known != null ? known : compute(key, origins, chain, files, urls);
      own.done.complete(result);
      if (known == null) {
        untold.add(key);
      }
      return new Outcome(
          content(result),
          () -> {
            // Where the chain that computed it has failed later, the next one tells of it.
            if (untold.remove(key) || world.option(Options.FIRE_ON_CACHE_HIT)) {
              tell(first, tasks, chain, urls);
            }
          });
    } catch (IOException | RuntimeException | Error e) {
      own.done.completeExceptionally(e);
      throw e;
    } finally {
      underWay.remove(key, own);
    }
  }

  /** A conversion that is being computed. */
  private static final class Computation {
    private final CompletableFuture<Filestack.Conversion> done = new CompletableFuture<>();

    Filestack.Conversion await() throws IOException {
      try {
        return done.get();
      } catch (ExecutionException e) {
        if (e.getCause() instanceof ProcessException p) {
          throw new ProcessException(p.status(), String.valueOf(p.getMessage()));
        }
        throw ProcessException.provider("Processing failed").at(0);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw ProcessException.provider("Processing timeout").at(0);
      }
    }
  }

  private static FileContent content(Filestack.Conversion result) {
    Blob blob = result.blob();
    return new FileContent(
        result.filename(),
        result.mimetype(),
        blob.size(),
        blob.etag(),
        result.computedAt(),
        result.standIn(),
        blob::body);
  }

  private Filestack.@Nullable Conversion cached(String key, Chain chain) {
    Filestack.Conversion known = world.read(s -> s.filestack.conversions.get(key));
    if (known == null) {
      return null;
    }
    Duration life =
        chain.expiry().isPresent() ? Duration.ofSeconds(chain.expiry().getAsInt()) : LIFE;
    Instant end = known.computedAt().plus(life);
    return world.now().isBefore(end) ? known : null;
  }

  /** What the world says of files of that name. */
  private Insight insight(String filename) {
    return world.read(
        s ->
            s.filestack.insights.stream()
                .filter(insight -> insight.isAbout(filename))
                .findFirst()
                .orElse(Insight.NONE));
  }

  /** Plain archives aren't conversions to the webhook (filestack-files.md 5.6). */
  private void tell(Origin origin, List<Task> tasks, Chain chain, FileUrls urls) {
    boolean told =
        tasks.stream()
            .anyMatch(
                task ->
                    task.type() != TaskType.ZIP
                        && task.type() != TaskType.CONTENT
                        && task.type() != TaskType.VIDEO_PLAYLIST);
    if (told && origin.file() != null) {
      events.converted(
          chain.shown(),
          origin.file(),
          origin.content().size(),
          urls.of(origin.file().handle()),
          cloudRoot(origin.file()));
    }
  }

  private Filestack.Conversion compute(
      String key, List<Origin> origins, Chain chain, Workbench.Files files, FileUrls urls)
      throws IOException {
    List<Task> tasks = chain.conversions();
    String base = urls.cdnBase() + chain.apikey().map(k -> "/" + k).orElse("") + "/";
    String source = "/" + chain.sources().get(0).shown();
    FileContent first = origins.get(0).content();
    try (Workbench bench =
        new Workbench(
            world.blobs(),
            origins.stream().map(Origin::content).toList(),
            files,
            insight(first.filename()),
            world.option(Options.CONVERSION_STAND_INS),
            others -> base + others + source)) {
      Artifact artifact = new SourceFile(first);
      boolean standIn = false;
      for (int i = 0; i < tasks.size(); i++) {
        artifact = step(tasks.get(i), artifact, bench, i);
        standIn |= artifact instanceof MadeFile made && made.standIn();
      }
      Artifact.Rendered made = rendered(artifact, bench, tasks.size() - 1);
      Filestack.Conversion result =
          new Filestack.Conversion(
              key, made.blob(), made.mimetype(), made.filename(), standIn, world.now());
      if (!chain.isUncached()) {
        world.change(s -> s.filestack.conversions.put(key, result));
      }
      return result;
    }
  }

  private static Artifact.Rendered rendered(Artifact artifact, Workbench bench, int index)
      throws IOException {
    try {
      return artifact.render(bench);
    } catch (ProcessException e) {
      throw e.at(index);
    } catch (RuntimeException e) {
      LOG.warn("a conversion failed", e);
      throw ProcessException.provider("Processing failed").at(index);
    } catch (OutOfMemoryError e) {
      throw ProcessException.provider("Output size limit exceeded").at(index);
    }
  }

  private Artifact step(Task task, Artifact artifact, Workbench bench, int index)
      throws IOException {
    try {
      bench.checkTime();
      for (Engine engine : engines) {
        if (engine.does(task, artifact)) {
          return engine.apply(task, artifact, bench);
        }
      }
      throw ProcessException.unsupported(artifact.mimetype());
    } catch (ProcessException e) {
      throw e.at(index);
    } catch (RuntimeException e) {
      LOG.warn("a conversion failed", e);
      throw ProcessException.provider("Processing failed").at(index);
    } catch (OutOfMemoryError e) {
      throw ProcessException.provider("Output size limit exceeded").at(index);
    }
  }

  private String cloudRoot(Filestack.FileLink file) {
    if (!(file.source() instanceof Filestack.Symlink link)) {
      return "";
    }
    Cloud cloud = clouds.get(link.cloud());
    return cloud == null ? "" : cloud.root();
  }
}
