package dev.clouddrive.simulator.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Whose drive a parameter of the type {@link dev.clouddrive.simulator.DriveAccount} is. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.PARAMETER)
public @interface Account {

  /** The email; an account that the world doesn't have is made. */
  String value();
}
