package dev.clouddrive.simulator.internal.filestack.file;

import dev.clouddrive.simulator.internal.filestack.security.Grant;
import dev.clouddrive.simulator.internal.filestack.security.RefusedException;
import dev.clouddrive.simulator.internal.world.Filestack;
import dev.clouddrive.simulator.internal.world.WorldLoader;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Decides where a file goes: Filestack's own storage, or a container of the customer's. */
public final class Storages {
  private static final int LONGEST_PATH = 1_024;

  private Storages() {}

  /** A call names a place that can't be; the message is for its caller. */
  public static final class NoSuchPlaceException extends Exception {
    private static final long serialVersionUID = 1;

    private final String parameter;

    NoSuchPlaceException(String parameter, String message) {
      super(message, null, false, false);
      this.parameter = parameter;
    }

    /** The parameter that is wrong. */
    public String parameter() {
      return parameter;
    }
  }

  /**
   * The place that a call asks for, as far as the application has it and the policy allows it.
   *
   * @throws NoSuchPlaceException if there is no such place
   * @throws RefusedException if the policy doesn't allow it
   */
  public static Filestack.Storage choose(Filestack.App app, StoreOptions options, Grant grant)
      throws NoSuchPlaceException, RefusedException {
    String location = location(app, options);
    String container = location.equals("internal") ? null : container(app, location, options);
    String path = options.path().orElse(app.store().path());
    requirePath(path == null ? "" : path);
    grant.requirePath(path);
    grant.requireContainer(container);
    return new Filestack.Storage(location, container, path);
  }

  /** {@code S3} without a container means the default: the application's own, or Filestack's. */
  private static String location(Filestack.App app, StoreOptions options)
      throws NoSuchPlaceException {
    String own = app.store().location();
    String asked = options.location().orElse(options.container().isPresent() ? "s3" : own);
    if (!WorldLoader.LOCATIONS.contains(asked)) {
      throw new NoSuchPlaceException("location", "Unknown storage provider " + asked);
    }
    boolean defaultS3 =
        asked.equals("s3")
            && options.container().isEmpty()
            && !own.equals("s3")
            && containersAt(app, "s3").isEmpty();
    return defaultS3 ? "internal" : asked;
  }

  private static String container(Filestack.App app, String location, StoreOptions options)
      throws NoSuchPlaceException {
    List<String> known = containersAt(app, location);
    boolean isOwn = app.store().location().equals(location);
    Optional<String> asked =
        options
            .container()
            .or(() -> isOwn ? Optional.ofNullable(app.store().container()) : Optional.empty());
    if (app.containers().isEmpty()) {
      return asked.orElse("default-" + location);
    }
    String container = asked.or(() -> known.stream().findFirst()).orElse("");
    if (!known.contains(container) && !(isOwn && container.equals(app.store().container()))) {
      throw new NoSuchPlaceException(
          "container",
          container.isEmpty()
              ? "The storage " + location + " is not configured"
              : "The container " + container + " is not configured");
    }
    return container;
  }

  private static List<String> containersAt(Filestack.App app, String location) {
    return app.containers().stream()
        .filter(container -> container.location().equals(location))
        .map(Filestack.Container::container)
        .toList();
  }

  private static void requirePath(String path) throws NoSuchPlaceException {
    boolean climbs =
        Arrays.stream(path.split("[/\\\\]"))
            .anyMatch(name -> name.equals("..") || name.equals("."));
    if (climbs || path.length() > LONGEST_PATH || path.chars().anyMatch(c -> c < 0x20)) {
      throw new NoSuchPlaceException("path", "The path is invalid");
    }
  }
}
