package dev.clouddrive.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.cucumber.java.en.Given;
import io.cucumber.java.en.Then;
import io.cucumber.java.en.When;
import java.io.IOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * {@code docs/steps.md} is written from the glue: {@code mvn test -Dtest=StepsDocTest
 * -Ddocs.write=true}. Each scenario says what it rests on.
 */
final class StepsDocTest {
  private static final Path PAGE = Path.of("docs/steps.md");
  private static final String GLUE = "dev.clouddrive.simulator.cucumber";
  private static final Pattern EVIDENCE =
      Pattern.compile("@(seed|doc-old|doc-new|client|issue|plugin|guess)");
  private static final String HEAD =
      """
      # Steps

      The step definitions of the package `dev.clouddrive.simulator.cucumber`. They are glue for features of your
      own: name the package in `cucumber.glue`, and have `cucumber-java` with PicoContainer or Spring on the class
      path. `{person}` is a first name, whose account is `name@example.com`; `{event}` an event's action such as
      `fp.upload`; `{statuses}` such as `503, 503 and 200`.

      This page is written by `mvn test -Dtest=StepsDocTest -Ddocs.write=true`, and a test holds it to the code.
      """;

  @Test
  void thePageSaysWhatTheGlueHas() throws IOException {
    Map<String, List<String>> steps = new TreeMap<>();
    for (JavaClass type : new ClassFileImporter().importPackages(GLUE)) {
      for (Method method : type.reflect().getDeclaredMethods()) {
        for (Annotation annotation : method.getAnnotations()) {
          words(annotation)
              .forEach(
                  step ->
                      steps
                          .computeIfAbsent(type.getSimpleName(), t -> new ArrayList<>())
                          .add("* " + keyword(annotation) + " `" + step + "`"));
        }
      }
    }
    StringBuilder page = new StringBuilder(HEAD);
    steps.forEach(
        (type, all) -> {
          page.append("\n## ").append(type.replace("Steps", "")).append("\n\n");
          all.stream()
              .sorted(
                  Comparator.comparing((String s) -> s.indexOf("Given"))
                      .reversed()
                      .thenComparing(s -> s))
              .forEach(step -> page.append(step).append('\n'));
        });
    if (Boolean.getBoolean("docs.write")) {
      Files.writeString(PAGE, page);
    }
    assertThat(Files.readString(PAGE)).isEqualTo(page.toString());
  }

  private static Stream<String> words(Annotation annotation) {
    if (annotation instanceof Given given) {
      return Stream.of(given.value());
    }
    if (annotation instanceof When when) {
      return Stream.of(when.value());
    }
    if (annotation instanceof Then then) {
      return Stream.of(then.value());
    }
    // What stands on a method more than once is in a container.
    if (annotation instanceof Given.Givens all) {
      return Stream.of(all.value()).map(Given::value);
    }
    if (annotation instanceof When.Whens all) {
      return Stream.of(all.value()).map(When::value);
    }
    return annotation instanceof Then.Thens all
        ? Stream.of(all.value()).map(Then::value)
        : Stream.empty();
  }

  @Test
  void eachScenarioSaysWhatItRestsOn() throws IOException {
    try (Stream<Path> features = Files.list(Path.of("features"))) {
      for (Path feature : features.toList()) {
        List<String> lines = Files.readAllLines(feature);
        boolean whole = EVIDENCE.matcher(lines.get(0)).find();
        for (int i = 1; i < lines.size(); i++) {
          if (lines.get(i).strip().startsWith("Scenario")) {
            assertThat(whole || EVIDENCE.matcher(lines.get(i - 1)).find())
                .as(feature + ": " + lines.get(i))
                .isTrue();
          }
        }
      }
    }
  }

  /** A method with several of the same has them in one that is named as their plural. */
  private static String keyword(Annotation annotation) {
    Class<?> type = annotation.annotationType();
    Class<?> single = type.getEnclosingClass();
    return (single == null ? type : single).getSimpleName();
  }
}
