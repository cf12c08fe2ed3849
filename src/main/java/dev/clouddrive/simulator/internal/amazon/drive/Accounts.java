package dev.clouddrive.simulator.internal.amazon.drive;

import dev.clouddrive.simulator.internal.http.Addresses;
import dev.clouddrive.simulator.internal.http.Request;
import dev.clouddrive.simulator.internal.http.Response;
import dev.clouddrive.simulator.internal.json.Json;
import dev.clouddrive.simulator.internal.world.Drive;
import dev.clouddrive.simulator.internal.world.Usage;
import dev.clouddrive.simulator.internal.world.WorldState;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The account calls (amazon-cloud-drive.md 3.1). */
final class Accounts {
  private final DriveAccess access;
  private final Addresses addresses;

  Accounts(DriveAccess access, Addresses addresses) {
    this.access = access;
    this.addresses = addresses;
  }

  /** {@code GET account/endpoint}: two URLs that end in a slash. */
  Response endpoint(Request request) {
    access.reader(request, "getAccountEndpoint");
    return Response.json(
        200,
        Json.object(
            "customerExists",
            true,
            "contentUrl",
            addresses.of(request, DriveApi.CONTENT_HOST) + "/cdproxy/",
            "metadataUrl",
            addresses.of(request, DriveApi.METADATA_HOST) + "/drive/v1/"));
  }

  /** {@code GET account/info} */
  Response info(Request request) {
    access.reader(request, "getAccountInfo");
    return Response.json(200, Json.object("termsOfUse", "1.0.0", "status", "ACTIVE"));
  }

  /** {@code GET account/quota} */
  Response quota(Request request) {
    Caller caller = access.reader(request, "getAccountQuota");
    return Response.json(
        200,
        access
            .world()
            .read(
                s -> {
                  WorldState.Holder holder = access.holder(s, caller);
                  long quota = holder.account().quotaBytes();
                  return Json.object(
                      "quota",
                      quota,
                      "lastCalculated",
                      access.world().now(),
                      "available",
                      Math.max(0, quota - holder.drive().usedBytes()));
                }));
  }

  /** {@code GET account/usage}: four families, always all of them. */
  Response usage(Request request) {
    Caller caller = access.reader(request, "getAccountUsage");
    Map<String, @Nullable Object> json = Json.object("lastCalculated", access.world().now());
    access.read(
        caller,
        drive -> {
          for (Usage.Family family : Usage.Family.values()) {
            json.put(family.name().toLowerCase(Locale.ROOT), of(drive, family));
          }
          return null;
        });
    return Response.json(200, json);
  }

  private static Map<String, @Nullable Object> of(Drive drive, Usage.Family family) {
    Usage usage = drive.usage(family);
    return Json.object("total", usage, "billable", usage);
  }
}
