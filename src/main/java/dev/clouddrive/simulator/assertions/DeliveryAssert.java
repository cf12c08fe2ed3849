package dev.clouddrive.simulator.assertions;

import dev.clouddrive.simulator.Delivery;
import dev.clouddrive.simulator.internal.json.Json;
import dev.clouddrive.simulator.internal.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.assertj.core.api.AbstractAssert;
import org.jspecify.annotations.Nullable;

/**
 * What is said of one webhook. A failure tells its attempts, statuses, virtual instants and body.
 */
public final class DeliveryAssert extends AbstractAssert<DeliveryAssert, Delivery> {

  DeliveryAssert(Delivery actual) {
    super(actual, DeliveryAssert.class);
  }

  /** The receiver took it. */
  public DeliveryAssert isDelivered() {
    return hasStatus(Delivery.Status.DELIVERED);
  }

  /** All attempts have failed. */
  public DeliveryAssert isFailed() {
    return hasStatus(Delivery.Status.FAILED);
  }

  /** An attempt is due, or waits for its time. */
  public DeliveryAssert isPending() {
    return hasStatus(Delivery.Status.PENDING);
  }

  private DeliveryAssert hasStatus(Delivery.Status expected) {
    isNotNull();
    if (actual.status() != expected) {
      throw failureWithActualExpected(
          actual.status(),
          expected,
          "%nExpected the delivery to be %s, but it is %s:%n%s",
          expected,
          actual.status(),
          Story.of(actual));
    }
    return this;
  }

  /** So many attempts were made. */
  public DeliveryAssert hasAttempts(int expected) {
    isNotNull();
    int made = actual.attempts().size();
    if (made != expected) {
      throw failureWithActualExpected(
          made,
          expected,
          "%nExpected %d attempts, but there were %d:%n%s",
          expected,
          made,
          Story.of(actual));
    }
    return this;
  }

  /**
   * The attempts were made at these times.
   *
   * @param expected since the first attempt, which counts as {@link Duration#ZERO}
   */
  public DeliveryAssert wasAttemptedAfter(Duration... expected) {
    isNotNull();
    List<Duration> times =
        actual.attempts().isEmpty()
            ? List.of()
            : actual.attempts().stream().map(a -> Duration.between(first(), a.at())).toList();
    if (!times.equals(List.of(expected))) {
      throw failureWithActualExpected(
          times,
          List.of(expected),
          "%nExpected attempts after %s, but they were made after %s:%n%s",
          List.of(expected),
          times,
          Story.of(actual));
    }
    return this;
  }

  private Instant first() {
    return actual.attempts().get(0).at();
  }

  /** The receiver answered the attempts with these statuses; 0 stands for no answer. */
  public DeliveryAssert wasAnswered(Integer... expected) {
    isNotNull();
    List<Integer> answers = actual.attempts().stream().map(a -> a.status().orElse(0)).toList();
    if (!answers.equals(Arrays.asList(expected))) {
      throw failureWithActualExpected(
          answers,
          Arrays.asList(expected),
          "%nExpected the answers %s, but they were %s:%n%s",
          Arrays.asList(expected),
          answers,
          Story.of(actual));
    }
    return this;
  }

  /** What was wrong ended: the last attempt was answered with 2xx at this virtual time. */
  public DeliveryAssert wasDeliveredAt(Instant expected) {
    isDelivered();
    Instant at = actual.attempts().get(actual.attempts().size() - 1).at();
    if (!at.equals(expected)) {
      throw failureWithActualExpected(
          at,
          expected,
          "%nExpected the delivery at %s, but it was at %s:%n%s",
          expected,
          at,
          Story.of(actual));
    }
    return this;
  }

  /**
   * A value of the payload.
   *
   * @param path names with dots between them, such as {@code text.filename}
   * @param expected a text, a number, a boolean, or null
   */
  public DeliveryAssert hasBody(String path, @Nullable Object expected) {
    isNotNull();
    Object found = value(path);
    boolean equal =
        found instanceof Number n && expected instanceof Number m
            ? n.longValue() == m.longValue() && n.doubleValue() == m.doubleValue()
            : Objects.equals(found, expected);
    if (!equal) {
      throw failureWithActualExpected(
          found,
          expected,
          "%nExpected %s to be %s, but it is %s:%n%s",
          path,
          expected,
          found,
          Story.of(actual));
    }
    return this;
  }

  private @Nullable Object value(String path) {
    JsonObject object = Json.parseObject(actual.body());
    String[] names = path.split("\\.");
    for (int i = 0; i < names.length - 1; i++) {
      JsonObject inner = object.optionalObject(names[i]).orElse(null);
      if (inner == null) {
        throw failure("%nThe payload has no %s:%n%s", path, Story.of(actual));
      }
      object = inner;
    }
    String last = names[names.length - 1];
    if (!object.has(last) && !object.keys().contains(last)) {
      throw failure("%nThe payload has no %s:%n%s", path, Story.of(actual));
    }
    return object.value(last);
  }
}
