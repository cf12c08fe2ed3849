package dev.clouddrive.simulator.internal.filestack.file;

import dev.clouddrive.simulator.internal.blob.Blob;
import dev.clouddrive.simulator.internal.client.FetchClient;
import dev.clouddrive.simulator.internal.client.TargetGuard;
import dev.clouddrive.simulator.internal.filestack.FilestackRoles;
import dev.clouddrive.simulator.internal.http.Addresses;
import dev.clouddrive.simulator.internal.http.ContentDisposition;
import dev.clouddrive.simulator.internal.http.Headers;
import dev.clouddrive.simulator.internal.http.HttpFunction;
import dev.clouddrive.simulator.internal.http.MediaTypes;
import dev.clouddrive.simulator.internal.http.PercentCoding;
import dev.clouddrive.simulator.internal.http.Request;
import dev.clouddrive.simulator.internal.http.Response;
import dev.clouddrive.simulator.internal.world.Options;
import dev.clouddrive.simulator.internal.world.World;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Predicate;

/**
 * Reads what a URL stands for: a file of Filestack's own through its own API, symlinks and
 * conversions included, anything else from the network (filestack-files.md 9.3).
 */
public final class Sources {
  /** As much as a fetched file may have; 5 GiB is what S3 takes at once. */
  private static final long MOST_BYTES = 5L << 30;

  private final World world;
  private final Addresses addresses;
  private final HttpFunction filestack;
  private final Predicate<Request> isFile;
  private final FetchClient client;
  private final BiPredicate<InetAddress, Integer> isSelf;

  /**
   * @param filestack answers requests to Filestack's own URLs
   * @param isFile whether a request is for a file's bytes and nothing else
   * @param isSelf whether the simulator listens at an address and port
   */
  public Sources(
      World world,
      Addresses addresses,
      HttpFunction filestack,
      Predicate<Request> isFile,
      FetchClient client,
      BiPredicate<InetAddress, Integer> isSelf) {
    this.world = world;
    this.addresses = addresses;
    this.filestack = filestack;
    this.isFile = isFile;
    this.client = client;
    this.isSelf = isSelf;
  }

  /** What was read. */
  public record Fetched(Blob blob, String filename, String mimetype) {}

  /** A URL can't be read; the message says why. */
  public static final class UnreadableException extends IOException {
    private static final long serialVersionUID = 1;

    private final int status;

    UnreadableException(int status, String message) {
      super(message);
      this.status = status;
    }

    /** The HTTP status that tells it. */
    public int status() {
      return status;
    }
  }

  /**
   * @param context the call that names the URL
   * @param headers to be sent along; none to Filestack itself
   */
  public Fetched fetch(Request context, String url, Headers headers) throws UnreadableException {
    long deadline = System.nanoTime() + world.option(Options.FETCH_TIMEOUT).toNanos();
    int redirects = world.option(Options.FETCH_MAX_REDIRECTS);
    String next = url;
    Headers sent = headers;
    for (int hop = 0; hop <= redirects; hop++) {
      Request read = request(next);
      boolean ours =
          addresses.isVendor(read.host())
              || read.origin().equals(addresses.of(context, FilestackRoles.API_HOST));
      if (ours) {
        return own(read);
      }
      FetchClient.Fetched[] answer = new FetchClient.Fetched[1];
      Blob blob = foreign(next, sent, deadline, answer);
      if (!answer[0].isRedirect()) {
        return fetched(next, answer[0], blob);
      }
      String target = target(next, answer[0].headers().get("Location").orElse(""));
      // What was said to one server is not for another.
      sent = request(target).origin().equals(read.origin()) ? sent : Headers.EMPTY;
      next = target;
    }
    throw unfetched("it redirects more than " + redirects + " times");
  }

  private static Request request(String url) throws UnreadableException {
    try {
      return Request.to("GET", url);
    } catch (IllegalArgumentException e) {
      throw new UnreadableException(400, "The parameter url is not a URL");
    }
  }

  private static UnreadableException unfetched(String why) {
    return new UnreadableException(400, "The URL could not be fetched: " + why);
  }

  private static String target(String url, String location) throws UnreadableException {
    try {
      return URI.create(url).resolve(location).toString();
    } catch (IllegalArgumentException e) {
      throw unfetched("it redirects to what is no URL");
    }
  }

  private Fetched own(Request read) throws UnreadableException {
    if (!isFile.test(read)) {
      throw new UnreadableException(400, "The URL could not be fetched: it is no file's");
    }
    Response response = filestack.handle(read);
    if (!response.isSuccess()) {
      throw new UnreadableException(
          response.status() == 404 ? 404 : 400,
          "The URL could not be fetched: HTTP " + response.status());
    }
    try {
      return new Fetched(
          world.blobs().store(response.body()),
          response.headers().get("X-File-Name").map(PercentCoding::decode).orElse("untitled"),
          response.headers().get("Content-Type").orElse(MediaTypes.OCTET_STREAM));
    } catch (IOException e) {
      throw new UnreadableException(400, "The URL could not be fetched: it broke off");
    }
  }

  private Blob foreign(String url, Headers headers, long deadline, FetchClient.Fetched[] answer)
      throws UnreadableException {
    Duration left = Duration.ofNanos(Math.max(1, deadline - System.nanoTime()));
    FetchClient.Limits limits = new FetchClient.Limits(this::check, MOST_BYTES, left);
    try {
      return world.blobs().store(out -> answer[0] = client.get(url, headers, limits, out));
    } catch (IOException e) {
      throw unfetched(String.valueOf(e.getMessage()));
    }
  }

  private static Fetched fetched(String url, FetchClient.Fetched answer, Blob blob)
      throws UnreadableException {
    if (answer.status() != 200) {
      throw unfetched("it answered " + answer.status());
    }
    String mimetype =
        answer
            .headers()
            .get("Content-Type")
            .map(MediaTypes::bare)
            .filter(MediaTypes::isValid)
            .orElse(MediaTypes.OCTET_STREAM);
    return new Fetched(blob, name(url, answer.headers(), mimetype), mimetype);
  }

  /** By {@code Content-Disposition}, else the URL's last part. */
  private static String name(String url, Headers answer, String mimetype) {
    Optional<String> told = answer.get("Content-Disposition").flatMap(ContentDisposition::fileName);
    return told.or(() -> lastSegment(url))
        .flatMap(FileNames::clean)
        .orElseGet(() -> FileNames.untitled(mimetype));
  }

  private static Optional<String> lastSegment(String url) {
    String path = Request.to("GET", url).rawPath();
    String last = path.substring(path.lastIndexOf('/') + 1);
    return last.isEmpty() ? Optional.empty() : Optional.of(PercentCoding.decode(last));
  }

  private void check(String host, InetAddress address, int port)
      throws TargetGuard.RefusedException {
    if (isSelf.test(address, port)) {
      throw new TargetGuard.RefusedException("it leads to Filestack itself");
    }
    if (!TargetGuard.isPrivate(address)) {
      return;
    }
    List<String> allowed = world.option(Options.FETCH_ALLOW);
    String kind = address.isLoopbackAddress() ? "loopback" : "private";
    if (!allowed.contains(kind) && !allowed.contains(host)) {
      throw new TargetGuard.RefusedException("it is not a public address");
    }
  }
}
