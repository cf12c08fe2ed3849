package dev.clouddrive.simulator.internal.filestack.file;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The tags of an upload, within the limits of filestack-files.md 9. */
public final class UploadTags {
  private static final int MOST = 10;
  private static final int LONGEST_KEY = 128;
  private static final int LONGEST_VALUE = 256;

  private UploadTags() {}

  /** They are too many, too long, or no texts. */
  public static final class InvalidException extends Exception {
    private static final long serialVersionUID = 1;

    InvalidException() {
      super("invalid params: upload_tags", null, false, false);
    }
  }

  /**
   * @param json an object of texts, numbers or booleans; null for no tags
   */
  public static Map<String, String> of(@Nullable Object json) throws InvalidException {
    Map<String, String> tags = new LinkedHashMap<>();
    if (json == null || json.equals("")) {
      return tags;
    }
    if (!(json instanceof Map<?, ?> map) || map.size() > MOST) {
      throw new InvalidException();
    }
    for (Map.Entry<?, ?> tag : map.entrySet()) {
      Object value = tag.getValue();
      String key = String.valueOf(tag.getKey());
      boolean isText = value != null && !(value instanceof Map) && !(value instanceof List);
      if (!isText
          || key.isEmpty()
          || key.length() > LONGEST_KEY
          || String.valueOf(value).length() > LONGEST_VALUE) {
        throw new InvalidException();
      }
      tags.put(key, String.valueOf(value));
    }
    return tags;
  }
}
