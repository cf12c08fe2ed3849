package dev.clouddrive.simulator.internal.amazon.drive;

import dev.clouddrive.simulator.internal.http.Parameters;
import dev.clouddrive.simulator.internal.http.Request;
import dev.clouddrive.simulator.internal.http.Response;
import dev.clouddrive.simulator.internal.json.Json;
import dev.clouddrive.simulator.internal.world.Drive;
import dev.clouddrive.simulator.internal.world.Node;
import dev.clouddrive.simulator.internal.world.Options;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Lists nodes page by page (amazon-cloud-drive.md 3.2). */
final class NodeList {
  private static final int PAGE = 200;

  private final DriveAccess access;
  private final NodeAnswers answers;

  NodeList(DriveAccess access, NodeAnswers answers) {
    this.access = access;
    this.answers = answers;
  }

  /** What a list call asks for. */
  private record Query(
      NodeFilter filter, Optional<Comparator<Node>> sort, String after, int limit) {}

  /** The nodes of a page, how many there are in all, and where the next page begins. */
  private record Page(List<Node> nodes, int count, Optional<String> next) {}

  /** {@code GET nodes} */
  Response list(Request request) {
    Caller caller = access.reader(request, "listNodes");
    Query query = query(request.query(), request.query().get("filters").orElse(""));
    return answer(request, caller, page(caller, query));
  }

  /** {@code GET nodes/{id}/children} */
  Response children(Request request) {
    Caller caller = access.reader(request, "listChildren");
    String id = request.variable("id");
    String own = "parents:\"" + id + "\"";
    String filters = request.query().nonEmpty("filters").map(f -> own + " AND " + f).orElse(own);
    Query query = query(request.query(), filters);
    access.read(caller, drive -> access.node(drive, id));
    return answer(request, caller, page(caller, query));
  }

  /** {@code GET trash}: what was put there itself. */
  Response trash(Request request) {
    Caller caller = access.reader(request, "listTrash");
    Query query = query(request.query(), "status:TRASH");
    List<Node> trashed =
        access.read(
            caller,
            drive ->
                drive.nodes().stream()
                    .filter(node -> node.trashed() == Node.Trashed.ITSELF)
                    .toList());
    return answer(request, caller, cut(sorted(trashed, query), query));
  }

  private Response answer(Request request, Caller caller, Page page) {
    Map<String, @Nullable Object> json = Json.object("count", page.count());
    page.next().ifPresent(next -> json.put("nextToken", Paging.token(next, access.world().now())));
    List<Object> data = new ArrayList<>(page.nodes().size());
    page.nodes().forEach(node -> data.add(answers.json(request, caller, node)));
    json.put("data", data);
    return Response.json(200, json);
  }

  /** A folder is paged by its index; anything else is filtered, which needs no lock. */
  private Page page(Caller caller, Query query) {
    Duration lag = access.world().option(Options.LIST_LAG);
    if (!lag.isZero()) {
      Instant then = access.world().now().minus(lag);
      List<Node> past = access.read(caller, drive -> drive.nodesAt(then));
      return cut(
          sorted(past.stream().filter(query.filter().predicate(answers.pending())).toList(), query),
          query);
    }
    boolean indexed =
        query.filter().isParentOnly()
            && query.sort().isEmpty()
            && access.world().option(Options.PROCESSING_DELAY).isZero();
    if (indexed) {
      return access.read(caller, drive -> folderPage(drive, query));
    }
    List<Node> candidates = access.read(caller, drive -> candidates(drive, query.filter()));
    List<Node> matches =
        candidates.stream().filter(query.filter().predicate(answers.pending())).toList();
    return cut(sorted(matches, query), query);
  }

  private static Page folderPage(Drive drive, Query query) {
    String parent = query.filter().parent().orElseThrow();
    // One more than asked for tells whether there is a next page.
    List<Node> nodes = drive.children(parent, query.after(), query.limit() + 1);
    int count = drive.childCount(parent);
    if (nodes.size() <= query.limit()) {
      return new Page(nodes, count, Optional.empty());
    }
    List<Node> page = nodes.subList(0, query.limit());
    return new Page(page, count, Optional.of(Drive.place(page.get(query.limit() - 1))));
  }

  /** Narrows the nodes by what an index knows before each is looked at. */
  private static List<Node> candidates(Drive drive, NodeFilter filter) {
    if (filter.isRootOnly()) {
      return List.of(drive.root());
    }
    if (filter.parent().isEmpty() || filter.asksForStatus()) {
      return new ArrayList<>(drive.nodes());
    }
    String parent = filter.parent().get();
    return filter
        .name()
        .map(name -> drive.child(parent, name).map(List::of).orElse(List.of()))
        .orElseGet(() -> drive.children(parent));
  }

  private static List<Node> sorted(List<Node> nodes, Query query) {
    if (query.sort().isEmpty()) {
      return nodes;
    }
    List<Node> sorted = new ArrayList<>(nodes);
    sorted.sort(query.sort().get());
    return sorted;
  }

  private Page cut(List<Node> nodes, Query query) {
    int from = Math.min(position(query.after()), nodes.size());
    int to = Math.min(from + query.limit(), nodes.size());
    return new Page(
        nodes.subList(from, to),
        nodes.size(),
        to < nodes.size() ? Optional.of(Integer.toString(to)) : Optional.empty());
  }

  private int position(String after) {
    try {
      return after.isEmpty() ? 0 : Math.max(0, Integer.parseInt(after));
    } catch (NumberFormatException e) {
      throw access.errors().badRequest("Next token is invalid");
    }
  }

  private Query query(Parameters parameters, String filters) {
    try {
      return new Query(
          NodeFilter.parse(filters), sort(parameters), after(parameters), limit(parameters));
    } catch (NodeFilter.SyntaxException e) {
      throw access.errors().badRequest(String.valueOf(e.getMessage()));
    }
  }

  private Optional<Comparator<Node>> sort(Parameters parameters) {
    Optional<String> text = parameters.nonEmpty("sort");
    Optional<Comparator<Node>> sort = text.flatMap(NodeSort::parse);
    if (text.isPresent() && sort.isEmpty()) {
      throw access.errors().badRequest("Invalid sort: " + text.get());
    }
    return sort;
  }

  private int limit(Parameters parameters) {
    Optional<String> text = parameters.nonEmpty("limit");
    if (text.isEmpty()) {
      return PAGE;
    }
    try {
      int limit = Integer.parseInt(text.get());
      if (limit >= 1 && limit <= PAGE) {
        return limit;
      }
    } catch (NumberFormatException e) {
      // Said below, with the numbers out of range.
    }
    throw access.errors().badRequest("limit must be between 1 and " + PAGE);
  }

  /** An empty token means the first page. */
  private String after(Parameters parameters) {
    Optional<String> token = parameters.nonEmpty("startToken");
    if (token.isEmpty()) {
      return "";
    }
    Paging paging;
    try {
      paging = Paging.parse(token.get());
    } catch (IllegalArgumentException e) {
      throw access.errors().badRequest("Next token is invalid");
    }
    if (access.world().now().isAfter(paging.expiresAt())) {
      throw access.errors().badRequest("Next token is expired");
    }
    return paging.after();
  }
}
