package dev.clouddrive.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clouddrive.simulator.internal.json.JsonObject;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Debian's rclone, whose backend has Amazon's host names built in, works unmodified: all it is told
 * is the proxy and the CA (amazon-cloud-drive.md section 7, behaviour 1).
 */
@Timeout(180)
final class RcloneIT {
  private static final int LARGE = 300 * 1024 * 1024;

  @TempDir private Path folder;
  private CloudDriveSimulator simulator;
  private Http http;

  @BeforeEach
  void start() throws IOException {
    Tools.require("rclone", "rclone");
    simulator = CloudDriveSimulator.start();
    http = new Http(simulator.baseUrl());
    Files.writeString(folder.resolve("ca.pem"), simulator.caPem());
    JsonObject tokens = http.control("POST", "accounts/bob@example.com/tokens", "{}").json();
    Files.writeString(
        folder.resolve("rclone.conf"),
        """
        [acd]
        type = amazon cloud drive
        client_id = amzn1.application-oa2-client.simulator
        client_secret = simulator-secret
        token = {"access_token":"%s","token_type":"bearer","refresh_token":"%s","expiry":"2015-01-01T00:00:00Z"}
        """
            .formatted(tokens.string("access_token"), tokens.string("refresh_token")));
  }

  @AfterEach
  void stop() {
    if (simulator != null) {
      simulator.close();
    }
  }

  private Tools.Run attempt(String... arguments) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                "rclone",
                "--config",
                "rclone.conf",
                "--retries",
                "1",
                "--low-level-retries",
                "10"));
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
    builder
        .environment()
        .putAll(Map.of("HTTPS_PROXY", simulator.baseUrl().toString(), "SSL_CERT_FILE", "ca.pem"));
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
    return new Tools.Run(process.exitValue(), output);
  }

  private String rclone(String... arguments) throws Exception {
    Tools.Run run = attempt(arguments);
    assertThat(run.exitCode()).as(run.output()).isZero();
    return run.output();
  }

  private void write(String name, String content) throws IOException {
    Path file = folder.resolve("tree").resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
  }

  private void requireNoDifference(String remote) throws Exception {
    assertThat(rclone("check", "tree", remote)).contains("0 differences found");
  }

  @Test
  void aWholeSession() throws Exception {
    for (String name :
        List.of(
            "with space.txt",
            "ünï 文字.txt",
            "🌊.txt",
            "quote's \"x\".txt",
            "a+b.txt",
            "100%.txt",
            "%41.txt",
            ".hidden",
            "[x](y){z}.txt",
            "sub/deep/er.txt",
            "n".repeat(200) + ".txt",
            "back\\slash.txt",
            "colon:star*.txt")) {
      write(name, "content of " + name);
    }
    write("empty", "");
    try (OutputStream large = Files.newOutputStream(folder.resolve("tree").resolve("large.bin"))) {
      byte[] block = new byte[1024 * 1024];
      for (int i = 0; i < LARGE / block.length; i++) {
        block[i] = (byte) i;
        large.write(block);
      }
    }

    // The token in the configuration has expired: it is refreshed on the way.
    rclone("copy", "tree", "acd:top", "--transfers", "8");
    requireNoDifference("acd:top");
    assertThat(Files.readString(folder.resolve("rclone.conf"))).doesNotContain("2015-01-01");

    assertThat(rclone("cat", "acd:top/with space.txt", "--offset", "8", "--count", "2"))
        .isEqualTo("of");
    rclone("moveto", "acd:top/with space.txt", "acd:top/renamed.txt");
    Files.move(folder.resolve("tree/with space.txt"), folder.resolve("tree/renamed.txt"));
    rclone("moveto", "acd:top/renamed.txt", "acd:top/sub/moved.txt");
    Files.move(folder.resolve("tree/renamed.txt"), folder.resolve("tree/sub/moved.txt"));
    requireNoDifference("acd:top");

    write("a+b.txt", "overwritten, and longer than before");
    rclone("copy", "tree", "acd:top");
    assertThat(rclone("cat", "acd:top/a+b.txt")).isEqualTo("overwritten, and longer than before");

    Files.delete(folder.resolve("tree/empty"));
    Files.delete(folder.resolve("tree/large.bin"));
    rclone("sync", "tree", "acd:top");
    requireNoDifference("acd:top");

    rclone("move", "acd:top/sub", "acd:elsewhere");
    assertThat(rclone("lsf", "-R", "acd:elsewhere"))
        .isEqualToIgnoringWhitespace("deep/ moved.txt deep/er.txt");
    rclone("delete", "acd:elsewhere");
    rclone("purge", "acd:top");
    assertThat(rclone("lsf", "acd:")).isEqualToIgnoringWhitespace("elsewhere/");

    // Its backend doesn't support it, and says so whatever the server does.
    assertThat(attempt("about", "acd:").output()).contains("doesn't support about");
  }

  /** Behaviour 20: the file of an upload that was answered with 504 is found by looking again. */
  @Test
  void anUploadThatTimesOutEndsWell() throws Exception {
    http.control(
        "PUT", "options", "{\"drive.upload504\":\"late\",\"drive.upload504Delay\":\"PT1S\"}");
    write("late.txt", "late");
    rclone("copy", "tree", "acd:top", "--acd-upload-wait-per-gb", "5h");
    http.control("PUT", "options", "{\"drive.upload504\":\"off\"}");
    requireNoDifference("acd:top");
  }

  @Test
  void theReadmesLinesDoWhatTheySay() throws Exception {
    String readme = Files.readString(Path.of("README.md"));
    int heading = readme.indexOf("## Clients that nobody here wrote");
    int begin = readme.indexOf("```sh\n", heading) + 6;
    String script =
        readme
            .substring(begin, readme.indexOf("```", begin))
            .replace("http://127.0.0.1:8080", simulator.baseUrl().toString())
            .replace(" features ", " " + Path.of("features").toAbsolutePath() + " ");
    Tools.Run run = Tools.run(folder, "bash", "-e", "-c", script);
    assertThat(run.exitCode()).as(run.output()).isZero();
    assertThat(run.output()).contains("0 differences found");
  }

  @Test
  void throttlingSlowsItDownAndStopsNothing() throws Exception {
    for (int i = 0; i < 20; i++) {
      write("f" + i + ".txt", "" + i);
    }
    http.control(
        "POST", "faults", "{\"on\":\"drive.*\",\"effect\":{\"throttle\":{\"perSecond\":20}}}");
    rclone("copy", "tree", "acd:top", "--transfers", "8");
    requireNoDifference("acd:top");
    assertThat(http.get("/_simulator/api/journal").text()).contains("Rate exceeded");
  }

  @Test
  void anUnknownHostIsRefused() throws Exception {
    assertThat(attempt("copyurl", "https://example.org/x", "acd:x").output())
        .containsAnyOf("403", "Forbidden");
  }
}
