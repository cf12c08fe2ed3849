package dev.clouddrive.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clouddrive.simulator.internal.world.Options;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * {@code docs/options.md} is written from the code: {@code mvn test -Dtest=OptionsDocTest
 * -Ddocs.write=true}.
 */
final class OptionsDocTest {
  private static final Path PAGE = Path.of("docs/options.md");
  private static final String HEAD =
      """
      # Options

      Where the sources disagree, or leave something open, a switch decides. A world file sets them in
      `"options"`, a running simulator by `PUT /_simulator/api/options`, both as
      `{"name": value}`; the value in force is told by `GET`. The column *evidence* names the section
      of the references and how sure it is: *seed*, *doc-old*, *doc-new*, *client*, *issue*, *plugin*, or
      *guess*.

      This page is written by `mvn test -Dtest=OptionsDocTest -Ddocs.write=true`, and a test holds it
      to the code.

      | option | default | takes | what it decides | evidence |
      |---|---|---|---|---|
      """;

  @Test
  void thePageSaysWhatTheCodeHas() throws IOException {
    StringBuilder page = new StringBuilder(HEAD);
    for (Options.Option<?> option : Options.all()) {
      page.append("| `")
          .append(option.name())
          .append("` | ")
          .append(shown(option.defaultValue()))
          .append(" | ")
          .append(option.values())
          .append(" | ")
          .append(option.about())
          .append(" | ")
          .append(option.source())
          .append(" |\n");
    }
    if (Boolean.getBoolean("docs.write")) {
      Files.writeString(PAGE, page);
    }
    assertThat(Files.readString(PAGE)).isEqualTo(page.toString());
  }

  private static String shown(Object value) {
    if (value instanceof List<?> list) {
      return "`" + String.join("`, `", list.stream().map(Object::toString).toList()) + "`";
    }
    return "`" + (value instanceof Duration ? value : String.valueOf(value)) + "`";
  }
}
