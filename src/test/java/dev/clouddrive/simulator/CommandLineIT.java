package dev.clouddrive.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clouddrive.simulator.internal.json.Json;
import dev.clouddrive.simulator.internal.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The runnable jar as people start it (simulator.md section 4). */
@Timeout(120)
final class CommandLineIT {
  @TempDir private Path folder;

  /** A server that was started from the jar. */
  private record Serve(Process process, String readyLine, URI url) implements AutoCloseable {
    @Override
    public void close() {
      process.destroyForcibly();
    }
  }

  private Serve serve(List<String> javaOptions, String... arguments) throws IOException {
    return serve(Map.of(), javaOptions, arguments);
  }

  private Serve serve(
      Map<String, String> environment, List<String> javaOptions, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>(Tools.jar("serve", "--port", "0"));
    command.addAll(1, javaOptions);
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectError(folder.resolve("stderr.txt").toFile());
    builder.environment().putAll(environment);
    Process process = builder.start();
    BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
    String line = out.readLine();
    assertThat(line).startsWith("ready http=");
    return new Serve(process, line, URI.create(line.split(" ")[1].substring(5)));
  }

  @Test
  void verifyRunsTheFeaturesAgainstAServer() throws IOException {
    try (Serve serve = serve(List.of())) {
      Http http = new Http(serve.url());
      http.put("/_simulator/api/accounts/bob@example.com/files/mine.txt", "mine");
      Tools.Run run =
          Tools.run(
              folder,
              Tools.jar(
                  "verify",
                  "--target",
                  serve.url().toString(),
                  "--tags",
                  "@seed",
                  "--report",
                  "r"));
      assertThat(run.exitCode()).as(run.output()).isZero();
      assertThat(run.output()).contains(" scenarios passed, 0 failed, 0 skipped");
      assertThat(Files.readString(folder.resolve("r/conformance.md")))
          .contains("| cloud.store | ", "| drive.content.upload | ", "| login.consent | ");
      assertThat(folder.resolve("r/report.html")).isNotEmptyFile();
      assertThat(Files.readString(folder.resolve("r/junit.xml"))).contains("failures=\"0\"");
      // The world that was there before is there again.
      assertThat(http.get("/_simulator/api/accounts/bob@example.com/files/mine.txt").text())
          .isEqualTo("mine");
    }
    // What goes wrong there fails scenarios.
    Path mappings = Files.createDirectories(folder.resolve("stubs/mappings"));
    Files.writeString(
        mappings.resolve("link.json"),
        "{\"request\":{\"method\":\"POST\",\"urlPath\":\"/link/\"},\"response\":{\"status\":500}}");
    try (Serve serve = serve(List.of(), "--stubs", "stubs")) {
      Tools.Run broken =
          Tools.run(
              folder, Tools.jar("verify", "--target", serve.url().toString(), "--tags", "@seed"));
      assertThat(broken.exitCode()).isEqualTo(1);
      assertThat(broken.output()).contains("failed: A picked file is linked to: nothing is copied");
    }
    Tools.Run nobody = Tools.run(folder, Tools.jar("verify", "--target", "http://127.0.0.1:1"));
    assertThat(nobody.exitCode()).isEqualTo(1);
    assertThat(nobody.output()).contains("start the target first").doesNotContain("\tat ");
    assertThat(Tools.run(folder, Tools.jar("verify", "--target", "here")).exitCode()).isEqualTo(2);
  }

  @Test
  void execRunsACommandWithASimulatorBesideIt() {
    Tools.require("curl", "curl");
    Tools.Run run =
        Tools.run(
            folder,
            Tools.jar(
                "exec",
                "--port",
                "0",
                "--",
                "sh",
                "-c",
                "curl -s https://drive.amazonaws.com/drive/v1/account/info; curl -s"
                    + " $CLOUDDRIVE_URL/_simulator/health; exit 7"));
    assertThat(run.exitCode()).as(run.output()).isEqualTo(7);
    assertThat(run.output())
        .contains("\"status\":\"UP\"")
        .contains("No authentication header supplied");
    Tools.Run none = Tools.run(folder, Tools.jar("exec", "--port", "0", "--", "no-such-program"));
    assertThat(none.exitCode()).isEqualTo(127);
    assertThat(none.output()).contains("name a program that is on the path");
  }

  @Test
  void triggerSendsWhatListenChecks() throws Exception {
    Process listen =
        new ProcessBuilder(Tools.jar("listen", "--port", "0", "--fail", "1", "--secret", "whsec_1"))
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .start();
    try {
      BufferedReader out = listen.inputReader(StandardCharsets.UTF_8);
      String url = out.readLine().replace("listening on ", "");
      List<String> trigger =
          Tools.jar("trigger", "fp.upload", "--to", url, "--set", "/text/filename=other.jpg");
      assertThat(Tools.run(folder, trigger).exitCode()).isEqualTo(1);
      assertThat(out.readLine()).startsWith("503 valid fp.upload, SIGNATURE BAD ");
      trigger.addAll(List.of("--secret", "whsec_1"));
      Tools.Run good = Tools.run(folder, trigger);
      assertThat(good.exitCode()).as(good.output()).isZero();
      assertThat(out.readLine())
          .startsWith("200 valid fp.upload, signature good ")
          .contains("\"filename\":\"other.jpg\"");
      Tools.Run invalid =
          Tools.run(
              folder, Tools.jar("trigger", "fp.upload", "--to", url, "--set", "/text/size=-1"));
      assertThat(invalid.exitCode()).isEqualTo(2);
      assertThat(invalid.output()).contains("/text/size").doesNotContain("\tat ");
      Tools.Run unknown = Tools.run(folder, Tools.jar("trigger", "fp.uplod", "--to", url));
      assertThat(unknown.exitCode()).isEqualTo(2);
      assertThat(unknown.output()).contains("did you mean fp.upload?");
    } finally {
      listen.destroyForcibly();
    }
  }

  @Test
  void aWorldGoesIntoAFileAndBack() throws IOException {
    try (Serve serve = serve(List.of())) {
      Http http = new Http(serve.url());
      String file = "/_simulator/api/accounts/bob@example.com/files/mine.txt";
      http.put(file, "mine");
      List<String> target = List.of("--target", serve.url().toString());
      for (String name : List.of("w.zip", "w.json")) {
        List<String> export = Tools.jar("world", "export", name);
        export.addAll(target);
        Tools.Run exported = Tools.run(folder, export);
        assertThat(exported.exitCode()).as(exported.output()).isZero();
        http.delete(file);
        List<String> imported = Tools.jar("world", "import", name);
        imported.addAll(target);
        assertThat(Tools.run(folder, imported).exitCode()).isZero();
        assertThat(http.get(file).text()).isEqualTo("mine");
        assertThat(Tools.run(folder, Tools.jar("world", "check", name)).output())
            .contains(name + " holds a world");
      }
    }
    Files.writeString(folder.resolve("bad.json"), "{\"acounts\":[]}");
    Tools.Run bad = Tools.run(folder, Tools.jar("world", "check", "bad.json"));
    assertThat(bad.exitCode()).isEqualTo(1);
    assertThat(bad.output()).contains("did you mean \"accounts\"?").doesNotContain("\tat ");
    assertThat(Tools.run(folder, Tools.jar("world", "check", "none.json")).exitCode()).isEqualTo(2);
    assertThat(Tools.run(folder, Tools.jar("world")).output()).contains("export, import or check");
  }

  @Test
  void theReadmesCommandsRun() throws IOException {
    Tools.require("bash", "bash");
    String readme = Files.readString(Path.of("README.md"));
    int begin = readme.indexOf("alias clouddrive=");
    String commands = readme.substring(begin, readme.indexOf("```", begin));
    String port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = Integer.toString(free.getLocalPort());
    }
    String jar = "'" + String.join("' '", Tools.jar()) + "'";
    String script =
        commands
            .replaceFirst("alias .*", "clouddrive() { " + jar + " \"\\$@\"; }")
            .replaceFirst(
                "clouddrive (listen [^#\n]*).*",
                jar + " $1 &\nuntil (exec 3<>/dev/tcp/127.0.0.1/9000) 2>&-; do :; done")
            .replace("9000", port);
    try (Serve serve = serve(List.of())) {
      String target = "export CLOUDDRIVE_TARGET=" + serve.url() + "\n";
      Tools.Run run = Tools.run(folder, "bash", "-c", target + script + "kill $!; wait");
      assertThat(run.output())
          .contains("No authentication header supplied")
          .contains("503 valid fp.upload, signature good")
          .contains("\"filename\":\"other.jpg\"")
          .contains("complete -F");
      assertThat(folder.resolve("world.zip")).isNotEmptyFile();
    }
  }

  @Test
  void theShellCompletes() {
    Tools.Run run = Tools.run(folder, Tools.jar("generate-completion"));
    assertThat(run.exitCode()).isZero();
    assertThat(run.output()).contains("--ready-file", "trigger");
  }

  @Test
  void theDemoShowsFourAttemptsAtTheSeedsInstants() {
    Tools.Run run = Tools.run(folder, Tools.jar("demo"));
    assertThat(run.exitCode()).as(run.output()).isZero();
    assertThat(run.output())
        .containsSubsequence(
            "fp.upload",
            "attempt 1 at 2015-10-07T22:41:05Z (+0): 503",
            "attempt 2 at 2015-10-07T22:46:05Z (+5 min): 503",
            "attempt 3 at 2015-10-07T23:41:05Z (+1 h): 503",
            "attempt 4 at 2015-10-08T10:41:05Z (+12 h): 503",
            "failed",
            "fp.converse",
            "fp.export",
            "failed");
  }

  @Test
  void serveTellsWhereItIsAndStopsOnASignal() throws Exception {
    Path readyFile = folder.resolve("ready.json");
    try (Serve serve =
        serve(
            List.of(),
            "--clock",
            "frozen",
            "--now",
            "2015-10-07T22:41:05Z",
            "--ready-file",
            readyFile.toString())) {
      assertThat(serve.readyLine())
          .isEqualTo("ready http=" + serve.url() + " console=" + serve.url() + "/_simulator/");
      JsonObject ready = Json.parseObject(Files.readAllBytes(readyFile));
      assertThat(ready.string("http")).isEqualTo(serve.url().toString());
      Http http = new Http(serve.url());
      assertThat(http.get("/_simulator/health").json().string("status")).isEqualTo("UP");
      JsonObject clock = http.get("/_simulator/api/clock").json();
      assertThat(clock.string("now")).isEqualTo("2015-10-07T22:41:05.000Z");
      assertThat(clock.string("mode")).isEqualTo("frozen");
      serve.process().destroy();
      assertThat(serve.process().waitFor(5, TimeUnit.SECONDS)).isTrue();
      assertThat(serve.process().exitValue()).isZero();
      assertThat(folder.resolve("stderr.txt")).isEmptyFile();
    }
  }

  @Test
  void aReceiverThatNeverAnswersDoesNotKeepItFromStopping() throws Exception {
    try (Serve serve = serve(List.of(), "--clock", "frozen");
        ServerSocket silent = new ServerSocket(0, 5, java.net.InetAddress.getLoopbackAddress())) {
      Http http = new Http(serve.url());
      http.control(
          "POST",
          "apps/ASimKey0000000000000Az/webhooks",
          "{\"url\":\"http://127.0.0.1:" + silent.getLocalPort() + "/\",\"event\":\"fp.export\"}");
      http.control("POST", "apps/ASimKey0000000000000Az/events", "{\"action\":\"fp.export\"}");
      try (java.net.Socket attempt = silent.accept()) {
        assertThat(attempt.isConnected()).isTrue();
        serve.process().destroy();
        assertThat(serve.process().waitFor(5, TimeUnit.SECONDS)).isTrue();
        assertThat(serve.process().exitValue()).isZero();
      }
    }
  }

  @Test
  void aPortThatIsTakenIsANo() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress())) {
      Tools.Run run = Tools.run(folder, Tools.jar("serve", "--port", "" + taken.getLocalPort()));
      assertThat(run.exitCode()).isEqualTo(1);
      assertThat(run.output().lines())
          .containsExactly(
              "clouddrive-simulator: port "
                  + taken.getLocalPort()
                  + " on 127.0.0.1 is in use; take another, or 0 for a free one");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          serve --port many                | 2 | --port
          serv                             | 2 | did you mean serve?
          serve --prot 1                   | 2 | did you mean --port
          serve --now yesterday            | 2 | --now is an instant such as
          serve --clock stopped            | 2 | --clock is running or frozen
          serve --profile clasic           | 2 | --profile is one of classic
          serve --speed 0                  | 2 | --speed is a number above 0
          serve --host 0.0.0.0 --port 0    | 2 | beyond loopback the control API needs a token
          serve --world none.json --port 0 | 1 | there is no file none.json
          srve                             | 2 | srve
          ''                               | 2 | say what to do: serve or demo
          """)
  void wrongUsageIsToldInOneLine(String arguments, int exitCode, String words) {
    Tools.Run run =
        Tools.run(folder, arguments.isEmpty() ? Tools.jar() : Tools.jar(arguments.split(" ")));
    assertThat(run.exitCode()).as(run.output()).isEqualTo(exitCode);
    assertThat(run.output()).startsWith("clouddrive-simulator: ").contains(words);
    assertThat(run.output().lines()).hasSize(1);
  }

  @Test
  void aWorldOfOnesOwnIsLoadedOrToldWhy() throws Exception {
    Path world = folder.resolve("world.json");
    Files.writeString(
        world,
        """
        {"clock":{"now":"2015-10-07T22:41:05Z","mode":"frozen"},"seed":1,
         "accounts":[{"email":"zoe@example.com","files":{"/notes.txt":{"text":"hello"},"/big.bin":{"size":1048576,"seed":7}}}],
         "clients":[{"clientId":"amzn1.application-oa2-client.own","secret":"s","redirectUris":["http://127.0.0.1/*"]}],
         "apps":[{"apikey":"AOwnKey0000000000000Oz","webhooks":[{"url":"http://127.0.0.1:9000/hook","event":"all","secret":"whsec_1"}]}],
         "profile":"docs-2018","options":{"export.onConflict":"rename"}}
        """);
    try (Serve serve = serve(List.of(), "--world", "world.json")) {
      Http http = new Http(serve.url());
      assertThat(http.get("/_simulator/api/accounts/zoe@example.com/files/notes.txt").text())
          .isEqualTo("hello");
      assertThat(http.get("/_simulator/api/accounts/zoe@example.com/files/big.bin").body())
          .hasSize(1_048_576);
      assertThat(http.get("/_simulator/api/apps/AOwnKey0000000000000Oz/webhooks").list())
          .hasSize(9);
    }
    Files.writeString(world, "{\"acounts\":[]}");
    Tools.Run run = Tools.run(folder, Tools.jar("serve", "--world", "world.json"));
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.output().strip())
        .isEqualTo(
            "clouddrive-simulator: world.json: /acounts: unknown key; did you mean \"accounts\"?");
  }

  /** The heap is 64 MiB, the file sixteen times as large. */
  @Test
  void aGibibyteIsPutAndPickedWithASmallHeap() throws Exception {
    long size = 1L << 30;
    try (Serve serve = serve(List.of("-Xmx64m"))) {
      Http http = new Http(serve.url());
      MessageDigest sent = MessageDigest.getInstance("MD5");
      HttpRequest.BodyPublisher body =
          HttpRequest.BodyPublishers.ofInputStream(
              () -> new DigestInputStream(new Ramp(size), sent));
      Http.Answer put =
          http.call("PUT", "/_simulator/api/accounts/alice@example.com/files/big.bin", body);
      assertThat(put.status()).as(put.text()).isEqualTo(201);
      String md5 = HexFormat.of().formatHex(sent.digest());
      assertThat(put.json().string("md5")).isEqualTo(md5);
      JsonObject picked =
          http.control(
                  "POST",
                  "picks",
                  "{\"apikey\":\"ASimKey0000000000000Az\",\"account\":\"alice@example.com\","
                      + "\"paths\":[\"/big.bin\"]}")
              .json()
              .objects("filesUploaded")
              .get(0);
      assertThat(picked.longValue("size")).isEqualTo(size);
      assertThat(
              http.get("/api/file/" + picked.string("handle") + "/metadata?md5=true")
                  .json()
                  .string("md5"))
          .isEqualTo(md5);
    }
  }

  @Test
  void whatAMissingProgramWouldMakeIsToldOrStoodInFor() throws Exception {
    Map<String, String> nothingInstalled = Map.of("PATH", folder.toString());
    try (Serve serve =
        serve(nothingInstalled, List.of(), "--clock", "frozen", "--now", "2015-10-07T22:41:05Z")) {
      Http http = new Http(serve.url());
      String document = picked(http, "/Documents/report.docx");
      String video = picked(http, "/Videos/kite.mp4");
      Http.Answer refused = http.get("/output=format:pdf/" + document);
      assertThat(refused.status()).isEqualTo(400);
      assertThat(refused.text()).contains("LibreOffice").contains("apt-get install");
      assertThat(http.get("/video_convert=preset:webm/" + video).text()).contains("ffmpeg");
      http.control("PUT", "options", "{\"conversion.standIns\":true}");
      Http.Answer standIn = http.get("/output=format:pdf/" + document);
      assertThat(standIn.header("X-Simulator-Stand-In")).isEqualTo("true");
      assertThat(standIn.text()).startsWith("%PDF");
      http.get("/video_convert=preset:webm/" + video);
      http.control("POST", "clock/advance", "{\"by\":\"PT1M\"}");
      JsonObject ended = http.get("/video_convert=preset:webm/" + video).json();
      assertThat(ended.string("status")).isEqualTo("completed");
    }
  }

  private static String picked(Http http, String path) {
    return http.control(
            "POST",
            "picks",
            "{\"apikey\":\"ASimKey0000000000000Az\",\"account\":\"alice@example.com\",\"paths\":[\""
                + path
                + "\"]}")
        .json()
        .objects("filesUploaded")
        .get(0)
        .string("handle");
  }

  @Test
  void aGibibyteIsUploadedInPartsWithASmallHeap() throws Exception {
    int partSize = 64 << 20;
    int count = 16;
    try (Serve serve = serve(List.of("-Xmx64m"))) {
      Http http = new Http(serve.url());
      Map<String, Object> upload =
          new LinkedHashMap<>(Map.of("apikey", "ASimKey0000000000000Az", "filename", "big.bin"));
      upload.put("size", (long) partSize * count);
      upload.putAll(http.post("/multipart/start", Json.text(upload)).json().toMap());
      MessageDigest sent = MessageDigest.getInstance("MD5");
      List<Map<String, Object>> parts = new ArrayList<>();
      for (int part = 1; part <= count; part++) {
        upload.put("part", part);
        upload.put("size", partSize);
        JsonObject signed = http.post("/multipart/upload", Json.text(upload)).json();
        URI url = URI.create(signed.string("url"));
        JsonObject headers = signed.object("headers");
        Http.Answer put =
            http.call(
                "PUT",
                url.getRawPath() + "?" + url.getRawQuery(),
                HttpRequest.BodyPublishers.fromPublisher(
                    HttpRequest.BodyPublishers.ofInputStream(
                        () -> new DigestInputStream(new Ramp(partSize), sent)),
                    partSize),
                "Authorization",
                headers.string("Authorization"),
                "x-amz-date",
                headers.string("x-amz-date"));
        assertThat(put.status()).as(put.text()).isEqualTo(200);
        parts.add(Map.of("part_number", part, "etag", put.header("ETag")));
      }
      upload.put("parts", parts);
      JsonObject file = http.post("/multipart/complete", Json.text(upload)).json();
      assertThat(file.longValue("size")).isEqualTo((long) partSize * count);
      assertThat(
              http.get("/api/file/" + file.string("handle") + "/metadata?md5=true")
                  .json()
                  .string("md5"))
          .isEqualTo(HexFormat.of().formatHex(sent.digest()));
    }
  }

  /** So many bytes, whose values follow their positions. */
  private static final class Ramp extends InputStream {
    private long left;

    Ramp(long size) {
      this.left = size;
    }

    @Override
    public int read() {
      return left <= 0 ? -1 : (int) (left-- & 0xFF);
    }

    @Override
    public int read(byte[] target, int offset, int length) {
      if (left <= 0) {
        return -1;
      }
      int n = (int) Math.min(length, left);
      for (int i = 0; i < n; i++) {
        target[offset + i] = (byte) (left - i);
      }
      left -= n;
      return n;
    }
  }
}
