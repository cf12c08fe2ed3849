package dev.clouddrive.simulator.internal.filestack.process;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The tasks that are computed, with the names of their arguments (filestack-files.md 5.4). */
enum TaskType {
  RESIZE("width", "height", "fit", "align"),
  CROP("dim"),
  ROTATE("deg", "exif", "background"),
  OUTPUT("format", "quality", "background");

  private final List<String> arguments;

  TaskType(String... arguments) {
    this.arguments = List.of(arguments);
  }

  String taskName() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Optional<TaskType> byName(String name) {
    for (TaskType type : values()) {
      if (type.taskName().equals(name)) {
        return Optional.of(type);
      }
    }
    return Optional.empty();
  }

  /**
   * The argument that a name stands for: itself, or its only argument that begins so
   * (filestack-files.md 5.3).
   */
  Optional<String> argument(String name) {
    if (arguments.contains(name)) {
      return Optional.of(name);
    }
    List<String> meant = arguments.stream().filter(a -> a.startsWith(name)).toList();
    return name.isEmpty() || meant.size() != 1 ? Optional.empty() : Optional.of(meant.get(0));
  }
}
