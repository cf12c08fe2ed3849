package dev.clouddrive.simulator.cli;

import dev.clouddrive.simulator.CloudDriveSimulator;
import dev.clouddrive.simulator.Profile;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** How a simulator is started from the command line; each option can come from the environment. */
final class ServerOptions {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--host",
      paramLabel = "H",
      defaultValue = "${env:CLOUDDRIVE_HOST:-127.0.0.1}",
      description = "address to listen on (127.0.0.1)")
  private String host;

  @Option(
      names = "--port",
      paramLabel = "N",
      defaultValue = "${env:CLOUDDRIVE_PORT:-8080}",
      description = "port to listen on, 0 for a free one (8080)")
  private int port;

  @Option(
      names = "--https-port",
      paramLabel = "N",
      defaultValue = "${env:CLOUDDRIVE_HTTPS_PORT:-" + Option.NULL_VALUE + "}",
      description = "second port, which speaks TLS, 0 for a free one (none)")
  private Integer httpsPort;

  @Option(
      names = "--world",
      paramLabel = "FILE",
      defaultValue = "${env:CLOUDDRIVE_WORLD:-" + Option.NULL_VALUE + "}",
      description = "world to load (the sample world)")
  private Path world;

  @Option(
      names = "--profile",
      paramLabel = "P",
      defaultValue = "${env:CLOUDDRIVE_PROFILE:-" + Option.NULL_VALUE + "}",
      description = "classic, docs-2018 or production-2025 (the world's)")
  private String profile;

  @Option(
      names = "--clock",
      paramLabel = "MODE",
      defaultValue = "${env:CLOUDDRIVE_CLOCK:-" + Option.NULL_VALUE + "}",
      description = "running or frozen (the world's)")
  private String clock;

  @Option(
      names = "--now",
      paramLabel = "INSTANT",
      defaultValue = "${env:CLOUDDRIVE_NOW:-" + Option.NULL_VALUE + "}",
      description = "virtual time to start at, such as 2015-10-07T22:41:05Z")
  private String now;

  @Option(
      names = "--speed",
      paramLabel = "X",
      defaultValue = "${env:CLOUDDRIVE_SPEED:-" + Option.NULL_VALUE + "}",
      description = "virtual seconds per second of a running clock (1)")
  private Double speed;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "${env:CLOUDDRIVE_SEED:-" + Option.NULL_VALUE + "}",
      description = "seed of ids and tokens (the world's)")
  private Long seed;

  @Option(
      names = "--stubs",
      paramLabel = "DIR",
      defaultValue = "${env:CLOUDDRIVE_STUBS:-" + Option.NULL_VALUE + "}",
      description = "directory of WireMock stubs: mappings/*.json, __files (none)")
  private Path stubs;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = "${env:CLOUDDRIVE_DATA:-" + Option.NULL_VALUE + "}",
      description =
          "directory that keeps the world and the certificate authority across restarts (none)")
  private Path data;

  @Option(
      names = "--public-url",
      paramLabel = "URL",
      defaultValue = "${env:CLOUDDRIVE_PUBLIC_URL:-" + Option.NULL_VALUE + "}",
      description = "scheme and host of the URLs in answers (each request's)")
  private String publicUrl;

  @Option(
      names = "--admin-token",
      paramLabel = "T",
      defaultValue = "${env:CLOUDDRIVE_ADMIN_TOKEN:-" + Option.NULL_VALUE + "}",
      description = "bearer token of the control API; needed beyond loopback")
  private String adminToken;

  CloudDriveSimulator start() {
    CloudDriveSimulator.Builder builder = CloudDriveSimulator.builder().host(host).port(port);
    if (httpsPort != null) {
      builder.httpsPort(httpsPort);
    }
    if (world != null) {
      builder.world(world);
    }
    if (profile != null) {
      builder.profile(profileOf(profile));
    }
    setClock(builder);
    if (seed != null) {
      builder.seed(seed);
    }
    if (stubs != null) {
      builder.stubs(stubs);
    }
    if (data != null) {
      builder.data(data);
    }
    if (publicUrl != null) {
      builder.publicUrl(publicUrl);
    }
    if (adminToken != null) {
      builder.adminToken(adminToken);
    }
    return builder.start();
  }

  private void setClock(CloudDriveSimulator.Builder builder) {
    if (clock != null && !clock.equals("running") && !clock.equals("frozen")) {
      throw wrong("--clock is running or frozen, not " + clock);
    }
    boolean frozen = "frozen".equals(clock);
    if (now != null) {
      Instant instant = instant(now);
      if (frozen) {
        builder.frozenAt(instant);
      } else {
        builder.runningFrom(instant);
      }
    } else if (frozen) {
      builder.frozen();
    }
    if (speed != null) {
      if (!(speed > 0)) {
        throw wrong("--speed is a number above 0");
      }
      builder.speed(speed);
    }
  }

  private Instant instant(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeException e) {
      throw wrong("--now is an instant such as 2015-10-07T22:41:05Z, not " + text);
    }
  }

  private Profile profileOf(String id) {
    return Arrays.stream(Profile.values())
        .filter(p -> p.id().equals(id))
        .findFirst()
        .orElseThrow(
            () ->
                wrong(
                    "--profile is one of "
                        + Arrays.stream(Profile.values())
                            .map(Profile::id)
                            .collect(Collectors.joining(", "))
                        + ", not "
                        + id));
  }

  private ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
