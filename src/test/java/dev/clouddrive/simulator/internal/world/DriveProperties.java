package dev.clouddrive.simulator.internal.world;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clouddrive.simulator.internal.blob.BlobStore;
import dev.clouddrive.simulator.internal.ids.IdSource;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;

/** Random sequences of drive operations never disagree with a small model. */
final class DriveProperties {
  private static final Instant NOW = Instant.EPOCH;
  private static final List<String> NAMES = List.of("a", "B", "b", "c", "A b");

  private enum Action {
    FOLDER,
    FILE,
    RENAME,
    MOVE,
    ADD_PARENT,
    REMOVE_PARENT,
    TRASH,
    RESTORE,
    PURGE
  }

  /** An operation on the nodes at some positions of the list of all that were made. */
  record Step(Action action, int node, int other, String name) {}

  @Provide
  Arbitrary<Step> steps() {
    return Combinators.combine(
            Arbitraries.of(Action.class),
            Arbitraries.integers().between(0, 7),
            Arbitraries.integers().between(0, 7),
            Arbitraries.of(NAMES))
        .as(Step::new);
  }

  /** A node of the model. */
  private static final class Entry {
    String name;
    final boolean folder;
    final Set<String> parents = new HashSet<>();
    Node.Trashed trashed = Node.Trashed.NO;

    Entry(String name, boolean folder) {
      this.name = name;
      this.folder = folder;
    }

    boolean available() {
      return trashed == Node.Trashed.NO;
    }
  }

  private final Map<String, Entry> model = new LinkedHashMap<>();

  @Property(tries = 1000)
  void theDriveAgreesWithTheModel(@ForAll @Size(max = 40) List<@From("steps") Step> steps) {
    model.clear();
    IdSource ids = new IdSource(1);
    Drive drive = DriveEditor.newDrive(ids, NOW);
    DriveEditor editor = new DriveEditor(drive, ids, NOW);
    try (BlobStore blobs = new BlobStore()) {
      Entry root = new Entry("", true);
      model.put(drive.rootId(), root);
      for (Step step : steps) {
        apply(step, drive, editor, blobs);
        compare(drive);
      }
    }
  }

  private String id(int position) {
    List<String> all = new ArrayList<>(model.keySet());
    return all.get(position % all.size());
  }

  private void apply(Step step, Drive drive, DriveEditor editor, BlobStore blobs) {
    String id = id(step.node());
    String other = id(step.other());
    Entry entry = model.get(id);
    Entry target = model.get(other);
    boolean root = id.equals(drive.rootId());
    try {
      switch (step.action()) {
        case FOLDER, FILE -> {
          if (target.folder && target.available()) {
            boolean folder = step.action() == Action.FOLDER;
            boolean free = isFree(other, step.name(), "");
            Node made =
                folder
                    ? editor.createFolder(List.of(other), step.name(), "test", Node.Attributes.NONE)
                    : editor.createFile(
                        List.of(other),
                        step.name(),
                        "test",
                        Node.Attributes.NONE,
                        blobs.of(new byte[1]));
            assertThat(free).as("a taken name was given").isTrue();
            Entry made2 = new Entry(step.name(), folder);
            made2.parents.add(other);
            model.put(made.id(), made2);
          }
        }
        case RENAME -> {
          if (!root) {
            boolean free =
                !entry.available()
                    || entry.parents.stream().allMatch(p -> isFree(p, step.name(), id));
            editor.rename(drive.get(id).orElseThrow(), step.name());
            assertThat(free).isTrue();
            entry.name = step.name();
          }
        }
        case MOVE -> {
          if (mayPlace(drive, editor, id, other)) {
            editor.place(drive.get(id).orElseThrow(), List.of(other));
            assertThat(!entry.available() || isFree(other, entry.name, id)).isTrue();
            entry.parents.clear();
            entry.parents.add(other);
          }
        }
        case ADD_PARENT -> {
          if (mayPlace(drive, editor, id, other)) {
            Set<String> parents = new TreeSet<>(entry.parents);
            parents.add(other);
            boolean free =
                !entry.available() || parents.stream().allMatch(p -> isFree(p, entry.name, id));
            editor.place(drive.get(id).orElseThrow(), List.copyOf(parents));
            assertThat(free).isTrue();
            entry.parents.add(other);
          }
        }
        case REMOVE_PARENT -> {
          if (!root && entry.parents.contains(other)) {
            Set<String> parents = new TreeSet<>(entry.parents);
            parents.remove(other);
            editor.place(drive.get(id).orElseThrow(), List.copyOf(parents));
            entry.parents.remove(other);
          }
        }
        case TRASH -> {
          if (!root) {
            editor.trash(drive.get(id).orElseThrow());
            if (entry.trashed != Node.Trashed.ITSELF) {
              entry.trashed = Node.Trashed.ITSELF;
              trashUnder(id);
            }
          }
        }
        case RESTORE -> {
          if (!entry.available()) {
            boolean free = entry.parents.stream().allMatch(p -> isFree(p, entry.name, id));
            editor.restore(drive.get(id).orElseThrow());
            assertThat(free).isTrue();
            entry.trashed = Node.Trashed.NO;
            restoreUnder(id);
          }
        }
        case PURGE -> {
          if (!root) {
            editor.purge(drive.get(id).orElseThrow());
            purge(id);
          }
        }
      }
    } catch (DriveEditor.NameTakenException e) {
      assertThat(isTaken(e.parentId(), e.existing().id())).as("a free name was refused").isTrue();
    }
  }

  private boolean mayPlace(Drive drive, DriveEditor editor, String id, String parent) {
    return !id.equals(drive.rootId())
        && model.get(parent).folder
        && model.get(parent).available()
        && !editor.isUnder(parent, id);
  }

  private boolean isFree(String parent, String name, String except) {
    return model.entrySet().stream()
        .noneMatch(
            e ->
                !e.getKey().equals(except)
                    && e.getValue().available()
                    && e.getValue().parents.contains(parent)
                    && e.getValue().name.equalsIgnoreCase(name));
  }

  private boolean isTaken(String parent, String existing) {
    Entry entry = model.get(existing);
    return entry != null && entry.available() && entry.parents.contains(parent);
  }

  private void trashUnder(String folder) {
    model.forEach(
        (id, entry) -> {
          boolean alone =
              entry.parents.stream().allMatch(p -> p.equals(folder) || !model.get(p).available());
          if (entry.available() && entry.parents.contains(folder) && alone) {
            entry.trashed = Node.Trashed.WITH_FOLDER;
            trashUnder(id);
          }
        });
  }

  private void restoreUnder(String folder) {
    model.forEach(
        (id, entry) -> {
          if (entry.trashed == Node.Trashed.WITH_FOLDER && entry.parents.contains(folder)) {
            entry.trashed = Node.Trashed.NO;
            restoreUnder(id);
          }
        });
  }

  private void purge(String folder) {
    for (String id : new ArrayList<>(model.keySet())) {
      Entry entry = model.get(id);
      if (entry != null && entry.parents.contains(folder)) {
        entry.parents.remove(folder);
        if (entry.parents.isEmpty()) {
          purge(id);
        }
      }
    }
    model.remove(folder);
  }

  private void compare(Drive drive) {
    assertThat(drive.nodes()).hasSize(model.size());
    model.forEach(
        (id, entry) -> {
          Node node = drive.get(id).orElseThrow();
          assertThat(node.nameOrEmpty()).isEqualTo(entry.name);
          assertThat(node.trashed()).isEqualTo(entry.trashed);
          assertThat(node.parents()).containsExactlyInAnyOrderElementsOf(entry.parents);
          Set<String> children = new TreeSet<>();
          model.forEach(
              (childId, child) -> {
                if (child.available() && child.parents.contains(id)) {
                  children.add(childId);
                  assertThat(drive.child(id, child.name.toUpperCase(Locale.ROOT))).isPresent();
                }
              });
          assertThat(drive.children(id))
              .extracting(Node::id)
              .containsExactlyInAnyOrderElementsOf(children);
          assertThat(drive.childCount(id)).isEqualTo(children.size());
        });
  }
}
