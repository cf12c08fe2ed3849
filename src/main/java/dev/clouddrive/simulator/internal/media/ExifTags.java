package dev.clouddrive.simulator.internal.media;

import com.drew.imaging.ImageMetadataReader;
import com.drew.imaging.ImageProcessingException;
import com.drew.metadata.Directory;
import com.drew.metadata.Metadata;
import com.drew.metadata.Tag;
import com.drew.metadata.exif.ExifDirectoryBase;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.TreeMap;

/** Every EXIF tag of a picture, by its name. */
public final class ExifTags {
  private static final int LONGEST_VALUE = 1_000;

  private ExifTags() {}

  /** Empty for what isn't a picture or has none. */
  public static Map<String, String> of(InputStream picture, long size) {
    Map<String, String> tags = new TreeMap<>();
    try {
      Metadata metadata = ImageMetadataReader.readMetadata(picture, size);
      for (Directory directory : metadata.getDirectoriesOfType(ExifDirectoryBase.class)) {
        for (Tag tag : directory.getTags()) {
          String value = directory.getString(tag.getTagType());
          if (tag.hasTagName() && value != null && value.length() <= LONGEST_VALUE) {
            tags.put(tag.getTagName().replace(" ", ""), value.strip());
          }
        }
      }
    } catch (IOException | ImageProcessingException | RuntimeException e) {
      // Damaged, or no picture at all.
      return Map.of();
    }
    return tags;
  }
}
