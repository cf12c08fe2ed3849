package dev.clouddrive.simulator.junit;

import static dev.clouddrive.simulator.assertions.SimulatorAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.clouddrive.simulator.CloudDriveSimulator;
import dev.clouddrive.simulator.Delivery;
import dev.clouddrive.simulator.DriveAccount;
import dev.clouddrive.simulator.EventType;
import dev.clouddrive.simulator.FilestackApp;
import dev.clouddrive.simulator.Profile;
import dev.clouddrive.simulator.VirtualClock;
import dev.clouddrive.simulator.WebhookReceiver;
import java.io.IOException;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;

/** The simulator in JUnit 5, by classes that JUnit runs here as it does a user's. */
final class CloudDriveTestTest {
  private static final String INSTANT = "2015-10-07T22:41:05Z";

  /** Which simulator each test had, by the test's name. */
  private static final Map<String, CloudDriveSimulator> SEEN = new ConcurrentHashMap<>();

  @TempDir Path output;

  private EngineExecutionResults run(Class<?> type, Map<String, String> parameters) {
    SEEN.clear();
    return EngineTestKit.engine("junit-jupiter")
        .selectors(selectClass(type))
        .configurationParameters(parameters)
        .outputDirectoryCreator(new FixedOutput(output))
        .execute();
  }

  private EngineExecutionResults run(Class<?> type) {
    return run(type, Map.of());
  }

  @CloudDriveTest(frozenAt = INSTANT)
  static class Usual {
    @Test
    void first(CloudDriveSimulator simulator, VirtualClock clock, DriveAccount alice) {
      SEEN.put("first", simulator);
      assertThat(clock.now()).isEqualTo(Instant.parse(INSTANT));
      assertThat(alice.email()).isEqualTo("alice@example.com");
      assertThat(alice).hasNoFile("/new.txt");
      alice.put("/new.txt", "new");
      clock.advance(Duration.ofHours(1));
    }

    @Test
    void second(CloudDriveSimulator simulator, VirtualClock clock, DriveAccount alice) {
      SEEN.put("second", simulator);
      assertThat(clock.now()).isEqualTo(Instant.parse(INSTANT));
      assertThat(alice).hasNoFile("/new.txt");
      alice.put("/new.txt", "new");
      clock.advance(Duration.ofHours(1));
    }

    @Test
    void retries(
        FilestackApp app,
        WebhookReceiver receiver,
        VirtualClock clock,
        CloudDriveSimulator simulator,
        DriveAccount alice,
        @Account("bob@example.com") DriveAccount bob) {
      receiver.answer(503, 200);
      app.webhooks().subscribe(receiver, EventType.UPLOAD);
      assertThat(app.pick(alice, "/Pictures/beach.jpg")).hasUploaded("beach.jpg");
      clock.advance(Duration.ofHours(12));
      assertThat(simulator.deliveries())
          .single(EventType.UPLOAD)
          .isDelivered()
          .wasAnswered(503, 200)
          .wasAttemptedAfter(Duration.ZERO, Duration.ofMinutes(5))
          .hasBody("text.filename", "beach.jpg")
          .hasBody("text.size", 88961);
      assertThat(bob).hasOnlyFiles();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/a.txt", "/b.txt"})
    void eachOfSeveral(String path, DriveAccount alice) {
      assertThat(alice).hasNoFile("/a.txt").hasNoFile("/b.txt");
      alice.put(path, "x");
    }

    @Test
    @CloudDriveWorld(profile = Profile.PRODUCTION_2025, seed = 7, frozenAt = "2025-01-01T00:00:00Z")
    void otherWorld(CloudDriveSimulator simulator, VirtualClock clock) {
      SEEN.put("otherWorld", simulator);
      assertThat(clock.now()).isEqualTo(Instant.parse("2025-01-01T00:00:00Z"));
    }

    @Nested
    class Inner {
      @Test
      void innerTest(CloudDriveSimulator simulator) {
        SEEN.put("inner", simulator);
      }
    }

    @Nested
    @CloudDriveWorld(seed = 9)
    class InnerOther {
      @Test
      void innerTest(CloudDriveSimulator simulator) {
        SEEN.put("innerOther", simulator);
      }
    }
  }

  @Test
  void aClassHasOneSimulatorThatIsResetBeforeEachTest() {
    run(Usual.class).testEvents().assertStatistics(s -> s.started(8).succeeded(8).failed(0));
    assertThat(SEEN.get("second")).isSameAs(SEEN.get("first"));
    assertThat(SEEN.get("inner")).isSameAs(SEEN.get("first"));
    assertThat(SEEN.get("innerOther")).isNotSameAs(SEEN.get("first"));
    assertThat(SEEN.get("otherWorld")).isNotSameAs(SEEN.get("first"));
  }

  @Retention(RetentionPolicy.RUNTIME)
  @CloudDriveTest(world = "classpath:worlds/carol.json")
  @interface OurTest {}

  @OurTest
  abstract static class Base {
    @Test
    void isOfTheMetaAnnotation(DriveAccount first) {
      assertThat(first.email()).isEqualTo("carol@example.com");
      assertThat(first).hasContent("/notes.txt", "hello").hasContent("/beside.txt", "beside\n");
    }
  }

  @TestInstance(TestInstance.Lifecycle.PER_CLASS)
  static class PerClass extends Base {
    @BeforeAll
    void before(CloudDriveSimulator simulator) {
      SEEN.put("before", simulator);
    }

    @Test
    void own(CloudDriveSimulator simulator) {
      SEEN.put("own", simulator);
    }

    @AfterAll
    void after(CloudDriveSimulator simulator) {
      SEEN.put("after", simulator);
    }
  }

  @Test
  void subclassesAndMetaAnnotationsHaveItToo() {
    run(PerClass.class).testEvents().assertStatistics(s -> s.succeeded(2).failed(0));
    assertThat(Set.copyOf(SEEN.values())).hasSize(1);
  }

  @CloudDriveTest(frozenAt = INSTANT)
  static class AtOnce {
    private void use(String name, CloudDriveSimulator simulator, DriveAccount alice) {
      SEEN.put(name, simulator);
      alice.put("/" + name, name);
      assertThat(alice.files().stream().filter(f -> f.lastIndexOf('/') == 0))
          .containsExactly("/" + name);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {"a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l", "m", "n", "o", "p"})
    void oneOfMany(String name, CloudDriveSimulator simulator, DriveAccount alice) {
      use(name, simulator, alice);
    }

    @Test
    void another(CloudDriveSimulator simulator, DriveAccount alice) {
      use("another", simulator, alice);
    }
  }

  @Test
  void testsThatRunAtTheSameTimeHaveEachTheirOwn() {
    Map<String, String> parallel =
        Map.of(
            "junit.jupiter.execution.parallel.enabled", "true",
            "junit.jupiter.execution.parallel.mode.default", "concurrent",
            "junit.jupiter.execution.parallel.config.strategy", "fixed",
            "junit.jupiter.execution.parallel.config.fixed.parallelism", "8");
    run(AtOnce.class, parallel).testEvents().assertStatistics(s -> s.succeeded(17).failed(0));
    assertThat(Set.copyOf(SEEN.values())).hasSize(17);
  }

  static class Programmatic {
    @RegisterExtension
    static final CloudDriveExtension CLOUD_DRIVE =
        CloudDriveExtension.of(CloudDriveSimulator.builder().frozenAt(INSTANT));

    @Test
    void one(CloudDriveSimulator simulator) {
      SEEN.put("one", simulator);
      assertThat(simulator.clock().isFrozen()).isTrue();
      assertThat(CLOUD_DRIVE.simulator()).isSameAs(simulator);
    }

    @Test
    void two(CloudDriveSimulator simulator) {
      SEEN.put("two", simulator);
    }
  }

  static class EachItsOwn {
    @RegisterExtension
    final CloudDriveExtension cloudDrive = CloudDriveExtension.of(CloudDriveSimulator.builder());

    @Test
    void one(CloudDriveSimulator simulator) {
      SEEN.put("one", simulator);
      assertThat(cloudDrive.simulator()).isSameAs(simulator);
    }

    @Test
    void two(CloudDriveSimulator simulator) {
      SEEN.put("two", simulator);
    }
  }

  @Test
  void anExtensionIsRegisteredByAField() {
    run(Programmatic.class).testEvents().assertStatistics(s -> s.succeeded(2).failed(0));
    assertThat(SEEN.get("one")).isSameAs(SEEN.get("two"));
    run(EachItsOwn.class).testEvents().assertStatistics(s -> s.succeeded(2).failed(0));
    assertThat(SEEN.get("one")).isNotSameAs(SEEN.get("two"));
  }

  @CloudDriveTest(frozenAt = INSTANT)
  static class Failing {
    @Test
    void fails(
        CloudDriveSimulator simulator,
        FilestackApp app,
        WebhookReceiver receiver,
        DriveAccount alice) {
      receiver.alwaysAnswer(500);
      app.webhooks().subscribe(receiver, EventType.UPLOAD);
      alice.put("/<script>alert(1)</script>.txt", "x");
      app.pick(alice, "/<script>alert(1)</script>.txt");
      simulator.clock().advance(Duration.ofHours(12));
      assertThat(simulator.deliveries()).single(EventType.UPLOAD).isDelivered();
    }
  }

  @Test
  void aFailureTellsTheStoryAndLeavesATrace() throws IOException {
    EngineExecutionResults results = run(Failing.class);
    results.testEvents().assertStatistics(s -> s.failed(1));
    assertThat(results.testEvents().failed().stream().findFirst().orElseThrow().toString())
        .contains("Expected the delivery to be DELIVERED, but it is FAILED")
        .contains("attempt 4 at 2015-10-08T10:41:05Z (+PT12H): answered 500")
        .contains("\"action\":\"fp.upload\"");
    try (Stream<Path> files = Files.walk(output)) {
      Path trace = files.filter(f -> f.endsWith("clouddrive-trace.html")).findFirst().orElseThrow();
      assertThat(Files.readString(trace))
          .contains("cloud.store", "drive.content.download", "fp.upload", "2015-10-08T10:41:05Z")
          .contains("attempt 4 of fp.upload")
          .doesNotContain("<script>");
    }
  }

  @Test
  void aPendingDeliveryIsNoFailure() {
    try (CloudDriveSimulator simulator = CloudDriveSimulator.builder().frozenAt(INSTANT).start()) {
      simulator.app().webhooks().subscribe("http://127.0.0.1:9/hook", EventType.UPLOAD);
      simulator.app().pick(simulator.account(), "/Pictures/beach.jpg");
      simulator.clock().settle();
      Delivery delivery = simulator.deliveries().single();
      assertThat(delivery).isPending().hasAttempts(1).wasAnswered(0);
      assertThat(simulator.trace()).contains("the next attempt of fp.upload is due");
    }
  }
}
