package dev.clouddrive.simulator.internal.console;

import dev.clouddrive.simulator.internal.http.Html;
import dev.clouddrive.simulator.internal.journal.Journal;
import dev.clouddrive.simulator.internal.world.Webhooks;
import dev.clouddrive.simulator.internal.world.World;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;

/**
 * What happened in a simulation, on one page that needs nothing besides: calls, events and attempts
 * along the virtual time, with their bytes as far as the journal keeps them.
 */
public final class TracePage {
  private static final int HEX_BYTES = 256;
  private static final String STYLE =
      """
      :root{color-scheme:light dark;font:14px/1.45 system-ui,sans-serif}
      body{margin:0 auto;max-width:80rem;padding:1rem}
      h1{font-size:1.3rem} table{border-collapse:collapse;width:100%}
      th,td{text-align:left;vertical-align:top;padding:.25rem .5rem;border-bottom:1px solid #8884}
      pre{white-space:pre-wrap;overflow-wrap:anywhere;margin:.25rem 0;font-size:.85em}
      td:first-child{white-space:nowrap;font-variant-numeric:tabular-nums}
      .internal{opacity:.7} .bad{color:#b3261e} .event{font-weight:600}
      @media(prefers-color-scheme:dark){.bad{color:#ffb4ab}}
      """;

  private final List<Row> rows = new ArrayList<>();

  private TracePage() {}

  /**
   * @param order among those of the same instant: calls come before the events that follow from
   *     them, events before attempts
   */
  private record Row(Instant at, int order, long number, String html) {}

  /** The page of a world and what its journal remembers. */
  public static String of(World world, Journal journal) {
    TracePage page = new TracePage();
    List<Journal.Entry> calls = journal.entries();
    calls.forEach(page::call);
    world.read(
        s -> {
          s.webhooks.events.values().forEach(page::event);
          s.webhooks.deliveries.values().forEach(page::delivery);
          return null;
        });
    page.rows.sort(
        Comparator.comparing(Row::at).thenComparing(Row::order).thenComparing(Row::number));
    StringBuilder html = new StringBuilder();
    page.rows.forEach(row -> html.append(row.html()));
    return """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width,initial-scale=1">
        <title>Trace of a simulation</title>
        <style>%s</style>
        </head>
        <body>
        <h1>Trace of a simulation</h1>
        <p>Virtual time %s. The journal keeps the last 1,000 calls, and 64 KiB of each body.</p>
        <table>
        <thead><tr><th>at</th><th>what</th><th>came of it</th></tr></thead>
        <tbody>
        %s</tbody>
        </table>
        </body>
        </html>
        """
        .formatted(STYLE, world.now(), html);
  }

  private void call(Journal.Entry call) {
    add(
        call.at(),
        0,
        call.number(),
        (call.internal() ? "internal" : "") + (call.status() >= 400 ? " bad" : ""),
        Html.escape(call.method() + " " + call.url())
            + " <small>"
            + Html.escape(call.operation())
            + "</small>"
            + bytes("sent", call.requestBody()),
        call.status() + bytes("got", call.responseBody()));
  }

  private void event(Webhooks.Event event) {
    String wrong =
        event.violations().isEmpty()
            ? "valid by its schema"
            : "breaks its schema: " + event.violations();
    add(
        event.at(),
        1,
        event.id(),
        "event" + (event.violations().isEmpty() ? "" : " bad"),
        Html.escape(event.action()) + " <small>event " + event.id() + "</small>",
        Html.escape(wrong) + bytes("payload", event.body()));
  }

  private void delivery(Webhooks.Delivery delivery) {
    for (Webhooks.Attempt attempt : delivery.attempts()) {
      boolean taken = attempt.status() != null && attempt.status() / 100 == 2;
      add(
          attempt.at(),
          2,
          delivery.event().id(),
          taken ? "" : "bad",
          Html.escape(
              "attempt "
                  + attempt.number()
                  + " of "
                  + delivery.event().action()
                  + " to "
                  + delivery.subscription().url()),
          Html.escape(
              attempt.status() != null
                  ? String.valueOf(attempt.status())
                  : String.valueOf(attempt.error())));
    }
    Instant next = delivery.nextAttemptAt();
    if (next != null) {
      String what = "the next attempt of " + delivery.event().action() + " is due";
      add(next, 2, delivery.event().id(), "internal", what, "not yet");
    }
  }

  private void add(Instant at, int order, long number, String style, String what, String outcome) {
    String html =
        "<tr class=\"%s\"><td>%s</td><td>%s</td><td>%s</td></tr>%n"
            .formatted(style.strip(), at, what, outcome);
    rows.add(new Row(at, order, number, html));
  }

  private static String bytes(String name, byte[] bytes) {
    return bytes.length == 0
        ? ""
        : "<details><summary>"
            + name
            + " "
            + bytes.length
            + " bytes</summary><pre>"
            + Html.escape(shown(bytes))
            + "</pre></details>";
  }

  /** Text where it is one, or the first bytes in hexadecimal. */
  private static String shown(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      int shown = Math.min(bytes.length, HEX_BYTES);
      return HexFormat.ofDelimiter(" ").formatHex(bytes, 0, shown)
          + (shown < bytes.length ? " …" : "");
    }
  }
}
