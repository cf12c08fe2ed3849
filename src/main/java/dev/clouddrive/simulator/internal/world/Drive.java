package dev.clouddrive.simulator.internal.world;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The nodes of one account, with an index of each folder's available children in the order of their
 * names without case, so that finding a child and paging through a folder cost the same however
 * large the drive is. Guarded by the world's lock.
 */
public final class Drive {
  private static final NavigableMap<String, String> EMPTY =
      Collections.unmodifiableNavigableMap(new TreeMap<>());

  private final String rootId;
  private final Map<String, Node> nodes;
  private final Map<String, NavigableMap<String, String>> children;
  private long usedBytes;

  public Drive(Node root) {
    this.rootId = root.id();
    this.nodes = new LinkedHashMap<>();
    this.children = new HashMap<>();
    put(root);
  }

  private Drive(Drive other) {
    this.rootId = other.rootId;
    this.nodes = new LinkedHashMap<>(other.nodes);
    this.children = new HashMap<>(other.children.size() * 2);
    other.children.forEach((id, index) -> children.put(id, new TreeMap<>(index)));
    this.usedBytes = other.usedBytes;
  }

  Drive copy() {
    return new Drive(this);
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
    return usedBytes;
  }

  /** Adds the node, or puts it in the place of the one with its id. */
  public void put(Node node) {
    Node previous = nodes.put(node.id(), node);
    if (previous != null) {
      unindex(previous);
    }
    index(node);
  }

  /** Takes a node out; its children stay behind. */
  public void remove(String id) {
    Node previous = nodes.remove(id);
    if (previous != null) {
      unindex(previous);
    }
  }

  /** The available child of that name, in any case. */
  public Optional<Node> child(String parentId, String name) {
    String key = key(name);
    NavigableMap<String, String> index = children.getOrDefault(parentId, EMPTY);
    Map.Entry<String, String> first = index.ceilingEntry(key);
    return first == null || !first.getKey().startsWith(key)
        ? Optional.empty()
        : get(first.getValue());
  }

  /** How many available children a folder has. */
  public int childCount(String parentId) {
    return children.getOrDefault(parentId, EMPTY).size();
  }

  /** The available children, in the order of their names without case. */
  public List<Node> children(String parentId) {
    List<Node> found = new ArrayList<>();
    for (String id : children.getOrDefault(parentId, EMPTY).values()) {
      found.add(nodes.get(id));
    }
    return found;
  }

  /**
   * A page of a folder's available children.
   *
   * @param after the place after which to begin, as {@link #place} gives it; empty for the start
   */
  public List<Node> children(String parentId, String after, int limit) {
    NavigableMap<String, String> index = children.getOrDefault(parentId, EMPTY);
    List<Node> page = new ArrayList<>(Math.min(limit, index.size()));
    for (String id : (after.isEmpty() ? index : index.tailMap(after, false)).values()) {
      if (page.size() == limit) {
        break;
      }
      page.add(nodes.get(id));
    }
    return page;
  }

  /** A node's place among the children of any folder. */
  public static String place(Node node) {
    return key(node.nameOrEmpty()) + node.id();
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
    // A drive is a graph; the bound ends a cycle that a client may have made.
    for (int depth = 0; depth < 256 && current.isPresent() && !current.get().isRoot(); depth++) {
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

  private static String key(String name) {
    return name.toLowerCase(Locale.ROOT) + '\0';
  }

  private void index(Node node) {
    if (node.content() != null) {
      usedBytes += node.content().blob().size();
    }
    if (node.status() == Node.Status.AVAILABLE) {
      for (String parent : node.parents()) {
        children.computeIfAbsent(parent, p -> new TreeMap<>()).put(place(node), node.id());
      }
    }
  }

  private void unindex(Node node) {
    if (node.content() != null) {
      usedBytes -= node.content().blob().size();
    }
    for (String parent : node.parents()) {
      NavigableMap<String, String> index = children.get(parent);
      if (index != null) {
        index.remove(place(node));
        if (index.isEmpty()) {
          children.remove(parent);
        }
      }
    }
  }
}
