package dev.clouddrive.simulator.junit;

import dev.clouddrive.simulator.Profile;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Gives the tests of a class a simulator. One is started for the class and reset before each test;
 * where tests of the class run at the same time, each has its own. Lifecycle and test methods take,
 * as parameters, {@link dev.clouddrive.simulator.CloudDriveSimulator}, {@link
 * dev.clouddrive.simulator.VirtualClock}, {@link dev.clouddrive.simulator.FilestackApp}, {@link
 * dev.clouddrive.simulator.WebhookReceiver} (started for the test and closed after it), and {@link
 * dev.clouddrive.simulator.DriveAccount}: the world's first, or the one that {@link Account} names.
 *
 * <p>Subclasses and nested classes inherit it, and it may stand on an annotation of your own. A
 * test that fails leaves a trace: one HTML file with every call, event and attempt, published among
 * JUnit's report entries.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.ANNOTATION_TYPE})
@ExtendWith(CloudDriveExtension.class)
public @interface CloudDriveTest {

  /**
   * The world file: a path, or {@code classpath:} and the name of a resource; empty for the sample
   * world.
   */
  String world() default "";

  /**
   * Where the virtual clock stands still until the test moves it, in ISO 8601; empty leaves the
   * clock to the world, whose own runs.
   */
  String frozenAt() default "";

  /** Payloads, retries and signing. */
  Profile profile() default Profile.CLASSIC;

  /** Where ids and tokens are drawn from. */
  long seed() default 1;
}
