package dev.clouddrive.simulator.internal.filestack.process.media;

import dev.clouddrive.simulator.internal.blob.Blob;
import dev.clouddrive.simulator.internal.filestack.FileUrls;
import dev.clouddrive.simulator.internal.filestack.file.FileStore;
import dev.clouddrive.simulator.internal.filestack.file.Storages;
import dev.clouddrive.simulator.internal.filestack.file.StoreOptions;
import dev.clouddrive.simulator.internal.filestack.process.MadeFile;
import dev.clouddrive.simulator.internal.filestack.process.Origin;
import dev.clouddrive.simulator.internal.filestack.process.ProcessException;
import dev.clouddrive.simulator.internal.filestack.process.Task;
import dev.clouddrive.simulator.internal.filestack.security.Grant;
import dev.clouddrive.simulator.internal.filestack.security.RefusedException;
import dev.clouddrive.simulator.internal.json.Json;
import dev.clouddrive.simulator.internal.webhook.Events;
import dev.clouddrive.simulator.internal.world.Filestack;
import dev.clouddrive.simulator.internal.world.Options;
import dev.clouddrive.simulator.internal.world.World;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Conversions of audio and video (filestack-files.md 5.7). A job is one application's, source's and
 * set of arguments'; asking again tells how far it is. The work begins at once, in the background;
 * when it is done is a matter of the virtual clock.
 */
final class VideoJobs implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(VideoJobs.class);

  /** Wall time for the work that is due to end. */
  private static final long PATIENCE_SECONDS = 330;

  private static final DateTimeFormatter CREATED =
      DateTimeFormatter.ofPattern("yyyy/MM/dd HH:mm:ss Z").withZone(ZoneOffset.UTC);

  private final World world;
  private final Events events;
  private final FileStore store;
  private @Nullable ExecutorService workers;

  VideoJobs(World world, Events events, FileStore store) {
    this.world = world;
    this.events = events;
    this.store = store;
  }

  /** Starts a job, or tells of the one that there is. */
  Map<String, @Nullable Object> ask(Task task, Origin origin, FileUrls urls) throws IOException {
    String key = origin.app().apikey() + " " + origin.cacheKey() + " " + identity(task);
    Filestack.VideoJob known = world.read(s -> s.filestack.videoJobs.get(key));
    if (known != null && !task.flag("force", false)) {
      return known.body() != null
          ? Json.parseObject(known.body()).toMap()
          : answer("pending", known.uuid(), known.startedAt());
    }
    if (!origin.content().mimetype().matches("(audio|video)/.*|application/(ogg|mp4)")) {
      throw ProcessException.unsupported(origin.content().mimetype()).at0();
    }
    for (String unsupported : List.of("audio_codec", "watermark_url")) {
      if (task.has(unsupported)) {
        throw ProcessException.provider("the parameter " + unsupported + " is not supported").at0();
      }
    }
    Filestack.Storage storage = storage(task, origin);
    Optional<Transcoder> transcoder = Transcoder.find(world.blobs());
    boolean standIns = world.option(Options.CONVERSION_STAND_INS);
    if (transcoder.isEmpty() && !standIns) {
      throw ProcessException.provider(
              "video_convert needs ffmpeg, which isn't installed here: apt-get install ffmpeg, or"
                  + " set the option conversion.standIns")
          .at0();
    }
    Blob source = world.blobs().store(origin.content().body());
    Instant now = world.now();
    Filestack.VideoJob job =
        new Filestack.VideoJob(key, world.ids().hex(32), origin.app().apikey(), now, null);
    world.change(s -> s.filestack.videoJobs.put(key, job));
    Future<Transcoder.Made> made =
        workers()
            .submit(
                () -> transcoder.isPresent() ? transcoder.get().run(source, task) : standIn(task));
    schedule(job, new Work(task, origin, storage, urls, made));
    return answer("started", job.uuid(), now);
  }

  private static String identity(Task task) {
    return task.arguments().entrySet().stream()
        .filter(argument -> !argument.getKey().equals("force"))
        .sorted(Map.Entry.comparingByKey())
        .map(argument -> argument.getKey() + ":" + argument.getValue())
        .toList()
        .toString();
  }

  private synchronized ExecutorService workers() {
    ExecutorService existing = workers;
    if (existing == null) {
      existing =
          Executors.newFixedThreadPool(
              2,
              runnable -> {
                Thread thread = new Thread(runnable, "clouddrive-video");
                thread.setDaemon(true);
                return thread;
              });
      workers = existing;
    }
    return existing;
  }

  private static Map<String, @Nullable Object> answer(String status, String uuid, Instant at) {
    return Json.object(
        "data",
        Map.of(),
        "status",
        status,
        "timestamp",
        Long.toString(at.getEpochSecond()),
        "uuid",
        uuid);
  }

  private Transcoder.Made standIn(Task task) throws IOException {
    Preset preset = Preset.of(task.text("preset", "h264"));
    String resource = "dev/clouddrive/simulator/stand-ins/stand-in." + preset.extension();
    try (InputStream in = VideoJobs.class.getClassLoader().getResourceAsStream(resource)) {
      if (in == null) {
        throw ProcessException.provider("there is no stand-in of the preset");
      }
      Blob blob = world.blobs().of(in.readAllBytes());
      return new Transcoder.Made(
          blob, null, null, Map.of(), Json.object("file_size", blob.size(), "stand_in", true));
    }
  }

  /** What a job does, and what it is for. */
  private record Work(
      Task task,
      Origin origin,
      Filestack.Storage storage,
      FileUrls urls,
      Future<Transcoder.Made> made) {}

  /** Schedules anew the ends of what is under way; their work went with another process. */
  void resume() {
    world.read(s -> List.copyOf(s.filestack.videoJobs.values())).stream()
        .filter(job -> job.body() == null)
        .forEach(job -> schedule(job, null));
  }

  /**
   * @param work null if nobody does it any more
   */
  private void schedule(Filestack.VideoJob job, @Nullable Work work) {
    long epoch = world.epoch();
    world
        .timeline()
        .schedule(
            job.startedAt().plus(world.option(Options.VIDEO_DURATION)),
            "video-conversion",
            job.uuid(),
            () -> end(job, work, epoch));
  }

  /** On the timeline: the job's end, and what tells of it. */
  private void end(Filestack.VideoJob job, @Nullable Work work, long epoch) {
    Transcoder.Made made = null;
    String problem = "Processing failed";
    try {
      made = work == null ? null : work.made().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      problem = String.valueOf(e.getCause().getMessage());
    } catch (TimeoutException e) {
      work.made().cancel(true);
      problem = "Processing timeout";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return;
    }
    if (world.epoch() != epoch) {
      return;
    }
    Map<String, @Nullable Object> body =
        work == null || made == null ? failed(job, problem) : completed(job, work, made);
    // Told before it is kept: a sudden end in between tells twice, rather than never.
    events.videoConverted(job.apikey(), body);
    String text = new String(Json.bytes(body), StandardCharsets.UTF_8);
    world.change(
        s ->
            s.filestack.videoJobs.computeIfPresent(
                job.key(), (k, j) -> j.uuid().equals(job.uuid()) ? j.ended(text) : j));
  }

  private Map<String, @Nullable Object> failed(Filestack.VideoJob job, String message) {
    Map<String, @Nullable Object> body = answer("failed", job.uuid(), world.now());
    body.put("message", message);
    return body;
  }

  private Map<String, @Nullable Object> completed(
      Filestack.VideoJob job, Work work, Transcoder.Made made) {
    try {
      return stored(job, work, made);
    } catch (IOException e) {
      LOG.debug("a video conversion could not be stored", e);
      return failed(job, "Processing failed");
    }
  }

  private Map<String, @Nullable Object> stored(
      Filestack.VideoJob job, Work work, Transcoder.Made made) throws IOException {
    Task task = work.task();
    Origin origin = work.origin();
    FileUrls urls = work.urls();
    Preset preset = Preset.of(task.text("preset", "h264"));
    String extension =
        task.text("extname").map(e -> e.replaceFirst("^\\.", "")).orElse(preset.extension());
    String name =
        task.text("filename")
            .orElseGet(() -> MadeFile.renamed(origin.content().filename(), extension));
    Blob result = made.result();
    if (made.segments() != null) {
      String segments =
          stored(origin, origin.app().store(), "segments.ts", "video/mp2t", made.segments());
      result = withSegments(result, urls.cdn(segments));
    }
    String handle = stored(origin, work.storage(), name, preset.mimetype(), result);
    Map<String, @Nullable Object> data = Json.object();
    if (made.thumbnail() != null) {
      String thumbnail =
          urls.cdn(
              stored(
                  origin,
                  origin.app().store(),
                  MadeFile.renamed(name, "jpg"),
                  "image/jpeg",
                  made.thumbnail()));
      data.put("thumb", thumbnail);
      for (int side : new int[] {100, 200, 300}) {
        data.put(
            "thumb" + side + "x" + side,
            urls.cdnBase()
                + "/"
                + job.apikey()
                + "/resize=w:"
                + side
                + ",h:"
                + side
                + ",f:crop/output=f:jpg,q:66/"
                + thumbnail);
      }
    }
    data.put("url", urls.cdn(handle));
    String at = CREATED.format(world.now());
    Map<String, @Nullable Object> facts = Json.object();
    facts.putAll(made.facts());
    facts.put("created_at", CREATED.format(job.startedAt()));
    facts.put("encoding_progress", 100);
    facts.put("encoding_time", Duration.between(job.startedAt(), world.now()).toSeconds());
    facts.put("extname", "." + extension);
    facts.put("mime_type", preset.mimetype());
    facts.put("started_encoding_at", CREATED.format(job.startedAt()));
    facts.put("updated_at", at);
    Map<String, @Nullable Object> source = Json.object();
    source.putAll(made.source());
    source.put("created_at", CREATED.format(job.startedAt()));
    source.put("mime_type", origin.content().mimetype());
    source.put("updated_at", at);
    return Json.object(
        "status",
        "completed",
        "message",
        "Done",
        "data",
        data,
        "metadata",
        Json.object("result", facts, "source", source),
        "timestamp",
        Long.toString(world.now().getEpochSecond()),
        "uuid",
        job.uuid());
  }

  private static Filestack.Storage storage(Task task, Origin origin) throws ProcessException {
    try {
      return Storages.choose(origin.app(), StoreOptions.of(task::text), Grant.ALL);
    } catch (Storages.NoSuchPlaceException | RefusedException e) {
      throw new ProcessException(400, String.valueOf(e.getMessage()));
    }
  }

  private String stored(
      Origin origin, Filestack.Storage storage, String name, String mimetype, Blob blob) {
    String client = origin.file() == null ? "URL" : origin.file().client();
    return store
        .storeSilently(
            new FileStore.Facts(origin.app().apikey(), name, mimetype, client), blob, storage)
        .handle();
  }

  /** A playlist that names its segments by their URL. */
  private Blob withSegments(Blob playlist, String url) throws IOException {
    String text =
        new String(playlist.body().readAll(1024 * 1024), StandardCharsets.UTF_8)
            .replaceAll("(?m)^[^#\\r\\n]+\\.ts$", url);
    return world.blobs().of(text.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public synchronized void close() {
    if (workers != null) {
      workers.shutdownNow();
    }
  }
}
