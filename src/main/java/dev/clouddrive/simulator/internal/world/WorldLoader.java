package dev.clouddrive.simulator.internal.world;

import dev.clouddrive.simulator.internal.blob.Blob;
import dev.clouddrive.simulator.internal.blob.BlobStore;
import dev.clouddrive.simulator.internal.ids.IdSource;
import dev.clouddrive.simulator.internal.json.JsonException;
import dev.clouddrive.simulator.internal.json.JsonObject;
import dev.clouddrive.simulator.internal.json.Nearest;
import dev.clouddrive.simulator.internal.time.Timeline;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes a world from its file (simulator.md section 1). */
public final class WorldLoader {

  /**
   * What whoever starts the simulator says beside the world file; null leaves it to the file.
   *
   * @param speed virtual seconds per second of a running clock
   */
  public record Overrides(
      @Nullable Instant now,
      Timeline.@Nullable Mode mode,
      @Nullable Double speed,
      @Nullable Long seed,
      @Nullable String profile) {
    public static final Overrides NONE = new Overrides(null, null, null, null, null);
  }

  /** The scopes of the drive (amazon-cloud-drive.md 1). */
  public static final Set<String> SCOPES =
      Set.of(
          "clouddrive:read_image",
          "clouddrive:read_video",
          "clouddrive:read_document",
          "clouddrive:read_other",
          "clouddrive:read_all",
          "clouddrive:read",
          "clouddrive:write",
          "profile",
          "profile:user_id",
          "postal_code");

  /** Where Filestack can keep files (filestack-files.md 4.1); the first is its own storage. */
  public static final List<String> LOCATIONS =
      List.of("internal", "s3", "gcs", "azure", "rackspace", "dropbox");

  private static final long FIVE_GIB = 5L << 30;
  private static final int LONGEST_NAME = 256;

  private final WorldFile file;
  private final World world;

  private WorldLoader(WorldFile file, World world) {
    this.file = file;
    this.world = world;
  }

  /**
   * @param clients the security profiles that are there in any world
   * @throws WorldException if the file says something that can't be
   */
  public static World load(
      WorldFile file,
      Overrides overrides,
      List<Login.Client> clients,
      String threadName,
      BlobStore blobs) {
    try {
      return WorldImport.isExport(file.json())
          ? restore(file, overrides, threadName, blobs)
          : describe(file, overrides, clients, threadName, blobs);
    } catch (JsonException e) {
      throw new WorldException(file.name() + ": " + e.getMessage());
    }
  }

  /** A world that was exported, with its ids and all that is pending. */
  private static World restore(
      WorldFile file, Overrides overrides, String threadName, BlobStore blobs) {
    WorldImport.check(file);
    JsonObject json = file.json();
    Clock clock = Clock.of(json, overrides);
    WorldState state =
        WorldImport.read(
            json, told -> told.has("file") ? stored(file, told, blobs) : blobs.told(told));
    if (overrides.profile() != null) {
      state.profile = profile(overrides.profile());
      state.options = Options.ofProfile(state.profile).with(json.object("options"));
    }
    long ids = overrides.seed() != null ? overrides.seed() : WorldImport.ids(json);
    World world = new World(clock.timeline(threadName), blobs, new IdSource(ids), state);
    world.markLoaded(clock.now());
    return world;
  }

  /**
   * The world that an earlier run has kept, its clock where it would be, had it gone on: one that
   * stands still does so, one that runs has run on.
   */
  public static World earlier(JsonObject kept, String threadName, BlobStore blobs) {
    Clock then = Clock.of(kept, Overrides.NONE);
    Instant now = then.now();
    if (now != null && then.mode() == Timeline.Mode.RUNNING) {
      Duration since = Duration.between(kept.instant("wallClock"), Timeline.wallClock());
      if (!since.isNegative()) {
        now = now.plusMillis((long) (since.toMillis() * then.speed()));
      }
    }
    World world =
        new World(
            new Clock(now, then.mode(), then.speed()).timeline(threadName),
            blobs,
            new IdSource(WorldImport.ids(kept)),
            WorldImport.read(kept, blobs::recall));
    world.markLoaded(now);
    return world;
  }

  private static Blob stored(WorldFile file, JsonObject told, BlobStore blobs) throws IOException {
    try (InputStream in = file.files().open(told.string("file"))) {
      return blobs.store(in, Long.MAX_VALUE);
    }
  }

  /** How a world's time begins. */
  private record Clock(@Nullable Instant now, Timeline.Mode mode, double speed) {
    static Clock of(JsonObject json, Overrides overrides) {
      Optional<JsonObject> clock = json.optionalObject("clock");
      clock.ifPresent(c -> c.only("now", "mode", "speed"));
      Instant now =
          overrides.now() != null
              ? overrides.now()
              : clock.flatMap(c -> c.optionalInstant("now")).orElse(null);
      Timeline.Mode mode =
          overrides.mode() != null
              ? overrides.mode()
              : clock.flatMap(WorldLoader::mode).orElse(Timeline.Mode.RUNNING);
      Optional<Double> told = clock.flatMap(c -> c.optionalDouble("speed"));
      if (told.isPresent() && !Timeline.isSpeed(told.get())) {
        throw clock
            .get()
            .wrong("speed", "virtual seconds per second are above 0 and at most 1000000");
      }
      double speed = overrides.speed() != null ? overrides.speed() : told.orElse(1.0);
      return new Clock(now, mode, speed);
    }

    Timeline timeline(String threadName) {
      Timeline timeline =
          now == null ? Timeline.running(threadName) : Timeline.frozenAt(now, threadName);
      timeline.setMode(mode, speed);
      return timeline;
    }
  }

  private static World describe(
      WorldFile file,
      Overrides overrides,
      List<Login.Client> clients,
      String threadName,
      BlobStore blobs) {
    JsonObject json =
        file.json()
            .only(
                "$schema",
                "clock",
                "seed",
                "accounts",
                "clients",
                "apps",
                "profile",
                "options",
                "insights");
    Clock clock = Clock.of(json, overrides);
    long seed = overrides.seed() != null ? overrides.seed() : json.optionalLong("seed").orElse(1L);
    World world = new World(clock.timeline(threadName), blobs, new IdSource(seed));
    WorldLoader loader = new WorldLoader(file, world);
    world.change(
        state -> {
          clients.forEach(client -> state.login.clients.put(client.clientId(), client));
          loader.readProfile(json, overrides.profile(), state);
          json.objects("clients").forEach(client -> loader.readClient(client, state));
          json.objects("accounts").forEach(account -> loader.readAccount(account, state));
          json.objects("apps").forEach(app -> loader.readApp(app, state));
          json.objects("insights").forEach(i -> state.filestack.insights.add(readInsight(i)));
          return null;
        });
    world.markLoaded(clock.now());
    return world;
  }

  private static Optional<Timeline.Mode> mode(JsonObject clock) {
    return clock.optionalString("mode").map(text -> modeOf(clock, text));
  }

  /**
   * @throws JsonException if the text is neither {@code running} nor {@code frozen}
   */
  public static Timeline.Mode modeOf(JsonObject json, String text) {
    return switch (text) {
      case "running" -> Timeline.Mode.RUNNING;
      case "frozen" -> Timeline.Mode.FROZEN;
      default ->
          throw json.wrong("mode", "running or frozen is expected here, not \"" + text + "\"");
    };
  }

  private void readProfile(JsonObject json, @Nullable String override, WorldState state) {
    String profile =
        profile(override != null ? override : json.optionalString("profile").orElse("classic"));
    state.profile = profile;
    state.options = Options.ofProfile(profile);
    json.optionalObject("options").ifPresent(o -> state.options = state.options.with(o));
  }

  private static String profile(String profile) {
    if (!Options.profiles().contains(profile)) {
      throw new WorldException(
          "\""
              + profile
              + "\" is no profile"
              + Nearest.of(profile, Options.profiles())
                  .map(near -> "; did you mean " + near + "?")
                  .orElse("; known are " + String.join(", ", Options.profiles())));
    }
    return profile;
  }

  private void readClient(JsonObject json, WorldState state) {
    json.only("clientId", "secret", "name", "redirectUris", "scopes");
    List<String> scopes = json.strings("scopes");
    for (String scope : scopes) {
      if (!SCOPES.contains(scope)) {
        throw json.wrong("scopes", "\"" + scope + "\" is no scope of Amazon Cloud Drive");
      }
    }
    String id = json.string("clientId");
    state.login.clients.put(
        id,
        new Login.Client(
            id,
            json.string("secret"),
            json.optionalString("name").orElse("Simulated App"),
            json.strings("redirectUris"),
            scopes.isEmpty() ? SCOPES : Set.copyOf(scopes)));
  }

  private void readAccount(JsonObject json, WorldState state) {
    json.only("email", "name", "password", "quotaBytes", "files");
    String email = json.string("email");
    long quota = json.optionalLong("quotaBytes").orElse(FIVE_GIB);
    if (quota < 0) {
      throw json.wrong("quotaBytes", "a drive has 0 bytes or more");
    }
    Account account =
        newAccount(
            email,
            json.optionalString("name").orElse(email),
            json.optionalString("password").orElse("password"),
            quota);
    Drive drive = DriveEditor.newDrive(world.ids(), world.now());
    DriveEditor editor = new DriveEditor(drive, world.ids(), world.now());
    json.optionalObject("files")
        .ifPresent(
            files -> {
              for (String path : files.keys()) {
                readFile(files, path, editor);
              }
            });
    state.accounts.put(email, new WorldState.Holder(account, drive));
  }

  private Account newAccount(String email, String name, String password, long quotaBytes) {
    return newAccount(world, email, name, password, quotaBytes);
  }

  /** An account with an id of the world's. */
  public static Account newAccount(
      World world, String email, String name, String password, long quotaBytes) {
    String userId = world.ids().token("amzn1.account.", 28).toUpperCase(java.util.Locale.ROOT);
    return new Account(
        email, name, password, userId.replace("AMZN1.ACCOUNT.", "amzn1.account."), quotaBytes);
  }

  private void readFile(JsonObject files, String path, DriveEditor editor) {
    List<String> names = Drive.names(path);
    if (!path.startsWith("/")) {
      throw files.wrong(path, "a path begins with a slash");
    }
    if (names.contains("..") || names.contains(".")) {
      throw files.wrong(path, "a path has no . or .. in it");
    }
    if (names.stream().anyMatch(name -> name.length() > LONGEST_NAME)) {
      throw files.wrong(path, "a name has at most " + LONGEST_NAME + " characters");
    }
    try {
      if (path.endsWith("/")) {
        editor.putFolder(path);
      } else {
        JsonObject file = files.object(path).only("file", "text", "size", "seed");
        editor.putFile(path, content(file));
      }
    } catch (DriveEditor.NameTakenException e) {
      Node taken = e.existing();
      throw files.wrong(
          path,
          "\""
              + taken.nameOrEmpty()
              + "\" is a "
              + (taken.isFolder() ? "folder" : "file")
              + " there");
    }
  }

  private Blob content(JsonObject json) {
    long kinds = Stream.of("file", "text", "size").filter(json::has).count();
    if (kinds != 1 || (json.has("seed") && !json.has("size"))) {
      throw json.wrong(
          "", "one of {\"file\": …}, {\"text\": …}, {\"size\": …, \"seed\": …} is expected");
    }
    Optional<String> text = json.optionalString("text");
    if (text.isPresent()) {
      return world.blobs().of(text.get().getBytes(StandardCharsets.UTF_8));
    }
    Optional<Long> size = json.optionalLong("size");
    if (size.isPresent()) {
      if (size.get() < 0) {
        throw json.wrong("size", "a size is 0 or more bytes");
      }
      return world.blobs().generated(size.get(), json.optionalLong("seed").orElse(0L));
    }
    String name = json.string("file");
    try (InputStream in = file.files().open(name)) {
      return world.blobs().store(in, Long.MAX_VALUE);
    } catch (NoSuchFileException e) {
      throw json.wrong("file", "there is no file \"" + name + "\" beside the world file");
    } catch (IOException e) {
      throw json.wrong("file", "\"" + name + "\" can't be read: " + e.getMessage());
    }
  }

  /** What a vendor's model would find in files of a name. */
  public static Insight readInsight(JsonObject json) {
    json.only(
        "file",
        "tags",
        "sfw",
        "caption",
        "copyright",
        "image_sentiment",
        "text_sentiment",
        "ocr",
        "faces",
        "doc_detection");
    Map<String, @Nullable Object> findings = json.toMap();
    findings.remove("file");
    return new Insight(json.string("file"), findings);
  }

  private void readApp(JsonObject json, WorldState state) {
    json.only("apikey", "secret", "security", "store", "containers", "webhooks");
    Filestack.App app = readApp(world, json, json.string("apikey"));
    String apikey = app.apikey();
    state.filestack.apps.put(apikey, app);
    for (JsonObject webhook : json.objects("webhooks")) {
      webhook.only("url", "event", "secret");
      try {
        Subscriptions.add(
            world,
            state,
            apikey,
            webhook.string("url"),
            webhook.string("event"),
            webhook.optionalString("secret").orElse(null));
      } catch (IllegalArgumentException e) {
        throw webhook.wrong("event", String.valueOf(e.getMessage()));
      }
    }
  }

  /**
   * An application, its webhooks left aside.
   *
   * @throws JsonException if it can't be
   */
  public static Filestack.App readApp(World world, JsonObject json, String apikey) {
    List<Filestack.Container> containers = new ArrayList<>();
    for (JsonObject container : json.objects("containers")) {
      container.only("location", "container", "region");
      String location = location(container, LOCATIONS.subList(1, LOCATIONS.size()), "s3");
      containers.add(new Filestack.Container(location, container.string("container")));
    }
    if (json.optionalString("secret").filter(String::isEmpty).isPresent()) {
      throw json.wrong("secret", "a secret is not empty; leave the key out for a generated one");
    }
    return new Filestack.App(
        apikey,
        json.optionalString("secret").orElseGet(() -> world.ids().token("", 26)),
        json.optionalBoolean("security").orElse(false),
        json.optionalObject("store")
            .map(WorldLoader::readStorage)
            .orElse(Filestack.Storage.INTERNAL),
        containers);
  }

  /** Where files go. */
  private static Filestack.Storage readStorage(JsonObject json) {
    json.only("location", "container", "path", "region", "access");
    String location = location(json, LOCATIONS, json.has("container") ? "s3" : "internal");
    String container = json.optionalString("container").orElse(null);
    if (container != null && location.equals("internal")) {
      throw json.wrong("container", "a container of the customer's own has a location such as s3");
    }
    return new Filestack.Storage(location, container, json.optionalString("path").orElse(null));
  }

  private static String location(JsonObject json, List<String> known, String defaultValue) {
    String location = json.optionalString("location").orElse(defaultValue);
    if (!known.contains(location)) {
      throw json.wrong(
          "location",
          "\""
              + location
              + "\" is no storage"
              + Nearest.of(location, known)
                  .map(near -> "; did you mean " + near + "?")
                  .orElse("; known are " + String.join(", ", known)));
    }
    return location;
  }
}
