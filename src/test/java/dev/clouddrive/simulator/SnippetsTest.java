package dev.clouddrive.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Events;

/** Each example of the README and of the public Javadoc is compiled and run as it stands. */
final class SnippetsTest {
  private static final Pattern JAVADOC =
      Pattern.compile("<pre>\\{@code\n(.*?)\\}</pre>", Pattern.DOTALL);

  private static final String IMPORTS =
      """
      import static com.github.tomakehurst.wiremock.client.WireMock.*;
      import static dev.clouddrive.simulator.assertions.SimulatorAssertions.assertThat;
      import static org.assertj.core.api.Assertions.assertThat;
      import com.github.tomakehurst.wiremock.client.WireMock;
      import dev.clouddrive.simulator.*;
      import dev.clouddrive.simulator.junit.*;
      import java.time.Duration;
      import org.junit.jupiter.api.*;
      import org.junit.jupiter.api.extension.RegisterExtension;
      """;

  @TempDir Path folder;

  /** An example, and where it stands. */
  private record Snippet(String place, String code) {}

  /** The code blocks of the README in a language. */
  private static List<Snippet> blocks(String language) throws IOException {
    String readme = Files.readString(Path.of("README.md"));
    Matcher block =
        Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL).matcher(readme);
    List<Snippet> snippets = new ArrayList<>();
    while (block.find()) {
      long line = 1 + readme.substring(0, block.start()).lines().count();
      snippets.add(new Snippet("README.md:" + line, block.group(1)));
    }
    return snippets;
  }

  private static List<Snippet> javadoc() throws IOException {
    List<Snippet> snippets = new ArrayList<>();
    try (Stream<Path> sources = Files.walk(Path.of("src/main/java"))) {
      for (Path source : sources.filter(file -> file.toString().endsWith(".java")).toList()) {
        Matcher example = JAVADOC.matcher(Files.readString(source).replaceAll("(?m)^ *\\* ?", ""));
        while (example.find()) {
          snippets.add(new Snippet(source.getFileName().toString(), example.group(1)));
        }
      }
    }
    return snippets;
  }

  @TestFactory
  Stream<DynamicTest> javaRuns() throws IOException {
    List<Snippet> snippets = new ArrayList<>(blocks("java"));
    assertThat(snippets).hasSizeGreaterThan(2);
    snippets.addAll(javadoc());
    assertThat(snippets).hasSizeGreaterThan(4);
    return snippets.stream().map(s -> dynamicTest(s.place(), () -> run(s)));
  }

  private void run(Snippet snippet) throws Exception {
    Path source = Files.createDirectories(folder.resolve("x")).resolve("Snippet.java");
    Files.writeString(source, IMPORTS + whole(snippet.code()));
    StringWriter said = new StringWriter();
    boolean compiled =
        ToolProvider.getSystemJavaCompiler()
            .getTask(
                said,
                null,
                null,
                List.of(
                    "-d",
                    folder.toString(),
                    "-proc:none",
                    "-cp",
                    System.getProperty("java.class.path")),
                null,
                ToolProvider.getSystemJavaCompiler()
                    .getStandardFileManager(null, null, null)
                    .getJavaFileObjects(source))
            .call();
    assertThat(compiled).as(said + snippet.code()).isTrue();
    Matcher name = Pattern.compile("class (\\w+)").matcher(whole(snippet.code()));
    assertThat(name.find()).isTrue();
    try (URLClassLoader loader =
        new URLClassLoader(new URL[] {folder.toUri().toURL()}, getClass().getClassLoader())) {
      Events tests =
          EngineTestKit.engine("junit-jupiter")
              .selectors(selectClass(loader.loadClass(name.group(1))))
              .execute()
              .testEvents();
      assertThat(tests.failed().list()).isEmpty();
      assertThat(tests.succeeded().count()).isEqualTo(1);
    }
  }

  /** A class of tests: the example is one, or what is in one, or what is in a test of one. */
  private static String whole(String code) {
    if (code.contains("class ")) {
      return code;
    }
    boolean statements = !code.startsWith("@");
    boolean ownSimulator = code.contains("CloudDriveSimulator simulator");
    return """
        %s
        class Snippet {
          %s
          @Test
          void runs(%s FilestackApp itsApp, DriveAccount alice) throws Exception {
            %s
          }
        }
        """
        .formatted(
            statements ? "@CloudDriveTest" : "",
            statements ? "" : code,
            ownSimulator ? "" : "CloudDriveSimulator simulator,",
            statements ? (ownSimulator ? "" : "FilestackApp app = itsApp;") + code : "");
  }

  @Test
  void theClientsRun() throws Exception {
    Tools.require("node", "nodejs");
    Tools.require("python3", "python3");
    List<Snippet> js =
        blocks("js").stream().filter(s -> s.code().startsWith("// photos.mjs")).toList();
    List<Snippet> python = blocks("python");
    assertThat(js).hasSize(1);
    assertThat(python).hasSize(1);
    try (CloudDriveSimulator simulator = CloudDriveSimulator.start()) {
      Path photosJs = folder.resolve("photos.mjs");
      Path photosPy = folder.resolve("photos.py");
      Files.writeString(photosJs, js.get(0).code());
      Files.writeString(photosPy, python.get(0).code());
      String url = "CLOUDDRIVE_URL=" + simulator.baseUrl();
      for (List<String> command :
          List.of(
              List.of("env", url, "node", "photos.mjs"),
              List.of("env", url, "python3", "photos.py"))) {
        Tools.Run run = Tools.run(folder, command);
        assertThat(run.output().strip()).isEqualTo("beach.jpg failed 4");
        assertThat(run.exitCode()).isZero();
      }
    }
  }

  /**
   * Those that use the runnable jar or rclone run in {@link CommandLineIT} and {@link RcloneIT}.
   */
  @Test
  void theShellExamplesRun() throws Exception {
    Tools.require("curl", "curl");
    List<Snippet> examples =
        blocks("sh").stream()
            .filter(s -> !s.code().contains("mvn ") && !s.code().contains("java -jar"))
            .filter(s -> !s.code().contains("rclone"))
            .toList();
    assertThat(examples).hasSizeGreaterThan(3);
    try (CloudDriveSimulator simulator = CloudDriveSimulator.start()) {
      String handle =
          simulator.app().pick(simulator.account(), "/Pictures/beach.jpg").file().handle();
      for (Snippet example : examples) {
        String script =
            "curl() { command curl --fail-with-body \"$@\"; }\nHANDLE="
                + handle
                + "\n"
                + example.code().replace("http://127.0.0.1:8080", simulator.baseUrl().toString());
        Tools.Run run = Tools.run(folder, "bash", "-e", "-o", "pipefail", "-c", script);
        assertThat(run.exitCode()).as(example.place() + " " + run.output()).isZero();
      }
    }
  }
}
