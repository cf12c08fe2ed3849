package dev.clouddrive.simulator.internal.filestack.upload;

import dev.clouddrive.simulator.internal.blob.Digests;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** AWS Signature Version 4 of the request that puts a part (AWS General Reference, "SigV4"). */
final class RequestSignature {
  static final String UNSIGNED = "UNSIGNED-PAYLOAD";

  private static final String ACCESS_KEY = "AKIASIMULATOR0000000";
  private static final String SECRET_KEY = "simulatorSimulatorSimulatorSimulator0000";
  private static final DateTimeFormatter TIMESTAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
  private static final Pattern AUTHORIZATION =
      Pattern.compile("AWS4-HMAC-SHA256 .*Signature=([0-9a-f]{64})");

  private RequestSignature() {}

  /** Such as {@code 20151007T224105Z}. */
  static String timestamp(Instant instant) {
    return TIMESTAMP.format(instant);
  }

  /**
   * @throws java.time.DateTimeException if the text is no timestamp
   */
  static Instant instant(String timestamp) {
    return Instant.from(TIMESTAMP.parse(timestamp));
  }

  /**
   * @param path as it is on the wire
   * @param query as it is on the wire, its names in order
   * @param headers those that are signed, by their lower-case names
   */
  static String of(
      String path,
      String query,
      SortedMap<String, String> headers,
      String timestamp,
      String region) {
    StringBuilder canonical = new StringBuilder("PUT\n" + path + "\n" + query + "\n");
    for (Map.Entry<String, String> header : headers.entrySet()) {
      canonical.append(header.getKey()).append(':').append(header.getValue()).append('\n');
    }
    canonical.append('\n').append(String.join(";", headers.keySet())).append('\n').append(UNSIGNED);
    String scope = scope(timestamp, region);
    String toSign =
        "AWS4-HMAC-SHA256\n"
            + timestamp
            + "\n"
            + scope
            + "\n"
            + Digests.sha256(canonical.toString());
    byte[] key = ("AWS4" + SECRET_KEY).getBytes(StandardCharsets.UTF_8);
    for (String step : scope.split("/")) {
      key = Digests.hmacSha256(key, step.getBytes(StandardCharsets.UTF_8));
    }
    return HexFormat.of()
        .formatHex(Digests.hmacSha256(key, toSign.getBytes(StandardCharsets.UTF_8)));
  }

  private static String scope(String timestamp, String region) {
    return timestamp.substring(0, 8) + "/" + region + "/s3/aws4_request";
  }

  /** The {@code Authorization} field. */
  static String authorization(
      SortedMap<String, String> headers, String timestamp, String region, String signature) {
    return "AWS4-HMAC-SHA256 Credential="
        + ACCESS_KEY
        + "/"
        + scope(timestamp, region)
        + ", SignedHeaders="
        + String.join(";", headers.keySet())
        + ", Signature="
        + signature;
  }

  /** The signature in an {@code Authorization} field; empty where there is none. */
  static String signatureIn(String authorization) {
    Matcher matcher = AUTHORIZATION.matcher(authorization);
    return matcher.matches() ? matcher.group(1) : "";
  }
}
