package dev.clouddrive.simulator.internal.assembly;

import dev.clouddrive.simulator.internal.amazon.drive.DriveApi;
import dev.clouddrive.simulator.internal.amazon.login.LoginApi;
import dev.clouddrive.simulator.internal.amazon.login.Tokens;
import dev.clouddrive.simulator.internal.blob.BlobStore;
import dev.clouddrive.simulator.internal.client.FetchClient;
import dev.clouddrive.simulator.internal.client.WebhookClient;
import dev.clouddrive.simulator.internal.console.Console;
import dev.clouddrive.simulator.internal.console.TracePage;
import dev.clouddrive.simulator.internal.control.ControlApi;
import dev.clouddrive.simulator.internal.control.Picks;
import dev.clouddrive.simulator.internal.data.DataDirectory;
import dev.clouddrive.simulator.internal.fault.Faults;
import dev.clouddrive.simulator.internal.filestack.Applications;
import dev.clouddrive.simulator.internal.filestack.Cloud;
import dev.clouddrive.simulator.internal.filestack.FilestackRoles;
import dev.clouddrive.simulator.internal.filestack.cloud.AmazonCloudDrive;
import dev.clouddrive.simulator.internal.filestack.cloud.CloudApi;
import dev.clouddrive.simulator.internal.filestack.cloud.OldCloudApi;
import dev.clouddrive.simulator.internal.filestack.file.FileApi;
import dev.clouddrive.simulator.internal.filestack.file.FileReader;
import dev.clouddrive.simulator.internal.filestack.file.FileStore;
import dev.clouddrive.simulator.internal.filestack.file.Sources;
import dev.clouddrive.simulator.internal.filestack.file.StoreApi;
import dev.clouddrive.simulator.internal.filestack.picker.DialogPages;
import dev.clouddrive.simulator.internal.filestack.picker.PickerApi;
import dev.clouddrive.simulator.internal.filestack.process.Conversions;
import dev.clouddrive.simulator.internal.filestack.process.Engine;
import dev.clouddrive.simulator.internal.filestack.process.FileEngine;
import dev.clouddrive.simulator.internal.filestack.process.ProcessApi;
import dev.clouddrive.simulator.internal.filestack.process.code.CodeEngine;
import dev.clouddrive.simulator.internal.filestack.process.document.DocumentEngine;
import dev.clouddrive.simulator.internal.filestack.process.image.ImageEngine;
import dev.clouddrive.simulator.internal.filestack.process.media.MediaTasks;
import dev.clouddrive.simulator.internal.filestack.security.Security;
import dev.clouddrive.simulator.internal.filestack.upload.UploadApi;
import dev.clouddrive.simulator.internal.filestack.upload.Uploads;
import dev.clouddrive.simulator.internal.http.Addresses;
import dev.clouddrive.simulator.internal.http.HttpServer;
import dev.clouddrive.simulator.internal.http.OperationCatalogue;
import dev.clouddrive.simulator.internal.http.Request;
import dev.clouddrive.simulator.internal.http.Route;
import dev.clouddrive.simulator.internal.journal.Journal;
import dev.clouddrive.simulator.internal.json.JsonException;
import dev.clouddrive.simulator.internal.json.JsonObject;
import dev.clouddrive.simulator.internal.stub.Stubs;
import dev.clouddrive.simulator.internal.webhook.Dispatcher;
import dev.clouddrive.simulator.internal.webhook.Events;
import dev.clouddrive.simulator.internal.world.Login;
import dev.clouddrive.simulator.internal.world.World;
import dev.clouddrive.simulator.internal.world.WorldException;
import dev.clouddrive.simulator.internal.world.WorldFile;
import dev.clouddrive.simulator.internal.world.WorldLoader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Puts one simulator together: the only place that knows every part. */
public final class Simulation implements AutoCloseable {
  private static final long PATIENCE_MILLIS = 3_000;

  /** What gives a file's bytes: the only URLs that a file is read from within. */
  private static final Set<String> FILE_OPERATIONS =
      Set.of("file.read", "convert.old", "cdn.process");

  /**
   * How a simulator is started.
   *
   * @param port 0 for a free one
   * @param publicUrl null derives URLs from each request
   * @param adminToken null asks the control API's callers for none
   * @param httpsPort a second port that speaks TLS, 0 for a free one; null for none
   * @param stubs a directory of stubs in WireMock's layout; null for none
   * @param givenStubs stubs in WireMock's JSON
   * @param data a directory that keeps the world and the certificate authority; null keeps nothing
   */
  public record Settings(
      String host,
      int port,
      WorldFile worldFile,
      WorldLoader.Overrides overrides,
      @Nullable String publicUrl,
      @Nullable String adminToken,
      @Nullable Integer httpsPort,
      @Nullable Path stubs,
      List<String> givenStubs,
      @Nullable Path data) {
    public Settings {
      givenStubs = List.copyOf(givenStubs);
    }
  }

  private final World world;
  private final Dispatcher dispatcher;
  private final Events events;
  private final Picks picks;
  private final FetchClient fetcher = new FetchClient();
  private final Uploads uploads;
  private @Nullable MediaTasks media;
  private final Tls tls;
  private final Stubs stubs;
  private final @Nullable DataDirectory data;
  private final Journal journal;

  /** Null until it listens: what the routes are made of knows it before. */
  private volatile @Nullable HttpServer server;

  /**
   * @param blobs closed by the caller when this fails, as is what keeps them
   */
  private Simulation(Settings settings, BlobStore blobs, @Nullable DataDirectory data)
      throws BindException {
    String threadName = "clouddrive-timeline";
    this.data = data;
    this.journal = new Journal();
    this.stubs = new Stubs(journal, settings.stubs(), settings.givenStubs());
    this.world = load(settings.worldFile(), settings.overrides(), threadName, blobs);
    goOn(settings, threadName, blobs);
    world.onRestart(stubs::reset);
    Pipeline pipeline =
        new Pipeline(world, journal, stubs, data == null ? () -> {} : data::awaitKept);
    Addresses addresses = new Addresses(vendorHosts(), settings.publicUrl());
    Faults faults = new Faults();
    world.onRestart(faults::clear);
    this.dispatcher = new Dispatcher(world, new WebhookClient(), faults);
    this.events = new Events(world, dispatcher);
    Tokens tokens = new Tokens(world);
    this.uploads = new Uploads(world);
    this.picks = new Picks(world, pipeline);
    List<Route> routes = new ArrayList<>();
    OperationCatalogue[] catalogue = new OperationCatalogue[1];
    this.tls = new Tls(vendorHosts(), pipeline, settings.data());
    if (settings.data() != null) {
      // What is wrong with the directory is told at the start, not at the first handshake.
      tls.pem();
    }
    ControlApi control =
        new ControlApi(
            world,
            pipeline,
            tokens,
            events,
            dispatcher,
            journal,
            stubs::admin,
            file -> load(file, WorldLoader.Overrides.NONE, threadName, this.world.blobs()),
            faults,
            addresses,
            uploads,
            ownHosts(settings),
            settings.adminToken(),
            version(),
            tls::pem,
            () -> catalogue[0].operations());
    routes.addAll(control.routes());
    routes.addAll(Console.routes());
    routes.addAll(LoginApi.routes(world, tokens));
    routes.addAll(DriveApi.routes(world, tokens, addresses));
    FilestackRoles roles = new FilestackRoles(world);
    routes.addAll(
        filestackRoutes(
            roles,
            addresses,
            pipeline,
            request ->
                catalogue[0]
                    .operation(request)
                    .filter(o -> FILE_OPERATIONS.contains(o.name()))
                    .isPresent()));
    catalogue[0] = new OperationCatalogue(routes, roles.cdn());
    pipeline.serve(catalogue[0], new FaultInterceptor(faults, world));
    HttpServer http = null;
    try {
      if (data != null) {
        data.keep(world);
      }
      world.resume();
      http =
          HttpServer.start(
              settings.host(), settings.port(), HttpServer.Limits.DEFAULT, pipeline, tls);
      if (settings.httpsPort() != null) {
        tls.listen(settings.host(), settings.httpsPort());
      }
    } catch (BindException | RuntimeException e) {
      closeAll(http);
      throw e;
    }
    this.server = http;
  }

  /** Takes up what an earlier run has kept. */
  private void goOn(Settings settings, String threadName, BlobStore blobs) {
    Optional<JsonObject> earlier = data == null ? Optional.empty() : data.earlier();
    try {
      earlier.ifPresent(kept -> world.goOn(WorldLoader.earlier(kept, threadName, blobs)));
    } catch (JsonException e) {
      throw new WorldException(settings.data() + " can't be read: " + e.getMessage());
    }
  }

  /**
   * Starts.
   *
   * @throws BindException if the port is taken
   * @throws IllegalArgumentException if the settings don't go together
   */
  public static Simulation start(Settings settings) throws BindException {
    requireToken(settings);
    DataDirectory data = settings.data() == null ? null : DataDirectory.open(settings.data());
    BlobStore blobs = data == null ? new BlobStore() : data.blobs();
    try {
      return new Simulation(settings, blobs, data);
    } catch (BindException | RuntimeException e) {
      if (data != null) {
        data.close();
      }
      blobs.close();
      throw e;
    }
  }

  private static void requireToken(Settings settings) {
    try {
      boolean loopback = InetAddress.getByName(settings.host()).isLoopbackAddress();
      if (!loopback && settings.adminToken() == null) {
        throw new IllegalArgumentException(
            "beyond loopback the control API needs a token: set an admin token, or listen on"
                + " 127.0.0.1");
      }
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(
          "there is no host \"" + settings.host() + "\" to listen on; take 127.0.0.1");
    }
  }

  private List<Route> filestackRoutes(
      FilestackRoles roles, Addresses addresses, Pipeline pipeline, Predicate<Request> isFile) {
    Applications applications = new Applications(world);
    Security security = new Security(world);
    AmazonCloudDrive amazon = new AmazonCloudDrive(world, pipeline);
    Map<String, Cloud> clouds = Map.of(amazon.name(), amazon);
    FileStore store = new FileStore(world, events);
    world.onRestart(store::resume);
    FileReader reader = new FileReader(world, clouds);
    Sources sources = new Sources(world, addresses, pipeline, isFile, fetcher, this::listensAt);
    FileApi files =
        new FileApi(world, roles, applications, addresses, security, reader, store, sources);
    List<Route> routes = new ArrayList<>();
    routes.addAll(
        new CloudApi(world, roles, applications, addresses, clouds, security, store, sources)
            .routes());
    routes.addAll(new PickerApi(world, roles, applications).routes());
    routes.addAll(
        new DialogPages(world, roles, applications, addresses, events, clouds.values()).routes());
    routes.addAll(
        new OldCloudApi(
                world,
                roles,
                applications,
                addresses,
                clouds,
                store,
                events,
                security,
                sources,
                uploads)
            .routes());
    routes.addAll(files.routes());
    routes.addAll(
        new StoreApi(world, roles, applications, addresses, security, reader, store, sources)
            .routes());
    routes.addAll(
        new UploadApi(world, roles, applications, addresses, security, store, uploads).routes());
    ProcessApi.Parts parts =
        new ProcessApi.Parts(
            world, roles, applications, addresses, security, reader, store, sources);
    ImageEngine images = new ImageEngine();
    List<Engine> engines =
        List.of(new FileEngine(), new CodeEngine(), new DocumentEngine(images), images);
    MediaTasks special = new MediaTasks(world, events, store, files);
    media = special;
    world.onRestart(special::resume);
    routes.addAll(
        new ProcessApi(parts, files, new Conversions(world, events, clouds, engines), special)
            .routes());
    return routes;
  }

  /** Whether an address is one of this machine's, and the port one of ours. */
  private boolean listensAt(InetAddress address, int port) {
    HttpServer own = server;
    boolean ourPort = own != null && (port == own.port() || tls.ports().contains(port));
    try {
      return ourPort
          && (address.isLoopbackAddress() || NetworkInterface.getByInetAddress(address) != null);
    } catch (SocketException e) {
      return ourPort;
    }
  }

  private static World load(
      WorldFile file, WorldLoader.Overrides overrides, String threadName, BlobStore blobs) {
    return WorldLoader.load(file, overrides, List.of(filestackClient()), threadName, blobs);
  }

  /** Filestack's own security profile at Amazon, which is there in every world. */
  private static Login.Client filestackClient() {
    return new Login.Client(
        AmazonCloudDrive.CLIENT_ID,
        AmazonCloudDrive.CLIENT_SECRET,
        "Filestack",
        List.of(
            "*/auth/clouddrive/callback",
            "*/api/client/clouddrive/authCallback/open",
            "*/api/client/clouddrive/authCallback/saveas"),
        WorldLoader.SCOPES);
  }

  private static Set<String> vendorHosts() {
    Set<String> hosts = new HashSet<>(LoginApi.hosts());
    hosts.addAll(DriveApi.hosts());
    hosts.addAll(FilestackRoles.hosts());
    return hosts;
  }

  private static Set<String> ownHosts(Settings settings) {
    Set<String> hosts = new HashSet<>(Set.of(settings.host()));
    if (settings.publicUrl() != null) {
      String host = URI.create(settings.publicUrl()).getHost();
      if (host == null) {
        throw new IllegalArgumentException(
            "the public URL \"" + settings.publicUrl() + "\" is none; write http://host:port");
      }
      hosts.add(host);
    }
    return hosts;
  }

  /** The project's version. */
  public static String version() {
    String resource = "dev/clouddrive/simulator/version.properties";
    try (InputStream in = Simulation.class.getClassLoader().getResourceAsStream(resource)) {
      Properties properties = new Properties();
      if (in != null) {
        properties.load(in);
      }
      return properties.getProperty("version", "unknown");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public World world() {
    return world;
  }

  /** What happened so far, as an HTML page. */
  public String trace() {
    return TracePage.of(world, journal);
  }

  public Stubs stubs() {
    return stubs;
  }

  public Picks picks() {
    return picks;
  }

  private HttpServer listening() {
    return Objects.requireNonNull(server);
  }

  /** Where it listens: {@code http://host:port}. */
  public String url() {
    return listening().url();
  }

  /** Where it listens with TLS; empty where it doesn't. */
  public Optional<String> httpsUrl() {
    return tls.url();
  }

  /** The certificate authority that clients have to trust, as PEM. */
  public String caPem() {
    return tls.pem();
  }

  public int port() {
    return listening().port();
  }

  /** Stops taking requests, lets those under way end, and ends. */
  public void stop() {
    listening().drain(PATIENCE_MILLIS);
    close();
  }

  @Override
  public void close() {
    closeAll(server);
  }

  /** First what a request may be waiting for, then the servers. */
  private void closeAll(@Nullable HttpServer http) {
    world.timeline().close();
    dispatcher.close();
    fetcher.close();
    if (media != null) {
      media.close();
    }
    if (http != null) {
      http.close();
    }
    tls.close();
    stubs.close();
    if (data != null) {
      data.close();
    }
    world.blobs().close();
  }
}
