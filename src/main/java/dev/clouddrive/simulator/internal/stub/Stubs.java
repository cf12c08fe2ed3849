package dev.clouddrive.simulator.internal.stub;

import dev.clouddrive.simulator.internal.http.Overlay;
import dev.clouddrive.simulator.internal.http.Request;
import dev.clouddrive.simulator.internal.http.Response;
import dev.clouddrive.simulator.internal.journal.Journal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The stubs of one simulator. WireMock, which the class path needs not have, is begun by the first
 * stub or by the first call of its admin API.
 */
public final class Stubs implements Overlay, AutoCloseable {
  private final Journal journal;
  private final @Nullable Path directory;
  private final List<String> given;
  private volatile @Nullable StubServer server;

  /** There is no WireMock to be found. */
  public static final class NoWireMockException extends RuntimeException {
    private static final long serialVersionUID = 1;

    NoWireMockException() {
      super(
          "stubs need WireMock: add org.wiremock:wiremock 3.13 to the class path (its Jetty can be"
              + " excluded), or run the runnable jar");
    }
  }

  /**
   * @param directory in WireMock's layout, with {@code mappings} and {@code __files}; null for none
   * @param given stubs as WireMock's JSON
   * @throws NoWireMockException if there are stubs and no WireMock
   * @throws IllegalArgumentException if a stub or the directory is none
   */
  public Stubs(Journal journal, @Nullable Path directory, List<String> given) {
    this.journal = journal;
    this.directory = directory;
    this.given = List.copyOf(given);
    if (directory != null && !Files.isDirectory(directory.resolve("mappings"))) {
      throw new IllegalArgumentException(
          "there is no directory "
              + directory.resolve("mappings")
              + "; stubs are in a directory with mappings/*.json, as WireMock has them");
    }
    if (directory != null || !this.given.isEmpty()) {
      server();
    }
  }

  private StubServer server() {
    StubServer running = server;
    if (running == null) {
      synchronized (this) {
        running = server;
        if (running == null) {
          running = begin();
          server = running;
        }
      }
    }
    return running;
  }

  private StubServer begin() {
    try {
      Class.forName(
          "com.github.tomakehurst.wiremock.WireMockServer", false, getClass().getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new NoWireMockException();
    }
    return new StubServer(journal, directory, given);
  }

  @Override
  public Outcome answer(Request request) {
    StubServer running = server;
    return running == null ? new Outcome(Optional.empty(), request) : running.answer(request);
  }

  /** WireMock's admin API. */
  public Response admin(Request request) {
    return server().admin(request);
  }

  /** Adds a stub, in WireMock's JSON. */
  public void add(String json) {
    server().add(json);
  }

  /** Back to the stubs of the start. */
  public void reset() {
    StubServer running = server;
    if (running != null) {
      running.reset();
    }
  }

  @Override
  public void close() {
    StubServer running = server;
    if (running != null) {
      running.close();
    }
  }
}
