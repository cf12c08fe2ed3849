package dev.clouddrive.simulator.internal.world;

import dev.clouddrive.simulator.internal.blob.Blob;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The nodes of one account, with an index of each folder's children in the order of their names
 * without case, so that finding a child and paging through a folder cost the same however large the
 * drive is. Guarded by the world's lock.
 */
public final class Drive {

  /** What is left of a node that was purged. */
  public record Tombstone(String id, long change) {}

  /** A folder's children by name, those in the trash among them. */
  private static final class Children {
    static final Children NONE = new Children(new TreeMap<>(), 0);

    final NavigableMap<String, String> ids;
    int available;

    Children(NavigableMap<String, String> ids, int available) {
      this.ids = ids;
      this.available = available;
    }
  }

  /** Tombstones that are remembered; older ones are forgotten. */
  private static final int MOST_TOMBSTONES = 100_000;

  private static final int MOST_VERSIONS = 8;
  private static final Deque<Node> NO_PAST = new ArrayDeque<>();

  private final String rootId;
  private Map<String, Node> nodes;
  private Map<String, Children> children;

  /** Whether another drive has the same maps: a copy is made by the first of them that changes. */
  private boolean shared;

  private final Map<Usage.Family, Usage> usage = new EnumMap<>(Usage.Family.class);
  private final Deque<Tombstone> tombstones = new ArrayDeque<>();
  private final Set<String> localIds = Collections.newSetFromMap(Login.bounded());
  private final Map<String, Deque<Node>> past = Login.bounded();
  private boolean keepsPast;
  private long changes;

  /** Ids of available files by size; null until it is first asked for. */
  private @Nullable Map<Long, Set<String>> bySize;

  public Drive(Node root) {
    this.rootId = root.id();
    this.nodes = new LinkedHashMap<>();
    this.children = new HashMap<>();
    put(root);
  }

  /** The drive that an export tells of. */
  static Drive of(
      String rootId,
      List<Node> nodes,
      List<Tombstone> tombstones,
      List<String> localIds,
      long changes) {
    Drive drive =
        new Drive(nodes.stream().filter(n -> n.id().equals(rootId)).findFirst().orElseThrow());
    // In their order, which is that of their making.
    nodes.forEach(drive::put);
    drive.tombstones.addAll(tombstones);
    drive.localIds.addAll(localIds);
    drive.changes = changes;
    return drive;
  }

  private Drive(Drive other) {
    this.rootId = other.rootId;
    this.nodes = other.nodes;
    this.children = other.children;
    this.shared = true;
    other.shared = true;
    this.usage.putAll(other.usage);
    this.tombstones.addAll(other.tombstones);
    this.localIds.addAll(other.localIds);
    this.changes = other.changes;
  }

  /** Shares the nodes until one of the two changes; what is small is copied. */
  Drive copy() {
    return new Drive(this);
  }

  private void unshare() {
    if (!shared) {
      return;
    }
    nodes = new LinkedHashMap<>(nodes);
    Map<String, Children> own = new HashMap<>(children.size() * 2);
    children.forEach(
        (id, index) -> own.put(id, new Children(new TreeMap<>(index.ids), index.available)));
    children = own;
    shared = false;
  }

  public String rootId() {
    return rootId;
  }

  public Node root() {
    return get(rootId).orElseThrow();
  }

  public Optional<Node> get(String id) {
    return Optional.ofNullable(nodes.get(id));
  }

  /** All nodes, in the order of their making. */
  public Collection<Node> nodes() {
    return Collections.unmodifiableCollection(nodes.values());
  }

  /** Bytes of all files, those in the trash included. */
  public long usedBytes() {
    return usage.values().stream().mapToLong(Usage::bytes).sum();
  }

  public Usage usage(Usage.Family family) {
    return usage.getOrDefault(family, Usage.NONE);
  }

  /** How many changes there were. */
  public long changes() {
    return changes;
  }

  /** The number of the next change. */
  long nextChange() {
    return ++changes;
  }

  /** The ids that creations were given, oldest first. */
  List<String> localIds() {
    return List.copyOf(localIds);
  }

  /** Whether a creation was given this id before. */
  public boolean knowsLocalId(String localId) {
    return localIds.contains(localId);
  }

  public void rememberLocalId(String localId) {
    localIds.add(localId);
  }

  /** What was purged, oldest first, as far as it is remembered. */
  public List<Tombstone> tombstones() {
    return List.copyOf(tombstones);
  }

  /** Adds the node, or puts it in the place of the one with its id. */
  void put(Node node) {
    unshare();
    Node previous = nodes.put(node.id(), node);
    if (previous != null) {
      unindex(previous);
      if (keepsPast) {
        Deque<Node> versions = past.computeIfAbsent(node.id(), id -> new ArrayDeque<>());
        versions.addFirst(previous);
        if (versions.size() > MOST_VERSIONS) {
          versions.removeLast();
        }
      }
    }
    index(node);
  }

  /** From now on the last {@value #MOST_VERSIONS} versions of a changed node are kept. */
  public void keepPast() {
    keepsPast = true;
  }

  /**
   * All nodes as they were at an instant, as far as their past was kept; without those that were
   * not there yet.
   */
  public List<Node> nodesAt(Instant instant) {
    List<Node> then = new ArrayList<>(nodes.size());
    for (Node node : nodes.values()) {
      Node version = node;
      for (Node older : past.getOrDefault(node.id(), NO_PAST)) {
        if (version.modified().isAfter(instant)) {
          version = older;
        }
      }
      if (!version.modified().isAfter(instant)) {
        then.add(version);
      }
    }
    return then;
  }

  /** Takes a node out for good; its children stay behind. */
  void remove(String id) {
    unshare();
    Node previous = nodes.remove(id);
    if (previous != null) {
      unindex(previous);
      if (tombstones.size() == MOST_TOMBSTONES) {
        tombstones.removeFirst();
      }
      tombstones.addLast(new Tombstone(id, nextChange()));
    }
  }

  /** The available child of that name, in any case. */
  public Optional<Node> child(String parentId, String name) {
    String key = key(name);
    for (Map.Entry<String, String> entry : childrenOf(parentId).ids.tailMap(key, true).entrySet()) {
      if (!entry.getKey().startsWith(key)) {
        break;
      }
      Node node = nodes.get(entry.getValue());
      if (node.isAvailable()) {
        return Optional.of(node);
      }
    }
    return Optional.empty();
  }

  /** How many available children a folder has. */
  public int childCount(String parentId) {
    return childrenOf(parentId).available;
  }

  /** The available children, in the order of their names without case. */
  public List<Node> children(String parentId) {
    return children(parentId, "", Integer.MAX_VALUE);
  }

  /** The ids of all children, those in the trash included. */
  List<String> childIds(String parentId) {
    return List.copyOf(childrenOf(parentId).ids.values());
  }

  /**
   * A page of a folder's available children.
   *
   * @param after the place after which to begin, as {@link #place} gives it; empty for the start
   */
  public List<Node> children(String parentId, String after, int limit) {
    NavigableMap<String, String> ids = childrenOf(parentId).ids;
    List<Node> page = new ArrayList<>(Math.min(limit, ids.size()));
    for (String id : (after.isEmpty() ? ids : ids.tailMap(after, false)).values()) {
      if (page.size() == limit) {
        break;
      }
      Node node = nodes.get(id);
      if (node.isAvailable()) {
        page.add(node);
      }
    }
    return page;
  }

  /** A node's place among the children of any folder. */
  public static String place(Node node) {
    return key(node.nameOrEmpty()) + node.id();
  }

  /**
   * The available files with this content. Digests are compared only among files of its size: the
   * digest of generated content has to be computed first.
   */
  public List<Node> withContent(Blob blob) {
    Map<Long, Set<String>> index = bySize;
    if (index == null) {
      index = new HashMap<>();
      bySize = index;
      nodes.values().forEach(this::indexSize);
    }
    return index.getOrDefault(blob.size(), Set.of()).stream()
        .map(nodes::get)
        .filter(node -> node.content() != null)
        .filter(node -> Objects.requireNonNull(node.content()).blob().md5().equals(blob.md5()))
        .toList();
  }

  /** The node at a path such as {@code /Pictures/beach.jpg}; the root for {@code /}. */
  public Optional<Node> atPath(String path) {
    Optional<Node> node = Optional.of(root());
    for (String name : names(path)) {
      node = node.flatMap(parent -> child(parent.id(), name));
    }
    return node;
  }

  /** A path of the node by its first parents, such as {@code /Pictures/beach.jpg}. */
  public String pathOf(Node node) {
    StringBuilder path = new StringBuilder();
    Optional<Node> current = Optional.of(node);
    // The bound is for a world file whose folders go round in a circle.
    for (int depth = 0; depth < 10_000 && current.isPresent() && !current.get().isRoot(); depth++) {
      path.insert(0, "/" + current.get().nameOrEmpty());
      List<String> parents = current.get().parents();
      current = parents.isEmpty() ? Optional.empty() : get(parents.get(0));
    }
    return path.length() == 0 ? "/" : path.toString();
  }

  /** The names in a path; empty for the root. */
  public static List<String> names(String path) {
    List<String> names = new ArrayList<>();
    for (String name : path.split("/")) {
      if (!name.isEmpty()) {
        names.add(name);
      }
    }
    return names;
  }

  private Children childrenOf(String parentId) {
    return children.getOrDefault(parentId, Children.NONE);
  }

  private static String key(String name) {
    return name.toLowerCase(Locale.ROOT) + '\0';
  }

  private void index(Node node) {
    count(node, 1);
    for (String parent : node.parents()) {
      Children index = children.computeIfAbsent(parent, p -> new Children(new TreeMap<>(), 0));
      index.ids.put(place(node), node.id());
      index.available += node.isAvailable() ? 1 : 0;
    }
    indexSize(node);
  }

  private void unindex(Node node) {
    count(node, -1);
    for (String parent : node.parents()) {
      Children index = children.get(parent);
      if (index != null && index.ids.remove(place(node)) != null) {
        index.available -= node.isAvailable() ? 1 : 0;
        if (index.ids.isEmpty()) {
          children.remove(parent);
        }
      }
    }
    Map<Long, Set<String>> index = bySize;
    if (index != null && node.content() != null) {
      Set<String> ids = index.get(node.content().blob().size());
      if (ids != null) {
        ids.remove(node.id());
      }
    }
  }

  private void indexSize(Node node) {
    Map<Long, Set<String>> index = bySize;
    if (index != null && node.content() != null && node.isAvailable()) {
      index
          .computeIfAbsent(node.content().blob().size(), size -> new LinkedHashSet<>(2))
          .add(node.id());
    }
  }

  private void count(Node node, int sign) {
    Node.Content content = node.content();
    if (content != null) {
      usage.merge(
          Usage.Family.of(content.contentType()),
          new Usage(sign * content.blob().size(), sign),
          (a, b) -> a.plus(b.bytes(), (int) b.count()));
    }
  }
}
