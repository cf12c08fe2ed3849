package dev.clouddrive.simulator.cli;

import dev.clouddrive.simulator.internal.json.Json;
import io.cucumber.plugin.ConcurrentEventListener;
import io.cucumber.plugin.event.EmbedEvent;
import io.cucumber.plugin.event.EventPublisher;
import io.cucumber.plugin.event.Status;
import io.cucumber.plugin.event.TestCase;
import io.cucumber.plugin.event.TestCaseFinished;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/** What the scenarios say of each operation: of those that called it, how many have passed. */
final class ConformanceReport implements ConcurrentEventListener {

  /** Of the scenarios that called an operation. */
  private static final class Tally {
    private int passed;
    private final Set<String> failed = new LinkedHashSet<>();
  }

  private final Map<UUID, List<String>> operations = new HashMap<>();
  private final Map<String, Tally> tallies = new TreeMap<>();
  private final List<String> failures = new ArrayList<>();
  private int passed;
  private int skipped;

  @Override
  public void setEventPublisher(EventPublisher publisher) {
    publisher.registerHandlerFor(EmbedEvent.class, this::embedded);
    publisher.registerHandlerFor(TestCaseFinished.class, this::finished);
  }

  private synchronized void embedded(EmbedEvent event) {
    if ("operations".equals(event.getName())
        && Json.parseValue(event.getData()) instanceof List<?> names) {
      operations.put(event.getTestCase().getId(), names.stream().map(String::valueOf).toList());
    }
  }

  private synchronized void finished(TestCaseFinished event) {
    TestCase scenario = event.getTestCase();
    Status status = event.getResult().getStatus();
    String name = scenario.getName() + " (" + path(scenario) + ":" + line(scenario) + ")";
    if (status == Status.PASSED) {
      passed++;
    } else if (status == Status.PENDING || status == Status.SKIPPED) {
      skipped++;
    } else {
      Throwable error = event.getResult().getError();
      failures.add(name + ": " + (error == null ? status : error.getMessage()));
    }
    for (String operation : operations.getOrDefault(scenario.getId(), List.of())) {
      if (operation.startsWith("simulator.")) {
        continue;
      }
      Tally tally = tallies.computeIfAbsent(operation, o -> new Tally());
      if (status == Status.PASSED) {
        tally.passed++;
      } else if (status != Status.PENDING && status != Status.SKIPPED) {
        tally.failed.add(name);
      }
    }
  }

  private static String path(TestCase scenario) {
    String uri = scenario.getUri().toString();
    return uri.substring(uri.lastIndexOf('/') + 1);
  }

  private static int line(TestCase scenario) {
    return scenario.getLocation().getLine();
  }

  synchronized boolean isPassed() {
    return failures.isEmpty() && passed > 0;
  }

  /** A few lines for the terminal. */
  synchronized String summary(String target) {
    StringBuilder text = new StringBuilder();
    text.append(target)
        .append(": ")
        .append(passed)
        .append(" scenarios passed, ")
        .append(failures.size())
        .append(" failed, ")
        .append(skipped)
        .append(" skipped; ")
        .append(tallies.size())
        .append(" operations were called")
        .append(System.lineSeparator());
    failures.forEach(
        failure ->
            text.append("failed: ")
                .append(failure.lines().findFirst().orElse(""))
                .append(System.lineSeparator()));
    if (passed + failures.size() + skipped == 0) {
      text.append("no scenario has these tags").append(System.lineSeparator());
    }
    return text.toString();
  }

  /** The whole of it, in Markdown. */
  synchronized String table(String target) {
    StringBuilder text = new StringBuilder("# Conformance of ").append(target).append("\n\n");
    text.append(
        passed + " scenarios passed, " + failures.size() + " failed, " + skipped + " skipped.\n\n");
    text.append("| operation | passed | failed |\n|---|---|---|\n");
    tallies.forEach(
        (operation, tally) ->
            text.append("| ")
                .append(operation)
                .append(" | ")
                .append(tally.passed)
                .append(" | ")
                .append(tally.failed.isEmpty() ? "0" : String.join("<br>", tally.failed))
                .append(" |\n"));
    return text.toString();
  }
}
