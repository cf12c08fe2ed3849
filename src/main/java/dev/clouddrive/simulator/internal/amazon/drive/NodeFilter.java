package dev.clouddrive.simulator.internal.amazon.drive;

import dev.clouddrive.simulator.internal.json.Json;
import dev.clouddrive.simulator.internal.world.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A {@code filters} value (amazon-cloud-drive.md 3.10): clauses {@code field:value} joined by
 * {@code AND}, {@code OR} and {@code NOT}, which bind in this order: NOT, AND, OR. A value may be
 * quoted; special characters are escaped by a backslash, quoted or not; an unquoted value may end
 * in {@code *}; dates take a range {@code [from TO to]}. Parentheses are refused, as no client
 * found them to work.
 */
final class NodeFilter {

  /** The text is no filter that is understood. */
  static final class SyntaxException extends Exception {
    private static final long serialVersionUID = 1;

    SyntaxException(String message) {
      super("Invalid filter: " + message);
    }
  }

  private enum Kind {
    EXACT,
    PREFIX,
    RANGE
  }

  /**
   * @param until the end of a range; empty otherwise
   */
  private record Clause(String field, Kind kind, String value, String until, boolean negated) {
    boolean matches(String text) {
      return switch (kind) {
        case EXACT -> text.equalsIgnoreCase(value);
        case PREFIX -> text.toLowerCase(Locale.ROOT).startsWith(value.toLowerCase(Locale.ROOT));
        case RANGE ->
            (value.equals("*") || text.compareTo(value) >= 0)
                && (until.equals("*") || text.compareTo(until) <= 0);
      };
    }

    boolean isExact(String wantedField) {
      return !negated && kind == Kind.EXACT && field.equals(wantedField);
    }
  }

  private static final List<String> FIELDS =
      List.of(
          "kind",
          "status",
          "isRoot",
          "name",
          "parents",
          "labels",
          "createdBy",
          "description",
          "createdDate",
          "modifiedDate",
          "contentProperties.md5",
          "contentProperties.contentType",
          "contentProperties.extension",
          "contentProperties.size",
          "contentProperties.version",
          "contentProperties.contentDate");

  private static final int LONGEST = 8 * 1024;

  /** Alternatives, each a list of clauses that have to hold together. */
  private final List<List<Clause>> alternatives;

  private NodeFilter(List<List<Clause>> alternatives) {
    this.alternatives = List.copyOf(alternatives);
  }

  /** An empty text matches every node. */
  static NodeFilter parse(String text) throws SyntaxException {
    if (text.isBlank()) {
      return new NodeFilter(List.of(List.of()));
    }
    if (text.length() > LONGEST) {
      throw new SyntaxException("it is too long");
    }
    return new NodeFilter(new Parser(text).alternatives());
  }

  /** The folder whose children alone can match. */
  Optional<String> parent() {
    return needed("parents");
  }

  /** The one name that can match. */
  Optional<String> name() {
    return needed("name");
  }

  /** Whether only the root can match. */
  boolean isRootOnly() {
    return needed("isRoot").filter("true"::equalsIgnoreCase).isPresent();
  }

  /** Whether the parent alone decides, so that the folder's index answers it whole. */
  boolean isParentOnly() {
    return parent().isPresent() && alternatives.get(0).size() == 1;
  }

  /** Whether nodes in the trash can match. */
  boolean asksForStatus() {
    return alternatives.stream()
        .flatMap(List::stream)
        .anyMatch(clause -> clause.field().equals("status"));
  }

  private Optional<String> needed(String field) {
    return alternatives.size() != 1
        ? Optional.empty()
        : alternatives.get(0).stream()
            .filter(clause -> clause.isExact(field))
            .map(Clause::value)
            .findFirst();
  }

  /**
   * Without a {@code status} clause only available nodes match.
   *
   * @param pending which nodes are not processed yet
   */
  Predicate<Node> predicate(Predicate<Node> pending) {
    boolean statusAsked = asksForStatus();
    return node ->
        (statusAsked || (node.isAvailable() && !pending.test(node)))
            && alternatives.stream()
                .anyMatch(
                    clauses ->
                        clauses.stream()
                            .allMatch(
                                clause ->
                                    (clause.field().equals("status")
                                            ? clause.matches(status(node, pending))
                                            : test(clause, node))
                                        != clause.negated()));
  }

  private static String status(Node node, Predicate<Node> pending) {
    return node.isAvailable() && pending.test(node) ? "PENDING" : node.status().name();
  }

  private static boolean test(Clause clause, Node node) {
    Node.Content content = node.content();
    return switch (clause.field()) {
      case "kind" -> clause.matches(node.kind().name());
      case "isRoot" -> clause.matches(Boolean.toString(node.isRoot()));
      case "name" -> !node.isRoot() && clause.matches(node.nameOrEmpty());
      case "parents" ->
          clause.kind() == Kind.EXACT
              ? node.parents().contains(clause.value())
              : node.parents().stream().anyMatch(clause::matches);
      case "labels" -> node.attributes().labels().stream().anyMatch(clause::matches);
      case "createdBy" -> clause.matches(node.createdBy());
      case "description" ->
          Optional.ofNullable(node.attributes().description()).filter(clause::matches).isPresent();
      case "createdDate" -> clause.matches(Json.instant(node.created()));
      case "modifiedDate" -> clause.matches(Json.instant(node.modified()));
      case "contentProperties.md5" -> content != null && clause.matches(content.blob().md5());
      case "contentProperties.contentType" ->
          content != null && clause.matches(content.contentType());
      case "contentProperties.extension" -> content != null && clause.matches(content.extension());
      case "contentProperties.size" ->
          content != null && clause.matches(Long.toString(content.blob().size()));
      case "contentProperties.version" ->
          content != null && clause.matches(Long.toString(content.version()));
      case "contentProperties.contentDate" ->
          content != null
              && content
                  .facts()
                  .contentDate()
                  .map(Json::instant)
                  .filter(clause::matches)
                  .isPresent();
      default -> false;
    };
  }

  private static final class Parser {
    private final String text;
    private int at;

    Parser(String text) {
      this.text = text;
    }

    List<List<Clause>> alternatives() throws SyntaxException {
      List<List<Clause>> alternatives = new ArrayList<>();
      List<Clause> together = new ArrayList<>();
      together.add(clause());
      skipSpaces();
      while (at < text.length()) {
        String operator = word();
        switch (operator) {
          case "AND" -> together.add(clause());
          case "OR" -> {
            alternatives.add(together);
            together = new ArrayList<>();
            together.add(clause());
          }
          default -> throw new SyntaxException("AND or OR is expected, not " + operator);
        }
        skipSpaces();
      }
      alternatives.add(together);
      return alternatives;
    }

    private Clause clause() throws SyntaxException {
      skipSpaces();
      boolean negated = false;
      while (text.startsWith("NOT ", at)) {
        negated = !negated;
        at += 4;
        skipSpaces();
      }
      int colon = text.indexOf(':', at);
      if (colon < 0) {
        throw new SyntaxException("a field and a colon are expected");
      }
      String field = text.substring(at, colon);
      if (!FIELDS.contains(field)) {
        throw new SyntaxException("unknown field " + field);
      }
      at = colon + 1;
      char first = at < text.length() ? text.charAt(at) : ' ';
      if (first == '"') {
        return new Clause(field, Kind.EXACT, quoted(), "", negated);
      }
      return first == '[' ? range(field, negated) : unquoted(field, negated);
    }

    private String quoted() throws SyntaxException {
      StringBuilder value = new StringBuilder();
      for (at++; at < text.length(); at++) {
        char c = text.charAt(at);
        if (c == '"') {
          at++;
          return value.toString();
        }
        value.append(c == '\\' && at + 1 < text.length() ? text.charAt(++at) : c);
      }
      throw new SyntaxException("a quote is not closed");
    }

    private Clause range(String field, boolean negated) throws SyntaxException {
      int end = text.indexOf(']', at);
      int to = text.indexOf(" TO ", at);
      if (end < 0 || to < 0 || to > end) {
        throw new SyntaxException("a range is [from TO to]");
      }
      String from = text.substring(at + 1, to).strip();
      String until = text.substring(to + 4, end).strip();
      at = end + 1;
      return new Clause(field, Kind.RANGE, from, until, negated);
    }

    private Clause unquoted(String field, boolean negated) throws SyntaxException {
      StringBuilder value = new StringBuilder();
      boolean prefix = false;
      for (; at < text.length() && text.charAt(at) != ' '; at++) {
        char c = text.charAt(at);
        if (prefix || "()[]\"".indexOf(c) >= 0) {
          throw new SyntaxException(c + " is not understood here");
        }
        if (c == '\\' && at + 1 < text.length()) {
          value.append(text.charAt(++at));
        } else if (c == '*') {
          prefix = true;
        } else {
          value.append(c);
        }
      }
      if (value.isEmpty() && !prefix) {
        throw new SyntaxException(field + " has no value");
      }
      return new Clause(field, prefix ? Kind.PREFIX : Kind.EXACT, value.toString(), "", negated);
    }

    private String word() {
      int from = at;
      while (at < text.length() && text.charAt(at) != ' ') {
        at++;
      }
      return text.substring(from, at);
    }

    private void skipSpaces() {
      while (at < text.length() && text.charAt(at) == ' ') {
        at++;
      }
    }
  }
}
