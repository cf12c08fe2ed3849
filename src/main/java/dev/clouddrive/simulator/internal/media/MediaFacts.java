package dev.clouddrive.simulator.internal.media;

import com.drew.imaging.ImageMetadataReader;
import com.drew.imaging.ImageProcessingException;
import com.drew.metadata.Directory;
import com.drew.metadata.Metadata;
import com.drew.metadata.exif.ExifDirectoryBase;
import com.drew.metadata.exif.ExifIFD0Directory;
import com.drew.metadata.exif.ExifSubIFDDirectory;
import com.drew.metadata.jpeg.JpegDirectory;
import com.drew.metadata.mp4.Mp4Directory;
import com.drew.metadata.mp4.media.Mp4SoundDirectory;
import com.drew.metadata.mp4.media.Mp4VideoDirectory;
import com.drew.metadata.png.PngDirectory;
import dev.clouddrive.simulator.internal.blob.Blob;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TimeZone;
import org.jspecify.annotations.Nullable;

/**
 * What a picture or a film says of itself, by the keys of a node's {@code contentProperties}
 * (amazon-cloud-drive.md 3.0). It is read once, when it is first asked for.
 */
public final class MediaFacts {
  /** Larger files are not looked into. */
  private static final long LARGEST = 256L * 1024 * 1024;

  private static final int LARGEST_DOCUMENT = 32 * 1024 * 1024;

  private final Blob blob;
  private final String contentType;
  private volatile @Nullable Facts facts;

  /** {@code image} or {@code video}, and the date of the shot. */
  private record Facts(
      Map<String, Object> image,
      Map<String, Object> video,
      Map<String, Object> document,
      Optional<Instant> date) {
    static final Facts NONE = new Facts(Map.of(), Map.of(), Map.of(), Optional.empty());
  }

  public MediaFacts(Blob blob, String contentType) {
    this.blob = blob;
    this.contentType = contentType;
  }

  /** The facts of a picture; empty for anything else. */
  public Map<String, Object> image() {
    return facts().image();
  }

  /** The facts of a film; empty for anything else. */
  public Map<String, Object> video() {
    return facts().video();
  }

  /** The facts of a PDF or office document; empty for anything else. */
  public Map<String, Object> document() {
    return facts().document();
  }

  /** When the picture was taken, as far as it says so. */
  public Optional<Instant> contentDate() {
    return facts().date();
  }

  private Facts facts() {
    Facts known = facts;
    if (known == null) {
      known = read();
      facts = known;
    }
    return known;
  }

  private Facts read() {
    if (contentType.equals("application/pdf")) {
      return readPdf();
    }
    if (OfficeFacts.know(contentType)) {
      return readOffice();
    }
    boolean image = contentType.startsWith("image/");
    boolean video = contentType.startsWith("video/");
    if ((!image && !video) || blob.size() > LARGEST || blob.size() == 0) {
      return Facts.NONE;
    }
    try (InputStream in = blob.body().openStream()) {
      Metadata metadata = ImageMetadataReader.readMetadata(in, blob.size());
      return image
          ? new Facts(image(metadata), Map.of(), Map.of(), date(metadata))
          : new Facts(Map.of(), video(metadata), Map.of(), Optional.empty());
    } catch (IOException | ImageProcessingException | RuntimeException e) {
      // What isn't what its name says has no facts; the drive keeps it all the same.
      return Facts.NONE;
    }
  }

  private Facts readPdf() {
    if (blob.size() > LARGEST_DOCUMENT) {
      return Facts.NONE;
    }
    try {
      byte[] content = blob.body().readAll(LARGEST_DOCUMENT);
      return new Facts(Map.of(), Map.of(), DocumentFacts.ofPdf(content), Optional.empty());
    } catch (IOException | RuntimeException | LinkageError e) {
      // Damaged, or the embedder has left the PDF library out: the document has no facts then.
      return Facts.NONE;
    }
  }

  private Facts readOffice() {
    try (InputStream in = blob.body().openStream()) {
      return new Facts(Map.of(), Map.of(), OfficeFacts.of(in), Optional.empty());
    } catch (IOException | RuntimeException e) {
      return Facts.NONE;
    }
  }

  private static Map<String, Object> image(Metadata metadata) {
    Map<String, Object> facts = new LinkedHashMap<>();
    Directory main = metadata.getFirstDirectoryOfType(ExifIFD0Directory.class);
    Directory shot = metadata.getFirstDirectoryOfType(ExifSubIFDDirectory.class);
    text(facts, "make", main, ExifDirectoryBase.TAG_MAKE);
    text(facts, "model", main, ExifDirectoryBase.TAG_MODEL);
    text(facts, "exposureTime", shot, ExifDirectoryBase.TAG_EXPOSURE_TIME);
    date(facts, "dateTimeOriginal", shot, ExifDirectoryBase.TAG_DATETIME_ORIGINAL);
    described(facts, "flash", shot, ExifDirectoryBase.TAG_FLASH);
    text(facts, "focalLength", shot, ExifDirectoryBase.TAG_FOCAL_LENGTH);
    date(facts, "dateTime", main, ExifDirectoryBase.TAG_DATETIME);
    date(facts, "dateTimeDigitized", shot, ExifDirectoryBase.TAG_DATETIME_DIGITIZED);
    text(facts, "software", main, ExifDirectoryBase.TAG_SOFTWARE);
    text(facts, "orientation", main, ExifDirectoryBase.TAG_ORIENTATION);
    described(facts, "colorSpace", shot, ExifDirectoryBase.TAG_COLOR_SPACE);
    described(facts, "meteringMode", shot, ExifDirectoryBase.TAG_METERING_MODE);
    described(facts, "exposureProgram", shot, ExifDirectoryBase.TAG_EXPOSURE_PROGRAM);
    described(facts, "exposureMode", shot, ExifDirectoryBase.TAG_EXPOSURE_MODE);
    described(facts, "whiteBalance", shot, ExifDirectoryBase.TAG_WHITE_BALANCE_MODE);
    described(facts, "sensingMethod", shot, ExifDirectoryBase.TAG_SENSING_METHOD);
    text(facts, "xResolution", main, ExifDirectoryBase.TAG_X_RESOLUTION);
    text(facts, "yResolution", main, ExifDirectoryBase.TAG_Y_RESOLUTION);
    described(facts, "resolutionUnit", main, ExifDirectoryBase.TAG_RESOLUTION_UNIT);
    Directory jpeg = metadata.getFirstDirectoryOfType(JpegDirectory.class);
    number(facts, "width", jpeg, JpegDirectory.TAG_IMAGE_WIDTH);
    number(facts, "height", jpeg, JpegDirectory.TAG_IMAGE_HEIGHT);
    Directory png = metadata.getFirstDirectoryOfType(PngDirectory.class);
    number(facts, "width", png, PngDirectory.TAG_IMAGE_WIDTH);
    number(facts, "height", png, PngDirectory.TAG_IMAGE_HEIGHT);
    return facts;
  }

  private static Optional<Instant> date(Metadata metadata) {
    return Optional.ofNullable(metadata.getFirstDirectoryOfType(ExifSubIFDDirectory.class))
        .map(shot -> shot.getDateOriginal(TimeZone.getTimeZone("UTC")))
        .map(Date::toInstant);
  }

  private static Map<String, Object> video(Metadata metadata) {
    Map<String, Object> facts = new LinkedHashMap<>();
    Directory film = metadata.getFirstDirectoryOfType(Mp4Directory.class);
    Directory picture = metadata.getFirstDirectoryOfType(Mp4VideoDirectory.class);
    Directory sound = metadata.getFirstDirectoryOfType(Mp4SoundDirectory.class);
    number(facts, "width", picture, Mp4VideoDirectory.TAG_WIDTH);
    number(facts, "height", picture, Mp4VideoDirectory.TAG_HEIGHT);
    number(facts, "rotate", film, Mp4Directory.TAG_ROTATION);
    fraction(facts, "duration", film, Mp4Directory.TAG_DURATION_SECONDS);
    described(facts, "videoCodec", picture, Mp4VideoDirectory.TAG_COMPRESSION_TYPE);
    fraction(facts, "videoFrameRate", picture, Mp4VideoDirectory.TAG_FRAME_RATE);
    described(facts, "audioCodec", sound, Mp4SoundDirectory.TAG_AUDIO_FORMAT);
    fraction(facts, "audioSampleRate", sound, Mp4SoundDirectory.TAG_AUDIO_SAMPLE_RATE);
    number(facts, "audioChannels", sound, Mp4SoundDirectory.TAG_NUMBER_OF_CHANNELS);
    return facts;
  }

  private static void text(
      Map<String, Object> facts, String key, @Nullable Directory directory, int tag) {
    if (directory != null && directory.containsTag(tag)) {
      facts.put(key, String.valueOf(directory.getString(tag)).strip());
    }
  }

  private static void described(
      Map<String, Object> facts, String key, @Nullable Directory directory, int tag) {
    if (directory != null && directory.containsTag(tag)) {
      facts.put(key, String.valueOf(directory.getDescription(tag)));
    }
  }

  private static void date(
      Map<String, Object> facts, String key, @Nullable Directory directory, int tag) {
    if (directory != null && directory.getDate(tag, TimeZone.getTimeZone("UTC")) != null) {
      facts.put(key, directory.getDate(tag, TimeZone.getTimeZone("UTC")).toInstant());
    }
  }

  private static void number(
      Map<String, Object> facts, String key, @Nullable Directory directory, int tag) {
    if (directory != null && directory.getInteger(tag) != null) {
      facts.put(key, directory.getInteger(tag));
    }
  }

  private static void fraction(
      Map<String, Object> facts, String key, @Nullable Directory directory, int tag) {
    if (directory != null && directory.getDoubleObject(tag) != null) {
      facts.put(key, directory.getDoubleObject(tag));
    }
  }
}
