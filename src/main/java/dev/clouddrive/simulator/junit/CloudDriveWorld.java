package dev.clouddrive.simulator.junit;

import dev.clouddrive.simulator.Profile;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Gives a test, or the tests of a nested class, a simulator other than that of their {@link
 * CloudDriveTest} class. What is left out here is as there is no {@link CloudDriveTest} around it.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE, ElementType.ANNOTATION_TYPE})
public @interface CloudDriveWorld {

  /** As {@link CloudDriveTest#world()}. */
  String world() default "";

  /** As {@link CloudDriveTest#frozenAt()}. */
  String frozenAt() default "";

  /** As {@link CloudDriveTest#profile()}. */
  Profile profile() default Profile.CLASSIC;

  /** As {@link CloudDriveTest#seed()}. */
  long seed() default 1;
}
