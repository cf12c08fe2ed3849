package dev.clouddrive.simulator;

import dev.clouddrive.simulator.internal.blob.Blob;
import dev.clouddrive.simulator.internal.world.Account;
import dev.clouddrive.simulator.internal.world.Drive;
import dev.clouddrive.simulator.internal.world.DriveEditor;
import dev.clouddrive.simulator.internal.world.Node;
import dev.clouddrive.simulator.internal.world.World;
import dev.clouddrive.simulator.internal.world.WorldState;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** An Amazon customer and their drive. Paths begin with a slash: {@code /Pictures/beach.jpg}. */
public final class DriveAccount {
  private final World world;
  private final String email;

  DriveAccount(World world, String email) {
    this.world = world;
    this.email = email;
  }

  public String email() {
    return email;
  }

  /** Puts a file, with the folders on the way; one that is there is overwritten. */
  public void put(String path, byte[] content) {
    put(path, world.blobs().of(content));
  }

  /** As {@link #put(String, byte[])}, in UTF-8. */
  public void put(String path, String content) {
    put(path, content.getBytes(StandardCharsets.UTF_8));
  }

  /** As {@link #put(String, byte[])}, without holding the content in memory. Closes the stream. */
  public void put(String path, InputStream content) {
    try (content) {
      put(path, world.blobs().store(content, Long.MAX_VALUE));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void put(String path, Blob blob) {
    if (Drive.names(path).isEmpty()) {
      throw new SimulatorException("\"" + path + "\" names no file; write /folder/name");
    }
    world.change(
        s -> {
          try {
            return editor(s).putFile(path, blob);
          } catch (DriveEditor.NameTakenException e) {
            throw new SimulatorException(
                "\""
                    + e.existing().nameOrEmpty()
                    + "\" in "
                    + path
                    + " is in the way;"
                    + " choose another path");
          }
        });
  }

  /** A file's content; empty if there is no such file. */
  public Optional<byte[]> read(String path) {
    return node(path)
        .flatMap(node -> Optional.ofNullable(node.content()))
        .map(
            content -> {
              try {
                return content.blob().body().readAll(Integer.MAX_VALUE - 8);
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
  }

  /** Whether there is a file or folder. */
  public boolean has(String path) {
    return node(path).isPresent();
  }

  /** The MD5 of a file's content in lower-case hex; empty if there is no such file. */
  public Optional<String> md5(String path) {
    return node(path)
        .flatMap(node -> Optional.ofNullable(node.content()))
        .map(content -> content.blob().md5());
  }

  /** The paths of all files, in the order of their names. */
  public List<String> files() {
    return world.read(
        s -> {
          Drive drive = holder(s).drive();
          List<String> paths = new ArrayList<>();
          addFiles(drive, drive.root(), "", paths);
          return paths;
        });
  }

  private static void addFiles(Drive drive, Node folder, String path, List<String> paths) {
    for (Node child : drive.children(folder.id())) {
      String childPath = path + "/" + child.nameOrEmpty();
      if (child.isFolder()) {
        addFiles(drive, child, childPath, paths);
      } else {
        paths.add(childPath);
      }
    }
  }

  /** Removes a file or folder for good; without effect if there is none. */
  public void delete(String path) {
    world.change(
        s -> {
          holder(s).drive().atPath(path).filter(n -> !n.isRoot()).ifPresent(editor(s)::purge);
          return null;
        });
  }

  /**
   * Gives the drive another size. A drive that holds more already keeps it, and takes no more.
   *
   * @param bytes 0 or more
   * @throws IllegalArgumentException if it is less than 0
   */
  public void quota(long bytes) {
    if (bytes < 0) {
      throw new IllegalArgumentException("a drive has 0 bytes or more, not " + bytes);
    }
    world.change(
        s -> {
          WorldState.Holder holder = holder(s);
          s.accounts.put(
              email, new WorldState.Holder(holder.account().withQuota(bytes), holder.drive()));
          return null;
        });
  }

  /** Takes every app off the account: their tokens and consents are gone. */
  public void revokeApps() {
    world.change(
        s -> {
          s.login.revokeAll(email);
          return null;
        });
  }

  Account account() {
    return world.read(s -> holder(s).account());
  }

  private Optional<Node> node(String path) {
    return world.read(s -> holder(s).drive().atPath(path));
  }

  private DriveEditor editor(WorldState state) {
    return new DriveEditor(holder(state).drive(), world.ids(), world.now());
  }

  private WorldState.Holder holder(WorldState state) {
    return state
        .account(email)
        .orElseThrow(() -> new SimulatorException("the account " + email + " is gone"));
  }
}
