package dev.clouddrive.simulator.internal.filestack.upload;

import dev.clouddrive.simulator.internal.blob.Blob;
import dev.clouddrive.simulator.internal.filestack.FilestackRoles;
import dev.clouddrive.simulator.internal.http.Addresses;
import dev.clouddrive.simulator.internal.http.BodyTooLargeException;
import dev.clouddrive.simulator.internal.http.Request;
import dev.clouddrive.simulator.internal.http.Response;
import dev.clouddrive.simulator.internal.http.Route;
import dev.clouddrive.simulator.internal.world.Filestack;
import dev.clouddrive.simulator.internal.world.World;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The S3 that a part is put to with the request that was signed for it (filestack-files.md 4.2).
 * The signature covers method, path, query, length, MD5, host and time.
 */
final class ObjectStore {
  static final String BUCKET = "sim-uploads";

  /** What S3 allows between the time that is signed and its own. */
  private static final Duration MOST_SKEW = Duration.ofMinutes(15);

  private final World world;
  private final FilestackRoles roles;
  private final Addresses addresses;
  private final Uploads uploads;

  ObjectStore(World world, FilestackRoles roles, Addresses addresses, Uploads uploads) {
    this.world = world;
    this.roles = roles;
    this.addresses = addresses;
    this.uploads = uploads;
  }

  List<Route> routes() {
    return List.of(
        Route.of("s3.putPart", "PUT", "/" + BUCKET + "/{key...}", roles.s3(), this::put),
        // Where the SDKs' own test switches send parts to (filestack-files.md 10).
        Route.of("s3.putFake", "PUT", "/fakeS3", roles.upload(), this::put));
  }

  /** A request that puts a part. */
  record Signed(String url, Map<String, String> headers, String signature) {}

  /**
   * @param query such as {@code partNumber=1&uploadId=x}, its names in order
   * @param md5 Base64; empty for none
   */
  Signed sign(Request request, String path, String query, long size, String md5) {
    String origin = addresses.of(request, FilestackRoles.S3_HOST);
    String timestamp = RequestSignature.timestamp(world.now());
    SortedMap<String, String> signed =
        signedHeaders(Long.toString(size), md5, authority(origin), timestamp);
    String signature = RequestSignature.of(path, query, signed, timestamp, FilestackRoles.REGION);
    Map<String, String> headers = new TreeMap<>();
    headers.put(
        "Authorization",
        RequestSignature.authorization(signed, timestamp, FilestackRoles.REGION, signature));
    if (!md5.isEmpty()) {
      headers.put("Content-MD5", md5);
    }
    headers.put("x-amz-content-sha256", RequestSignature.UNSIGNED);
    headers.put("x-amz-date", timestamp);
    return new Signed(origin + path + "?" + query, headers, signature);
  }

  private static String authority(String origin) {
    return URI.create(origin).getRawAuthority();
  }

  private static SortedMap<String, String> signedHeaders(
      String length, String md5, String host, String timestamp) {
    SortedMap<String, String> headers = new TreeMap<>();
    headers.put("content-length", length);
    if (!md5.isEmpty()) {
      headers.put("content-md5", md5);
    }
    headers.put("host", host);
    headers.put("x-amz-date", timestamp);
    return headers;
  }

  private Response put(Request request) throws IOException {
    Optional<Response> refused = refusal(request);
    if (refused.isPresent()) {
      return refused.get();
    }
    Optional<Filestack.Part> found = partOf(request);
    if (found.isEmpty() || uploads.find(found.get().id().uploadId()).isEmpty()) {
      return roles.s3Error(404, "NoSuchUpload", "The specified upload does not exist.");
    }
    Filestack.Part part = found.get();
    long length = request.body().length();
    Blob blob;
    try (InputStream in = request.body().openStream()) {
      blob = world.blobs().store(in, length);
    } catch (BodyTooLargeException e) {
      return roles.s3Error(400, "EntityTooLarge", "The body is larger than what was signed.");
    }
    boolean unsignedLength = request.optionalVariable("key").isEmpty() && length != part.size();
    if (blob.size() != length || unsignedLength) {
      return roles.s3Error(
          400, "IncompleteBody", "You did not provide the number of bytes that was signed.");
    }
    String md5 = Base64.getEncoder().encodeToString(HexFormat.of().parseHex(blob.md5()));
    String told = request.headers().get("Content-MD5").orElse(part.md5());
    if (!told.isEmpty() && !told.equals(md5)) {
      return roles.s3Error(
          400, "BadDigest", "The Content-MD5 you specified did not match what we received.");
    }
    world.change(
        s -> {
          s.filestack.parts.computeIfPresent(part.id(), (id, current) -> current.withBlob(blob));
          return null;
        });
    return Response.of(200).with("ETag", "\"" + blob.md5() + "\"");
  }

  /** What S3 says before it looks at the body. */
  private Optional<Response> refusal(Request request) {
    String signature =
        RequestSignature.signatureIn(request.headers().get("Authorization").orElse(""));
    if (signature.isEmpty()) {
      return Optional.of(roles.s3Error(403, "AccessDenied", "Access Denied"));
    }
    if (request.body().length() < 0) {
      return Optional.of(
          roles.s3Error(
              411, "MissingContentLength", "You must provide the Content-Length HTTP header."));
    }
    String timestamp = request.headers().get("x-amz-date").orElse("");
    Instant signedAt;
    try {
      signedAt = RequestSignature.instant(timestamp);
    } catch (DateTimeException e) {
      return Optional.of(roles.s3Error(403, "AccessDenied", "x-amz-date is missing"));
    }
    if (Duration.between(signedAt, world.now()).abs().compareTo(MOST_SKEW) > 0) {
      return Optional.of(
          roles.s3Error(
              403,
              "RequestTimeTooSkewed",
              "The difference between the request time and the current time is too large."));
    }
    boolean fake = request.optionalVariable("key").isEmpty();
    return fake || signature.equals(expected(request, timestamp))
        ? Optional.empty()
        : Optional.of(
            roles.s3Error(
                403,
                "SignatureDoesNotMatch",
                "The request signature we calculated does not match the signature you provided."));
  }

  private String expected(Request request, String timestamp) {
    SortedMap<String, String> headers =
        signedHeaders(
            Long.toString(request.body().length()),
            request.headers().get("Content-MD5").orElse(""),
            authority(addresses.of(request, FilestackRoles.S3_HOST)),
            timestamp);
    return RequestSignature.of(
        request.rawPath(), request.rawQuery(), headers, timestamp, FilestackRoles.REGION);
  }

  /**
   * The part that a request was signed for: by its URL, so that an earlier signature stays good, or
   * by the signature where the URL says nothing.
   */
  private Optional<Filestack.Part> partOf(Request request) {
    Optional<String> uploadId = request.query().get("uploadId");
    if (uploadId.isPresent()) {
      String[] names = request.rawPath().split("/");
      boolean chunk = names.length > 3 && names[2].equals("ii");
      long offset = chunk ? number(names[names.length - 1]) : 0;
      int part = (int) number(request.query().get("partNumber").orElse(""));
      Filestack.PartId id = new Filestack.PartId(uploadId.get(), part, offset);
      return world.read(s -> Optional.ofNullable(s.filestack.parts.get(id)));
    }
    String signature =
        RequestSignature.signatureIn(request.headers().get("Authorization").orElse(""));
    return world.read(
        s ->
            s.filestack.parts.values().stream()
                .filter(part -> part.signature().equals(signature))
                .findFirst());
  }

  private static long number(String text) {
    return text.matches("\\d{1,15}") ? Long.parseLong(text) : -1;
  }
}
