package dev.clouddrive.simulator.internal.amazon.drive;

import dev.clouddrive.simulator.internal.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What names, labels, descriptions and properties may be (amazon-cloud-drive.md 3.13); else 400.
 */
final class NodeLimits {
  private static final int LONGEST_NAME = 256;
  private static final int LONGEST_DESCRIPTION = 500;
  private static final int LONGEST_VALUE = 500;
  private static final int MOST_LABELS = 10;
  private static final int MOST_PROPERTIES = 10;

  private final DriveErrors errors;

  NodeLimits(DriveErrors errors) {
    this.errors = errors;
  }

  String name(String name) {
    if (name.isEmpty() || length(name) > LONGEST_NAME) {
      throw errors.badRequest("name must be between 1 and " + LONGEST_NAME + " characters");
    }
    if (name.indexOf('/') >= 0 || name.indexOf('\0') >= 0) {
      throw errors.badRequest("name must not contain / or NUL");
    }
    return name;
  }

  List<String> labels(List<String> labels) {
    if (labels.size() > MOST_LABELS
        || labels.stream().anyMatch(label -> length(label) > LONGEST_NAME)) {
      throw errors.badRequest(
          "at most " + MOST_LABELS + " labels of " + LONGEST_NAME + " characters each");
    }
    return labels;
  }

  String description(String description) {
    if (length(description) > LONGEST_DESCRIPTION) {
      throw errors.badRequest("description must be at most " + LONGEST_DESCRIPTION + " characters");
    }
    return description;
  }

  /** The properties of one owner. */
  Map<String, String> properties(JsonObject json) {
    Map<String, String> properties = new LinkedHashMap<>();
    for (String key : json.keys()) {
      properties.put(propertyKey(key), propertyValue(json.string(key)));
    }
    return properties(properties);
  }

  Map<String, String> properties(Map<String, String> properties) {
    if (properties.size() > MOST_PROPERTIES) {
      throw errors.badRequest("at most " + MOST_PROPERTIES + " properties for each owner");
    }
    return properties;
  }

  String propertyKey(String key) {
    if (!key.matches("[A-Za-z0-9_]{1,50}")) {
      throw errors.badRequest("a property key has 1 to 50 letters, digits and _");
    }
    return key;
  }

  String propertyValue(String value) {
    if (length(value) > LONGEST_VALUE) {
      throw errors.badRequest("a property value has at most " + LONGEST_VALUE + " characters");
    }
    return value;
  }

  private static int length(String text) {
    return text.codePointCount(0, text.length());
  }
}
