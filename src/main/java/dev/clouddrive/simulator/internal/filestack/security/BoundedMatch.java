package dev.clouddrive.simulator.internal.filestack.security;

import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Matches a text as a whole against a regular expression of a caller's. An expression that goes
 * back and forth for ever, or too deep, doesn't match.
 */
final class BoundedMatch {
  private static final int LONGEST = 4_096;
  private static final int MOST_STEPS = 200_000;

  private BoundedMatch() {}

  static boolean matches(String expression, String text) {
    if (expression.length() > LONGEST || text.length() > LONGEST) {
      return false;
    }
    try {
      return Pattern.compile(expression).matcher(new Counted(text)).matches();
    } catch (PatternSyntaxException | TooManyStepsException | StackOverflowError e) {
      return false;
    }
  }

  private static final class TooManyStepsException extends RuntimeException {
    private static final long serialVersionUID = 1;

    TooManyStepsException() {
      super(null, null, false, false);
    }
  }

  /** A text that may be looked at so often. */
  private static final class Counted implements CharSequence {
    private final String text;
    private int steps;

    Counted(String text) {
      this.text = text;
    }

    @Override
    public char charAt(int index) {
      if (++steps > MOST_STEPS) {
        throw new TooManyStepsException();
      }
      return text.charAt(index);
    }

    @Override
    public int length() {
      return text.length();
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return text.substring(start, end);
    }

    @Override
    public String toString() {
      return text;
    }
  }
}
