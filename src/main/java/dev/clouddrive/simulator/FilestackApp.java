package dev.clouddrive.simulator;

import dev.clouddrive.simulator.internal.assembly.Simulation;
import dev.clouddrive.simulator.internal.control.ControlException;
import dev.clouddrive.simulator.internal.control.Picks;
import dev.clouddrive.simulator.internal.filestack.security.Security;
import dev.clouddrive.simulator.internal.world.Filestack;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** An application at Filestack, and what its users do in the dialogs. */
public final class FilestackApp {
  private final Simulation simulation;
  private final Filestack.App app;

  FilestackApp(Simulation simulation, Filestack.App app) {
    this.simulation = simulation;
    this.app = app;
  }

  public String apikey() {
    return app.apikey();
  }

  /** What the application signs its policies with. */
  public String secret() {
    return app.secret();
  }

  /** Switches security on or off: with it on, every call has to show a policy. */
  public void secure(boolean on) {
    simulation
        .world()
        .change(
            s ->
                s.filestack.apps.computeIfPresent(
                    app.apikey(),
                    (key, now) ->
                        new Filestack.App(key, now.secret(), on, now.store(), now.containers())));
  }

  /**
   * A policy as it travels (filestack-files.md 6.2).
   *
   * @param policy in URL-safe Base64
   * @param signature lower-case hex
   */
  public record SignedPolicy(String policy, String signature) {}

  /**
   * Signs a policy with the application's secret, as its server does.
   *
   * @param json such as {@code {"expiry":1893456000,"call":["read"]}}
   */
  public SignedPolicy sign(String json) {
    String policy = Base64.getUrlEncoder().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    return new SignedPolicy(policy, Security.sign(app.secret(), policy));
  }

  public Webhooks webhooks() {
    return new Webhooks(simulation.world(), app.apikey());
  }

  /** The user picks files from their drive, gives access, and each is copied. */
  public PickResult pick(DriveAccount account, String... paths) {
    return pick(account, Picks.Mode.STORE, true, paths);
  }

  /** As {@link #pick}, but each is linked to where it is: a symlink. */
  public PickResult link(DriveAccount account, String... paths) {
    return pick(account, Picks.Mode.LINK, true, paths);
  }

  /** The user begins to pick and then refuses access to their drive. */
  public PickResult pickDenied(DriveAccount account, String... paths) {
    return pick(account, Picks.Mode.STORE, false, paths);
  }

  /**
   * As {@link #pick}, into a container of the customer's own.
   *
   * @param location {@code s3}, {@code gcs}, {@code azure}, {@code rackspace} or {@code dropbox}
   */
  public PickResult pickInto(
      DriveAccount account, String location, String container, String... paths) {
    return pick(
        account,
        Picks.Mode.STORE,
        true,
        Map.of("location", location, "container", container),
        paths);
  }

  private PickResult pick(DriveAccount account, Picks.Mode mode, boolean allows, String... paths) {
    return pick(account, mode, allows, Map.of(), paths);
  }

  private PickResult pick(
      DriveAccount account,
      Picks.Mode mode,
      boolean allows,
      Map<String, @Nullable Object> storeTo,
      String... paths) {
    Picks.Result result =
        asked(
            () ->
                simulation
                    .picks()
                    .pick(
                        new Picks.Pick(
                            simulation.url(),
                            app.apikey(),
                            account.account(),
                            List.of(paths),
                            mode,
                            allows,
                            storeTo)));
    return new PickResult(
        result.filesUploaded().stream().map(FilestackApp::picked).toList(),
        result.filesFailed().stream().map(FilestackApp::failed).toList());
  }

  private static PickResult.PickedFile picked(Map<String, @Nullable Object> file) {
    return new PickResult.PickedFile(
        text(file, "filename"),
        text(file, "handle"),
        text(file, "mimetype"),
        text(file, "originalPath"),
        Long.parseLong(text(file, "size")),
        text(file, "source"),
        text(file, "url"),
        text(file, "uploadId"));
  }

  private static PickResult.FailedFile failed(Map<String, @Nullable Object> file) {
    return new PickResult.FailedFile(
        text(file, "originalPath"), Integer.parseInt(text(file, "status")), text(file, "error"));
  }

  /**
   * A file that was saved into a drive.
   *
   * @param url the new file's
   * @param size bytes
   */
  public record Exported(String url, String filename, String type, long size, String client) {}

  /**
   * The user saves a file into their drive.
   *
   * @param handle of the file to save
   * @param folder such as {@code /} or {@code /Pictures}
   * @param filename the name that the user types
   * @throws SimulatorException if Filestack refuses
   */
  public Exported export(DriveAccount account, String handle, String folder, String filename) {
    return export(account, handle, folder, filename, true);
  }

  /**
   * The user begins to save a file and then refuses access to their drive.
   *
   * @throws SimulatorException always, with what the page would learn
   */
  public Exported exportDenied(
      DriveAccount account, String handle, String folder, String filename) {
    return export(account, handle, folder, filename, false);
  }

  private Exported export(
      DriveAccount account, String handle, String folder, String filename, boolean allows) {
    Map<String, @Nullable Object> blob =
        asked(
            () ->
                simulation
                    .picks()
                    .export(
                        simulation.url(),
                        app.apikey(),
                        account.account(),
                        handle,
                        folder,
                        filename,
                        allows));
    return new Exported(
        text(blob, "url"),
        text(blob, "filename"),
        text(blob, "type"),
        Long.parseLong(text(blob, "size")),
        text(blob, "client"));
  }

  private static String text(Map<String, @Nullable Object> json, String key) {
    return String.valueOf(json.get(key));
  }

  private static <T> T asked(Supplier<T> action) {
    try {
      return action.get();
    } catch (ControlException e) {
      throw new SimulatorException(String.valueOf(e.getMessage()), e);
    }
  }
}
