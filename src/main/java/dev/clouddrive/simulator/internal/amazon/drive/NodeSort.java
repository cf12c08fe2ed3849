package dev.clouddrive.simulator.internal.amazon.drive;

import dev.clouddrive.simulator.internal.json.Json;
import dev.clouddrive.simulator.internal.world.Node;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A {@code sort} value such as {@code ["name ASC"]} or {@code ['modifiedDate DESC']}. */
final class NodeSort {
  private static final Pattern FIELD =
      Pattern.compile("[\"']\\s*([\\w.]+)(?:\\s+(ASC|DESC))?\\s*[\"']");

  private NodeSort() {}

  /** The order of a list; empty for a text that names none. */
  static Optional<Comparator<Node>> parse(String text) {
    Matcher field = FIELD.matcher(text);
    Comparator<Node> order = null;
    while (field.find()) {
      Optional<Function<Node, String>> key = key(field.group(1));
      if (key.isEmpty()) {
        return Optional.empty();
      }
      Comparator<Node> next = Comparator.comparing(key.get());
      if ("DESC".equals(field.group(2))) {
        next = next.reversed();
      }
      order = order == null ? next : order.thenComparing(next);
    }
    return Optional.ofNullable(order);
  }

  private static Optional<Function<Node, String>> key(String field) {
    return Optional.ofNullable(
        switch (field) {
          case "name" -> node -> node.nameOrEmpty().toLowerCase(Locale.ROOT);
          case "kind" -> node -> node.kind().name();
          case "createdDate" -> node -> Json.instant(node.created());
          case "modifiedDate" -> node -> Json.instant(node.modified());
          case "contentProperties.contentDate" -> NodeSort::contentDate;
          case "contentProperties.size" -> node -> "%020d".formatted(size(node));
          default -> null;
        });
  }

  /** Files without a date come first. */
  private static String contentDate(Node node) {
    Node.Content content = node.content();
    return content == null ? "" : content.facts().contentDate().map(Json::instant).orElse("");
  }

  private static long size(Node node) {
    Node.Content content = node.content();
    return content == null ? 0 : content.blob().size();
  }
}
