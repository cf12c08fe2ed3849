package dev.clouddrive.simulator.internal.filestack.picker;

import dev.clouddrive.simulator.internal.filestack.Applications;
import dev.clouddrive.simulator.internal.filestack.Cloud;
import dev.clouddrive.simulator.internal.filestack.FilestackRoles;
import dev.clouddrive.simulator.internal.http.Addresses;
import dev.clouddrive.simulator.internal.http.Html;
import dev.clouddrive.simulator.internal.http.Request;
import dev.clouddrive.simulator.internal.http.Response;
import dev.clouddrive.simulator.internal.http.Route;
import dev.clouddrive.simulator.internal.webhook.Events;
import dev.clouddrive.simulator.internal.world.Filestack;
import dev.clouddrive.simulator.internal.world.World;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** The dialogs that filepicker.js opens in frames and windows (filestack.md 2.4). */
public final class DialogPages {
  private static final List<String> ASSETS =
      List.of("dialog.js", "dialog.css", "client.js", "picker.js", "editor.js");

  private final World world;
  private final FilestackRoles roles;
  private final Applications applications;
  private final Addresses addresses;
  private final Events events;
  private final List<Cloud> clouds;

  public DialogPages(
      World world,
      FilestackRoles roles,
      Applications applications,
      Addresses addresses,
      Events events,
      Collection<Cloud> clouds) {
    this.world = world;
    this.roles = roles;
    this.applications = applications;
    this.events = events;
    this.addresses = addresses;
    this.clouds = List.copyOf(clouds);
  }

  public List<Route> routes() {
    List<Route> routes = new ArrayList<>();
    routes.add(
        Route.of(
            "dialog.comm",
            "GET",
            "/dialog/comm_iframe/",
            roles.api(),
            request -> html(request, "comm", "Channel")));
    routes.add(dialog("open", "open", "Select files"));
    routes.add(dialog("save", "saveas", "Save a file"));
    routes.add(dialog("folder", "folder", "Choose a folder"));
    routes.add(dialog("process", "open", "Edit a picture"));
    routes.add(
        Route.of(
            "dialog.script",
            "GET",
            "/dialog/script.json",
            roles.api(),
            request -> Assets.script(world)));
    for (String asset : ASSETS) {
      routes.add(
          Route.of(
              "dialog." + asset.replace('.', '_'),
              "GET",
              "/dialog/" + asset,
              roles.api(),
              request -> Assets.serve(asset)));
    }
    return routes;
  }

  /** A dialog of an application's: that it was opened is an event. */
  private Route dialog(String name, String type, String title) {
    return Route.of(
        "dialog." + name,
        "GET",
        "/dialog/" + name + "/",
        roles.api(),
        request -> {
          Optional<String> apikey =
              request.query().get("key").flatMap(applications::byKey).map(Filestack.App::apikey);
          if (apikey.isEmpty()) {
            return roles.invalidApplication();
          }
          events.dialogOpened(
              apikey.get(), OpenedDialog.text(type, apikey.get(), request.query(), world.now()));
          return html(request, name, title);
        });
  }

  private Response html(Request request, String dialog, String title) throws IOException {
    String cloud = addresses.of(request, FilestackRoles.CLOUD_HOST);
    List<String> connect = new ArrayList<>(List.of("'self'", cloud));
    connect.add(request.origin().replaceFirst("//dialog\\.", "//www."));
    // A scripted login is a request of the page's own.
    clouds.forEach(one -> connect.add(addresses.of(request, one.loginHost())));
    return Response.html(
            200,
            new String(Assets.read("dialog.html"), StandardCharsets.UTF_8)
                .replace("%TITLE%", title)
                .replace("%DIALOG%", dialog)
                .replace("%CLOUD%", Html.escape(cloud)))
        .with("Cache-Control", "no-cache")
        .with("X-Content-Type-Options", "nosniff")
        .with(
            "Content-Security-Policy",
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' https: http: data:;"
                + " base-uri 'none'; form-action 'self'; connect-src "
                + String.join(" ", connect));
  }
}
