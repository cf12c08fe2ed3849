package dev.clouddrive.simulator.junit;

import dev.clouddrive.simulator.CloudDriveSimulator;
import dev.clouddrive.simulator.Profile;
import java.nio.file.Path;
import java.time.DateTimeException;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;

/** How simulators are started: by equal annotations, equal ones. */
interface SimulatorSource {
  String CLASSPATH = "classpath:";

  CloudDriveSimulator start();

  /** As an annotation says. */
  record Annotated(String world, String frozenAt, Profile profile, long seed)
      implements SimulatorSource {

    static Annotated of(CloudDriveTest annotation) {
      return new Annotated(
          annotation.world(), annotation.frozenAt(), annotation.profile(), annotation.seed());
    }

    static Annotated of(CloudDriveWorld annotation) {
      return new Annotated(
          annotation.world(), annotation.frozenAt(), annotation.profile(), annotation.seed());
    }

    @Override
    public CloudDriveSimulator start() {
      CloudDriveSimulator.Builder builder =
          CloudDriveSimulator.builder().profile(profile).seed(seed);
      if (world.startsWith(CLASSPATH)) {
        builder.worldResource(world.substring(CLASSPATH.length()));
      } else if (!world.isEmpty()) {
        builder.world(Path.of(world));
      }
      if (!frozenAt.isEmpty()) {
        try {
          builder.frozenAt(frozenAt);
        } catch (DateTimeException e) {
          throw new ExtensionConfigurationException(
              "frozenAt = \""
                  + frozenAt
                  + "\" is no instant; write one such as 2015-10-07T22:41:05Z");
        }
      }
      return builder.start();
    }
  }

  /** As a builder says. */
  record Built(CloudDriveSimulator.Builder builder) implements SimulatorSource {
    @Override
    public CloudDriveSimulator start() {
      return builder.start();
    }
  }
}
