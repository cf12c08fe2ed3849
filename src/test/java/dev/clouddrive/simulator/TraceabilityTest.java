package dev.clouddrive.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * {@code docs/traceability.md} names the scenarios that hold what the seed says, and all of them.
 */
final class TraceabilityTest {
  private static final Pattern LINK =
      Pattern.compile("\\[([a-z-]+)]\\(\\.\\./features/\\1\\.feature\\): ([^|<]+?) *(?=[|<])");
  private static final Pattern SCENARIO = Pattern.compile(" *Scenario(?: Outline)?: (.*)");

  @Test
  void everySentenceIsHeldAndNoScenarioOfTheSeedIsLeftOut() throws IOException {
    Set<String> named = new TreeSet<>();
    List<String> rows =
        Files.readAllLines(Path.of("docs/traceability.md")).stream()
            .filter(line -> line.matches("\\| \\d+ .*"))
            .toList();
    for (String row : rows) {
      Matcher link = LINK.matcher(row);
      boolean held = false;
      while (link.find()) {
        named.add(link.group(1) + ": " + link.group(2));
        held = true;
      }
      assertThat(held).as(row).isTrue();
    }
    assertThat(named).hasSizeGreaterThan(20).isEqualTo(ofTheSeed());
  }

  private static Set<String> ofTheSeed() throws IOException {
    Set<String> scenarios = new TreeSet<>();
    try (Stream<Path> features = Files.list(Path.of("features"))) {
      for (Path feature : features.toList()) {
        String name = feature.getFileName().toString().replace(".feature", "");
        List<String> tags = new ArrayList<>();
        boolean whole = false;
        for (String line : Files.readAllLines(feature)) {
          Matcher scenario = SCENARIO.matcher(line);
          if (line.strip().startsWith("@")) {
            tags.addAll(List.of(line.strip().split(" +")));
          } else if (line.startsWith("Feature:")) {
            whole = tags.contains("@seed");
            tags.clear();
          } else if (scenario.matches()) {
            if (whole || tags.contains("@seed")) {
              scenarios.add(name + ": " + scenario.group(1));
            }
            tags.clear();
          }
        }
      }
    }
    return scenarios;
  }
}
