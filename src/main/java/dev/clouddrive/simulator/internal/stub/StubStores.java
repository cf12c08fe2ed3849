package dev.clouddrive.simulator.internal.stub;

import com.github.tomakehurst.wiremock.common.Timing;
import com.github.tomakehurst.wiremock.http.HttpHeader;
import com.github.tomakehurst.wiremock.http.HttpHeaders;
import com.github.tomakehurst.wiremock.http.LoggedResponse;
import com.github.tomakehurst.wiremock.http.ResponseDefinition;
import com.github.tomakehurst.wiremock.store.DefaultStores;
import com.github.tomakehurst.wiremock.store.RequestJournalStore;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import dev.clouddrive.simulator.internal.http.Dispatch;
import dev.clouddrive.simulator.internal.journal.Journal;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;

/** WireMock's stores, but for its request journal: that is the simulator's own. */
final class StubStores extends DefaultStores {
  private final JournalStore requests;

  StubStores(Journal journal) {
    super(new NoFiles());
    this.requests = new JournalStore(journal);
  }

  @Override
  public RequestJournalStore getRequestJournalStore() {
    return requests;
  }

  /** Shows what clients have asked; what the simulator asks itself is not theirs. */
  private static final class JournalStore implements RequestJournalStore {
    private final Journal journal;

    JournalStore(Journal journal) {
      this.journal = journal;
    }

    @Override
    public Stream<ServeEvent> getAll() {
      return entries().map(JournalStore::event);
    }

    private Stream<Journal.Entry> entries() {
      return journal.entries().stream().filter(entry -> !entry.internal() && !isOurs(entry.path()));
    }

    private static boolean isOurs(String path) {
      return path.startsWith("/_simulator") || path.startsWith("/__admin");
    }

    private static ServeEvent event(Journal.Entry entry) {
      String origin = entry.url().substring(0, entry.url().indexOf('/', 8));
      StubRequest request =
          new StubRequest(
              entry.method(),
              entry.url().substring(origin.length()),
              origin,
              entry.requestHeaders(),
              entry.requestBody());
      HttpHeaders headers =
          new HttpHeaders(
              entry.responseHeaders().fields().stream()
                  .map(field -> new HttpHeader(field.name(), field.value()))
                  .toList());
      ResponseDefinition definition =
          entry.operation().equals(Dispatch.UNMATCHED)
              ? ResponseDefinition.notConfigured()
              : new ResponseDefinition(entry.status(), entry.responseBody());
      return new ServeEvent(
          id(entry),
          LoggedRequest.createFrom(request),
          null,
          definition,
          new LoggedResponse(
              entry.status(),
              headers,
              Base64.getEncoder().encodeToString(entry.responseBody()),
              null,
              null),
          false,
          Timing.UNTIMED,
          new ConcurrentLinkedQueue<>());
    }

    private static UUID id(Journal.Entry entry) {
      return new UUID(0x0c10_0d00_0000_4000L, 0x8000_0000_0000_0000L | entry.number());
    }

    @Override
    public void add(ServeEvent event) {
      // The simulator has noted it, or will.
    }

    @Override
    public void removeLast() {
      // The journal has its own bound.
    }

    @Override
    public Stream<UUID> getAllKeys() {
      return entries().map(JournalStore::id);
    }

    @Override
    public Optional<ServeEvent> get(UUID key) {
      return entries().filter(entry -> id(entry).equals(key)).findFirst().map(JournalStore::event);
    }

    @Override
    public void put(UUID key, ServeEvent event) {
      // As add().
    }

    @Override
    public void remove(UUID key) {
      journal.remove(key.getLeastSignificantBits() & Long.MAX_VALUE);
    }

    @Override
    public void clear() {
      journal.clear();
    }
  }
}
