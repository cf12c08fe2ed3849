package dev.clouddrive.simulator.junit;

import dev.clouddrive.simulator.CloudDriveSimulator;
import dev.clouddrive.simulator.DriveAccount;
import dev.clouddrive.simulator.FilestackApp;
import dev.clouddrive.simulator.VirtualClock;
import dev.clouddrive.simulator.WebhookReceiver;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.MediaType;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * What {@link CloudDriveTest} brings. With a simulator of your own making it is registered by a
 * field:
 *
 * <pre>{@code
 * @RegisterExtension
 * static final CloudDriveExtension cloudDrive =
 *     CloudDriveExtension.of(CloudDriveSimulator.builder().frozenAt("2015-10-07T22:41:05Z"));
 * }</pre>
 *
 * <p>A static field gives the class one simulator, a field of the instance gives each test its own.
 */
public final class CloudDriveExtension
    implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, ParameterResolver {
  private static final Namespace NAMESPACE = Namespace.create(CloudDriveExtension.class);
  private static final List<Class<?>> TYPES =
      List.of(
          CloudDriveSimulator.class,
          VirtualClock.class,
          FilestackApp.class,
          DriveAccount.class,
          WebhookReceiver.class);

  private final @Nullable SimulatorSource own;

  /** That of the class or test which the field that registers this belongs to. */
  private volatile @Nullable CloudDriveSimulator running;

  /** For {@link CloudDriveTest}. */
  CloudDriveExtension() {
    this.own = null;
  }

  private CloudDriveExtension(SimulatorSource own) {
    this.own = own;
  }

  /** An extension whose simulators are started by this builder. */
  public static CloudDriveExtension of(CloudDriveSimulator.Builder builder) {
    return new CloudDriveExtension(new SimulatorSource.Built(builder));
  }

  /**
   * The simulator that runs, for what is set up before a test's parameters are there, such as
   * Spring's {@code @DynamicPropertySource}. Tests that run at the same time have each their own
   * instead, as their parameter. A class that inherits its property source from another gets that
   * one's application context, with the address of a simulator that has ended: give each class a
   * {@code @DynamicPropertySource} of its own, or mark it {@code @DirtiesContext}.
   *
   * @throws IllegalStateException before the class or, for a field of the instance, the test begins
   */
  public CloudDriveSimulator simulator() {
    CloudDriveSimulator simulator = running;
    if (simulator == null) {
      throw new IllegalStateException(
          "no simulator runs yet: register the extension by a static field for one that runs for"
              + " the whole class");
    }
    return simulator;
  }

  /** What JUnit closes with the context that it belongs to; before 5.13 by the older interface. */
  @SuppressWarnings("deprecation")
  private record Running(CloudDriveSimulator simulator)
      implements ExtensionContext.Store.CloseableResource, AutoCloseable {
    @Override
    public void close() {
      simulator.close();
    }
  }

  /** As {@link Running}. */
  @SuppressWarnings("deprecation")
  private record Receiving(WebhookReceiver receiver)
      implements ExtensionContext.Store.CloseableResource, AutoCloseable {
    @Override
    public void close() {
      receiver.close();
    }
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    // Started here, so that it is the class's, and not the test's that asks for it first.
    running = simulator(context);
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    CloudDriveSimulator simulator = simulator(context);
    simulator.reset();
    if (running == null) {
      running = simulator;
    }
  }

  @Override
  public void afterEach(ExtensionContext context) {
    if (context.getExecutionException().isPresent()) {
      String trace = simulator(context).trace();
      context.publishFile(
          "clouddrive-trace.html",
          MediaType.create("text", "html", StandardCharsets.UTF_8),
          file -> Files.write(file, trace.getBytes(StandardCharsets.UTF_8)));
    }
  }

  /** The simulator of a test or class; it is started where there is none of its kind yet. */
  private CloudDriveSimulator simulator(ExtensionContext context) {
    SimulatorSource source = source(context);
    // A context's store shows what the contexts around it hold, unless it has its own.
    Object key = isolated(context) ? List.of(source, context.getUniqueId()) : source;
    return context
        .getStore(NAMESPACE)
        .getOrComputeIfAbsent(key, k -> new Running(source.start()), Running.class)
        .simulator();
  }

  /** Tests that run at the same time would reset each other's. */
  private static boolean isolated(ExtensionContext context) {
    return context.getTestMethod().isPresent()
        && context.getExecutionMode() == ExecutionMode.CONCURRENT;
  }

  private SimulatorSource source(ExtensionContext context) {
    if (own != null) {
      return own;
    }
    return context
        .getElement()
        .flatMap(
            element ->
                AnnotationSupport.findAnnotation(element, CloudDriveWorld.class)
                    .<SimulatorSource>map(SimulatorSource.Annotated::of)
                    .or(
                        () ->
                            AnnotationSupport.findAnnotation(element, CloudDriveTest.class)
                                .map(SimulatorSource.Annotated::of)))
        .or(() -> context.getParent().map(this::source))
        .orElseGet(() -> new SimulatorSource.Built(CloudDriveSimulator.builder()));
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return TYPES.contains(parameter.getParameter().getType());
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    Class<?> type = parameter.getParameter().getType();
    CloudDriveSimulator simulator = simulator(context);
    if (type == CloudDriveSimulator.class) {
      return simulator;
    }
    if (type == VirtualClock.class) {
      return simulator.clock();
    }
    if (type == FilestackApp.class) {
      return simulator.app();
    }
    if (type == DriveAccount.class) {
      Optional<Account> named = parameter.findAnnotation(Account.class);
      return named.map(account -> simulator.account(account.value())).orElseGet(simulator::account);
    }
    return context
        .getStore(NAMESPACE)
        .getOrComputeIfAbsent(
            List.of(WebhookReceiver.class, context.getUniqueId(), parameter.getIndex()),
            key -> new Receiving(WebhookReceiver.start()),
            Receiving.class)
        .receiver();
  }
}
