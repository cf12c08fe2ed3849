package dev.clouddrive.simulator.internal.http;

/** What a {@code Range} field asks of content of a known size (RFC 9110 14.1). */
public sealed interface ByteRange {

  /** The field is absent, malformed, of another unit or asks for several ranges: all is sent. */
  record Whole() implements ByteRange {}

  /**
   * One range.
   *
   * @param first the first byte's position
   * @param last the last byte's position, inclusive
   */
  record Part(long first, long last) implements ByteRange {
    public long length() {
      return last - first + 1;
    }

    /** The {@code Content-Range} field. */
    public String contentRange(long size) {
      return "bytes " + first + "-" + last + "/" + size;
    }
  }

  /** The range lies outside the content: 416. */
  record Unsatisfiable() implements ByteRange {}

  /**
   * @param field the field's value; empty when it is absent
   * @param size the content's size in bytes
   */
  static ByteRange parse(String field, long size) {
    String spec = field.strip();
    if (!spec.regionMatches(true, 0, "bytes=", 0, 6) || spec.indexOf(',') >= 0) {
      return new Whole();
    }
    String range = spec.substring(6).strip();
    int dash = range.indexOf('-');
    if (dash < 0) {
      return new Whole();
    }
    long first = position(range.substring(0, dash).strip());
    long last = position(range.substring(dash + 1).strip());
    if (first == MALFORMED || last == MALFORMED || (first == ABSENT && last == ABSENT)) {
      return new Whole();
    }
    if (first == ABSENT) {
      return last == 0 || size == 0
          ? new Unsatisfiable()
          : new Part(Math.max(0, size - last), size - 1);
    }
    if (last != ABSENT && last < first) {
      return new Whole();
    }
    if (first >= size) {
      return new Unsatisfiable();
    }
    return new Part(first, last == ABSENT ? size - 1 : Math.min(last, size - 1));
  }

  long ABSENT = -1;
  long MALFORMED = -2;

  private static long position(String digits) {
    if (digits.isEmpty()) {
      return ABSENT;
    }
    if (digits.length() > 40) {
      return MALFORMED;
    }
    for (int i = 0; i < digits.length(); i++) {
      if (digits.charAt(i) < '0' || digits.charAt(i) > '9') {
        return MALFORMED;
      }
    }
    // More than 18 digits lie beyond every size, so one large value stands for all of them.
    return digits.length() > 18 ? Long.MAX_VALUE : Long.parseLong(digits);
  }
}
