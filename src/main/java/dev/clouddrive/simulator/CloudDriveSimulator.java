package dev.clouddrive.simulator;

import dev.clouddrive.simulator.internal.assembly.Simulation;
import dev.clouddrive.simulator.internal.stub.Stubs;
import dev.clouddrive.simulator.internal.time.Timeline;
import dev.clouddrive.simulator.internal.world.DriveEditor;
import dev.clouddrive.simulator.internal.world.Filestack;
import dev.clouddrive.simulator.internal.world.World;
import dev.clouddrive.simulator.internal.world.WorldException;
import dev.clouddrive.simulator.internal.world.WorldFile;
import dev.clouddrive.simulator.internal.world.WorldLoader;
import dev.clouddrive.simulator.internal.world.WorldState;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A running simulator of Amazon Cloud Drive and of Filestack around it. Any number of them can live
 * in one JVM.
 *
 * <pre>{@code
 * try (CloudDriveSimulator simulator =
 *     CloudDriveSimulator.builder().frozenAt("2015-10-07T22:41:05Z").start()) {
 *   FilestackApp app = simulator.app();
 *   app.webhooks().subscribe("http://127.0.0.1:9000/hook", EventType.ALL);
 *   app.pick(simulator.account("alice@example.com"), "/Pictures/beach.jpg");
 *   simulator.clock().advance(Duration.ofHours(12));
 * }
 * }</pre>
 */
public final class CloudDriveSimulator implements AutoCloseable {
  private static final long FIVE_GIB = 5L << 30;

  private final Simulation simulation;

  private CloudDriveSimulator(Simulation simulation) {
    this.simulation = simulation;
  }

  /** A simulator with the sample world on a free port of loopback. */
  public static CloudDriveSimulator start() {
    return builder().start();
  }

  public static Builder builder() {
    return new Builder();
  }

  /** How a simulator is to start. */
  public static final class Builder {
    private String host = "127.0.0.1";
    private int port;
    private Supplier<WorldFile> world = WorldFile::sample;
    private @Nullable Instant now;
    private Timeline.@Nullable Mode mode;
    private @Nullable Double speed;
    private @Nullable Long seed;
    private @Nullable Profile profile;
    private @Nullable String publicUrl;
    private @Nullable String adminToken;
    private @Nullable Integer httpsPort;
    private @Nullable Path data;
    private @Nullable Path stubs;
    private final List<String> givenStubs = new ArrayList<>();

    private Builder() {}

    /** The address to listen on; loopback by default. Beyond loopback a token is needed. */
    public Builder host(String newHost) {
      this.host = Objects.requireNonNull(newHost);
      return this;
    }

    /** The port to listen on; 0, the default, takes a free one. */
    public Builder port(int newPort) {
      if (newPort < 0 || newPort > 65_535) {
        throw new IllegalArgumentException("a port is a number from 0 to 65535");
      }
      this.port = newPort;
      return this;
    }

    /** The world to load instead of the sample world. */
    public Builder world(Path file) {
      Objects.requireNonNull(file);
      this.world = () -> WorldFile.read(file);
      return this;
    }

    /**
     * As {@link #world(Path)}, from the class path; the files that it names are beside it there.
     *
     * @param name such as {@code worlds/two-users.json}, read by the context class loader
     */
    public Builder worldResource(String name) {
      Objects.requireNonNull(name);
      this.world = () -> WorldFile.resource(name);
      return this;
    }

    /** Starts at this instant with a clock that moves only when told. */
    public Builder frozenAt(Instant instant) {
      this.now = Objects.requireNonNull(instant);
      this.mode = Timeline.Mode.FROZEN;
      return this;
    }

    /** As {@link #frozenAt(Instant)}, from ISO 8601. */
    public Builder frozenAt(String instant) {
      return frozenAt(Instant.parse(instant));
    }

    /** Starts with a clock that moves only when told, at the world's instant. */
    public Builder frozen() {
      this.mode = Timeline.Mode.FROZEN;
      return this;
    }

    /** Starts at this instant with a clock that runs. */
    public Builder runningFrom(Instant instant) {
      this.now = Objects.requireNonNull(instant);
      this.mode = Timeline.Mode.RUNNING;
      return this;
    }

    /** Virtual seconds per second while the clock runs; 1 by default. */
    public Builder speed(double newSpeed) {
      this.speed = newSpeed;
      return this;
    }

    /** Where ids and tokens are drawn from: the same seed and calls give the same ids. */
    public Builder seed(long newSeed) {
      this.seed = newSeed;
      return this;
    }

    public Builder profile(Profile newProfile) {
      this.profile = Objects.requireNonNull(newProfile);
      return this;
    }

    /** Scheme and authority of the URLs in answers, instead of deriving them from each request. */
    public Builder publicUrl(String url) {
      this.publicUrl = Objects.requireNonNull(url);
      return this;
    }

    /** What callers of the control API have to send as bearer token. */
    public Builder adminToken(String token) {
      this.adminToken = Objects.requireNonNull(token);
      return this;
    }

    /** A second port, which speaks TLS; 0 takes a free one. */
    public Builder httpsPort(int newPort) {
      if (newPort < 0 || newPort > 65_535) {
        throw new IllegalArgumentException("a port is a number from 0 to 65535");
      }
      this.httpsPort = newPort;
      return this;
    }

    /**
     * A directory, made when needed, that keeps the world from now on: the next simulator that is
     * started with it goes on where this one has ended, however it has. A running clock has run on
     * meanwhile; the world that is named is what {@link CloudDriveSimulator#reset()} goes back to.
     * The certificate authority is kept there too. It needs {@code com.h2database:h2-mvstore} on
     * the class path.
     *
     * @throws SimulatorException if that isn't there
     */
    public Builder data(Path directory) {
      try {
        Class.forName("org.h2.mvstore.MVStore", false, getClass().getClassLoader());
      } catch (ClassNotFoundException e) {
        throw new SimulatorException(
            "keeping a world needs com.h2database:h2-mvstore 2.4 on the class path, or the runnable"
                + " jar",
            e);
      }
      this.data = Objects.requireNonNull(directory);
      return this;
    }

    /**
     * Stubs that answer before the simulator does. They need WireMock on the class path.
     *
     * @param directory in WireMock's layout: {@code mappings/*.json} and {@code __files}
     */
    public Builder stubs(Path directory) {
      this.stubs = Objects.requireNonNull(directory);
      return this;
    }

    /**
     * A stub that answers before the simulator does, there after each reset too. It needs WireMock
     * on the class path.
     *
     * @param json as WireMock's admin API takes it; its own DSL writes it by {@code
     *     get("/x").willReturn(ok()).build().toString()}
     */
    public Builder stub(String json) {
      givenStubs.add(Objects.requireNonNull(json));
      return this;
    }

    /**
     * Starts.
     *
     * @throws SimulatorException if the port is taken or the world can't be loaded
     * @throws IllegalArgumentException if the settings don't go together
     */
    public CloudDriveSimulator start() {
      try (WorldFile file = world.get()) {
        String profileId = profile == null ? null : profile.id();
        return new CloudDriveSimulator(
            Simulation.start(
                new Simulation.Settings(
                    host,
                    port,
                    file,
                    new WorldLoader.Overrides(now, mode, speed, seed, profileId),
                    publicUrl,
                    adminToken,
                    httpsPort,
                    stubs,
                    givenStubs,
                    data)));
      } catch (BindException e) {
        throw new SimulatorException(
            "port "
                + (httpsPort == null ? port : port + " or " + httpsPort)
                + " on "
                + host
                + " is in use; take another, or 0 for a free one",
            e);
      } catch (UncheckedIOException e) {
        throw new SimulatorException(String.valueOf(e.getCause().getMessage()), e);
      } catch (WorldException | Stubs.NoWireMockException e) {
        throw new SimulatorException(String.valueOf(e.getMessage()), e);
      }
    }
  }

  /** Where it listens: scheme, host and port. */
  public URI baseUrl() {
    return URI.create(simulation.url());
  }

  /** Where it listens with TLS; empty unless {@link Builder#httpsPort} was set. */
  public Optional<URI> httpsUrl() {
    return simulation.httpsUrl().map(URI::create);
  }

  /**
   * The certificate authority of this simulator, as PEM: what a client has to trust that reaches it
   * by HTTPS, or by the vendors' names through the proxy at {@link #baseUrl()}.
   */
  public String caPem() {
    return simulation.caPem();
  }

  public int port() {
    return simulation.port();
  }

  public VirtualClock clock() {
    return new VirtualClock(simulation.world().timeline());
  }

  /**
   * An Amazon account; one that isn't there is made, with the password {@code password} and an
   * empty drive.
   */
  public DriveAccount account(String email) {
    World world = simulation.world();
    world.change(
        s ->
            s.accounts.computeIfAbsent(
                email,
                e ->
                    new WorldState.Holder(
                        WorldLoader.newAccount(world, e, e, "password", FIVE_GIB),
                        DriveEditor.newDrive(world.ids(), world.now()))));
    return new DriveAccount(world, email);
  }

  /**
   * The first account of the world.
   *
   * @throws SimulatorException if the world has none
   */
  public DriveAccount account() {
    return simulation
        .world()
        .read(s -> s.accounts.keySet().stream().findFirst())
        .map(email -> new DriveAccount(simulation.world(), email))
        .orElseThrow(
            () -> new SimulatorException("the world has no account; make one by account(email)"));
  }

  /**
   * The first application of the world.
   *
   * @throws SimulatorException if the world has none
   */
  public FilestackApp app() {
    Filestack.App first =
        simulation
            .world()
            .read(s -> s.filestack.apps.values().stream().findFirst())
            .orElseThrow(() -> new SimulatorException("the world has no application"));
    return new FilestackApp(simulation, first);
  }

  /**
   * An application.
   *
   * @throws SimulatorException if there is none with that key
   */
  public FilestackApp app(String apikey) {
    Filestack.App app = simulation.world().read(s -> s.filestack.apps.get(apikey));
    if (app == null) {
      throw new SimulatorException("the world has no application with the key " + apikey);
    }
    return new FilestackApp(simulation, app);
  }

  /**
   * Adds a stub that answers before the simulator does, until {@link #reset()}.
   *
   * @param json as {@link Builder#stub(String)} takes it
   * @throws SimulatorException if there is no WireMock on the class path
   * @throws IllegalArgumentException if it is no stub
   */
  public void stub(String json) {
    try {
      simulation.stubs().add(json);
    } catch (Stubs.NoWireMockException e) {
      throw new SimulatorException(String.valueOf(e.getMessage()), e);
    }
  }

  /**
   * What happened so far: one HTML page that needs nothing besides, with the calls, events and
   * attempts along the virtual time.
   */
  public String trace() {
    return simulation.trace();
  }

  /** Every delivery so far. */
  public Deliveries deliveries() {
    return simulation.world().read(s -> Deliveries.of(s.webhooks.deliveries.values()));
  }

  /**
   * Lets the served pages act by themselves from now on, until {@link #reset()} or {@link
   * #clearScript()} (simulator.md section 5, {@code PUT script}). An account that is not there is
   * made, as by {@link #account(String)}.
   */
  public void script(UserScript script) {
    account(script.account());
    simulation
        .world()
        .change(
            s -> {
              s.script = script.inWorld();
              return null;
            });
  }

  /** Leaves the served pages to a person again. */
  public void clearScript() {
    simulation
        .world()
        .change(
            s -> {
              s.script = null;
              return null;
            });
  }

  /** Goes back to how the world was loaded. */
  public void reset() {
    simulation.world().reset();
  }

  /** The version of the simulator. */
  public static String version() {
    return Simulation.version();
  }

  /** Stops taking requests, lets those under way end (3 s at the most), and ends. */
  public void stop() {
    simulation.stop();
  }

  /** Ends at once. */
  @Override
  public void close() {
    simulation.close();
  }
}
