package dev.clouddrive.simulator.internal.http;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.StringLength;

final class ByteRangeProperties {

  @Property
  void anyTextGivesARangeInsideOfTheContentOrNone(
      @ForAll @StringLength(max = 40) String text, @ForAll @LongRange(min = 0) long size) {
    check(ByteRange.parse(text, size), size);
    check(ByteRange.parse("bytes=" + text, size), size);
  }

  @Property
  void numbersGiveARangeInsideOfTheContentOrNone(
      @ForAll long first, @ForAll long last, @ForAll @LongRange(min = 0) long size) {
    check(ByteRange.parse("bytes=" + first + "-" + last, size), size);
    check(ByteRange.parse("bytes=" + first + "-", size), size);
    check(ByteRange.parse("bytes=-" + last, size), size);
  }

  private static void check(ByteRange range, long size) {
    if (range instanceof ByteRange.Part part) {
      assertThat(part.first()).isBetween(0L, size - 1);
      assertThat(part.last()).isBetween(part.first(), size - 1);
    }
  }

  @Example
  void theFormsOfTheRfc() {
    assertThat(ByteRange.parse("bytes=0-499", 1000)).isEqualTo(new ByteRange.Part(0, 499));
    assertThat(ByteRange.parse("bytes=500-", 1000)).isEqualTo(new ByteRange.Part(500, 999));
    assertThat(ByteRange.parse("bytes=-1", 1000)).isEqualTo(new ByteRange.Part(999, 999));
    assertThat(ByteRange.parse("bytes=-5000", 1000)).isEqualTo(new ByteRange.Part(0, 999));
    assertThat(ByteRange.parse("bytes=900-5000", 1000)).isEqualTo(new ByteRange.Part(900, 999));
    assertThat(ByteRange.parse("bytes=1000-", 1000)).isInstanceOf(ByteRange.Unsatisfiable.class);
    assertThat(ByteRange.parse("bytes=0-0", 0)).isInstanceOf(ByteRange.Unsatisfiable.class);
    assertThat(ByteRange.parse("bytes=0-1,5-6", 1000)).isInstanceOf(ByteRange.Whole.class);
    assertThat(ByteRange.parse("pages=1-2", 1000)).isInstanceOf(ByteRange.Whole.class);
    assertThat(ByteRange.parse("bytes=5-2", 1000)).isInstanceOf(ByteRange.Whole.class);
    assertThat(ByteRange.parse("", 1000)).isInstanceOf(ByteRange.Whole.class);
  }
}
