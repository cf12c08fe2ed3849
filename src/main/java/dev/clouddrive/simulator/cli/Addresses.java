package dev.clouddrive.simulator.cli;

import dev.clouddrive.simulator.CloudDriveSimulator;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/**
 * Where a running simulator is reached, as it is told when it is ready (simulator.md section 4).
 */
record Addresses(String http, Optional<String> https, String console) {

  static Addresses of(CloudDriveSimulator simulator) {
    String http = simulator.baseUrl().toString();
    return new Addresses(http, simulator.httpsUrl().map(URI::toString), http + "/_simulator/");
  }

  /** {@code ready http=… https=… console=…} */
  String readyLine() {
    return "ready http="
        + http
        + https.map(url -> " https=" + url).orElse("")
        + " console="
        + console;
  }

  String json() {
    return "{\"http\":\""
        + http
        + "\","
        + https.map(url -> "\"https\":\"" + url + "\",").orElse("")
        + "\"console\":\""
        + console
        + "\"}";
  }

  /** All at once: whoever waits for the file never reads a part of it. */
  void writeTo(Path file) throws IOException {
    Path part = file.resolveSibling(file.getFileName() + ".part");
    Files.writeString(part, json() + "\n", StandardCharsets.UTF_8);
    Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
