package dev.clouddrive.simulator.internal.amazon.drive;

import dev.clouddrive.simulator.internal.world.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A {@code filters} value (amazon-cloud-drive.md 3.10): clauses {@code field:value} joined by
 * {@code AND}. Values may be quoted, special characters are escaped by a backslash, quoted or not;
 * an unquoted value may end in {@code *}.
 */
final class NodeFilter {

  /** The text is no filter that is understood. */
  static final class SyntaxException extends Exception {
    private static final long serialVersionUID = 1;

    SyntaxException(String message) {
      super(message);
    }
  }

  private record Clause(String field, String value, boolean prefix) {
    boolean matches(String text) {
      String a = text.toLowerCase(Locale.ROOT);
      String b = value.toLowerCase(Locale.ROOT);
      return prefix ? a.startsWith(b) : a.equals(b);
    }
  }

  private static final int LONGEST = 8 * 1024;

  private final List<Clause> clauses;

  private NodeFilter(List<Clause> clauses) {
    this.clauses = List.copyOf(clauses);
  }

  /** An empty text matches every node. */
  static NodeFilter parse(String text) throws SyntaxException {
    if (text.isBlank()) {
      return new NodeFilter(List.of());
    }
    if (text.length() > LONGEST) {
      throw new SyntaxException("the filter is too long");
    }
    return new NodeFilter(new Parser(text).clauses());
  }

  /** The folder whose children alone can match. */
  Optional<String> parent() {
    return exact("parents");
  }

  /** The one name that can match. */
  Optional<String> name() {
    return exact("name");
  }

  /** Whether only the root can match. */
  boolean isRootOnly() {
    return exact("isRoot").filter("true"::equalsIgnoreCase).isPresent();
  }

  /** Whether parent and name alone decide, so that an index answers it whole. */
  boolean isParentOnly() {
    return clauses.size() == 1 && parent().isPresent();
  }

  private Optional<String> exact(String field) {
    return clauses.stream()
        .filter(clause -> clause.field().equals(field) && !clause.prefix())
        .map(Clause::value)
        .findFirst();
  }

  /** Without a {@code status} clause only available nodes match. */
  Predicate<Node> predicate() {
    boolean statusAsked = clauses.stream().anyMatch(clause -> clause.field().equals("status"));
    return node ->
        (statusAsked || node.status() == Node.Status.AVAILABLE)
            && clauses.stream().allMatch(clause -> test(clause, node));
  }

  private static boolean test(Clause clause, Node node) {
    return switch (clause.field()) {
      case "kind" -> clause.matches(node.kind().name());
      case "status" -> clause.matches(node.status().name());
      case "isRoot" -> clause.matches(Boolean.toString(node.isRoot()));
      case "name" -> !node.isRoot() && clause.matches(node.nameOrEmpty());
      case "parents" ->
          clause.prefix()
              ? node.parents().stream().anyMatch(clause::matches)
              : node.parents().contains(clause.value());
      default -> false;
    };
  }

  private static final class Parser {
    private final String text;
    private int at;

    Parser(String text) {
      this.text = text;
    }

    List<Clause> clauses() throws SyntaxException {
      List<Clause> clauses = new ArrayList<>();
      clauses.add(clause());
      while (true) {
        skipSpaces();
        if (at == text.length()) {
          return clauses;
        }
        String operator = word();
        if (!operator.equals("AND")) {
          throw new SyntaxException("Invalid filter: " + operator + " is not understood here");
        }
        clauses.add(clause());
      }
    }

    private Clause clause() throws SyntaxException {
      skipSpaces();
      int colon = text.indexOf(':', at);
      if (colon < 0) {
        throw new SyntaxException("Invalid filter: a field and a colon are expected");
      }
      String field = text.substring(at, colon);
      if (!List.of("kind", "status", "isRoot", "name", "parents").contains(field)) {
        throw new SyntaxException("Invalid filter: unknown field " + field);
      }
      at = colon + 1;
      return at < text.length() && text.charAt(at) == '"'
          ? new Clause(field, quoted(), false)
          : unquoted(field);
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
      throw new SyntaxException("Invalid filter: a quote is not closed");
    }

    private Clause unquoted(String field) throws SyntaxException {
      StringBuilder value = new StringBuilder();
      boolean prefix = false;
      for (; at < text.length() && text.charAt(at) != ' '; at++) {
        char c = text.charAt(at);
        if (prefix || c == '(' || c == ')' || c == '[' || c == ']') {
          throw new SyntaxException("Invalid filter: " + c + " is not understood here");
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
        throw new SyntaxException("Invalid filter: " + field + " has no value");
      }
      return new Clause(field, value.toString(), prefix);
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
