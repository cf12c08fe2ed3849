package dev.clouddrive.simulator.internal.filestack.process;

import dev.clouddrive.simulator.internal.blob.Blob;
import dev.clouddrive.simulator.internal.filestack.Cloud;
import dev.clouddrive.simulator.internal.filestack.FileUrls;
import dev.clouddrive.simulator.internal.filestack.file.FileContent;
import dev.clouddrive.simulator.internal.filestack.file.FileReader;
import dev.clouddrive.simulator.internal.webhook.Events;
import dev.clouddrive.simulator.internal.world.Filestack;
import dev.clouddrive.simulator.internal.world.Options;
import dev.clouddrive.simulator.internal.world.World;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * Computes conversions, each once as long as the source's bytes are the same, and tells of every
 * computed one by webhook (filestack-files.md 5.6).
 */
public final class Conversions {
  private final World world;
  private final FileReader files;
  private final Events events;
  private final Map<String, Cloud> clouds;
  private final ImageMemory memory = new ImageMemory();

  public Conversions(World world, FileReader files, Events events, Map<String, Cloud> clouds) {
    this.world = world;
    this.files = files;
    this.events = events;
    this.clouds = Map.copyOf(clouds);
  }

  FileContent convert(List<Origin> origins, Chain chain, FileUrls urls) throws IOException {
    List<Task> tasks = chain.conversions();
    Origin first = origins.get(0);
    String key =
        String.join(" ", origins.stream().map(Origin::cacheKey).toList())
            + " "
            + String.join("/", tasks.stream().map(Task::canonical).toList());
    Filestack.Conversion known =
        chain.isUncached() ? null : world.read(s -> s.filestack.conversions.get(key));
    Filestack.Conversion result =
        known != null ? known : compute(key, first.content(), tasks, !chain.isUncached());
    if (first.file() != null && (known == null || world.option(Options.FIRE_ON_CACHE_HIT))) {
      events.converted(
          chain.shown(),
          first.file(),
          first.content().size(),
          urls.of(first.file().handle()),
          cloudRoot(first.file()));
    }
    Blob blob = result.blob();
    return new FileContent(
        renamed(first.content().filename(), result.mimetype()),
        result.mimetype(),
        blob.size(),
        blob.md5(),
        result.computedAt(),
        blob::body);
  }

  private Filestack.Conversion compute(
      String key, FileContent source, List<Task> tasks, boolean keep) throws IOException {
    ImageTasks.Result result = run(source, tasks);
    Filestack.Conversion conversion =
        new Filestack.Conversion(
            key, world.blobs().of(result.content()), result.mimetype(), world.now());
    if (keep) {
      world.change(s -> s.filestack.conversions.put(key, conversion));
    }
    return conversion;
  }

  private ImageTasks.Result run(FileContent source, List<Task> tasks) throws IOException {
    ImageMemory.Share[] share = new ImageMemory.Share[1];
    try {
      Picture picture =
          Picture.decode(
              source.body().openStream(),
              source.mimetype(),
              (width, height) -> share[0] = memory.take(width, height));
      return new ImageTasks(memory).run(picture, tasks);
    } finally {
      if (share[0] != null) {
        share[0].close();
      }
    }
  }

  private String cloudRoot(Filestack.FileLink file) {
    if (!(file.source() instanceof Filestack.Symlink link)) {
      return "";
    }
    Cloud cloud = clouds.get(link.cloud());
    return cloud == null ? "" : cloud.root();
  }

  /** The name with the extension of what came out. */
  private static String renamed(String filename, String mimetype) {
    String extension = mimetype.equals("image/png") ? "png" : "jpg";
    String lower = filename.toLowerCase(java.util.Locale.ROOT);
    if (lower.endsWith("." + extension) || (extension.equals("jpg") && lower.endsWith(".jpeg"))) {
      return filename;
    }
    int dot = filename.lastIndexOf('.');
    return (dot <= 0 ? filename : filename.substring(0, dot)) + "." + extension;
  }
}
