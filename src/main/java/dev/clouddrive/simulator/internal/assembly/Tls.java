package dev.clouddrive.simulator.internal.assembly;

import dev.clouddrive.simulator.internal.http.CertificateAuthority;
import dev.clouddrive.simulator.internal.http.HttpFunction;
import dev.clouddrive.simulator.internal.http.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The simulator under the vendors' own names: a certificate authority, a TLS listener that the
 * forward proxy leads to, and the optional HTTPS port. Nothing of it is made before it is needed.
 */
final class Tls implements HttpServer.Tunnels, AutoCloseable {
  private final Set<String> hosts;
  private final HttpFunction function;
  private final @Nullable Path data;
  private @Nullable CertificateAuthority authority;
  private @Nullable HttpServer tunnelled;
  private @Nullable HttpServer open;
  private boolean closed;

  /**
   * @param hosts the names that the proxy leads to the simulator
   * @param data where the authority is kept; null to make a new one each time
   */
  Tls(Set<String> hosts, HttpFunction function, @Nullable Path data) {
    this.hosts = Set.copyOf(hosts);
    this.function = function;
    this.data = data;
  }

  synchronized String pem() {
    return authority().pem();
  }

  private CertificateAuthority authority() {
    CertificateAuthority existing = authority;
    if (existing == null) {
      try {
        existing =
            data == null
                ? CertificateAuthority.create(hosts)
                : CertificateAuthority.keptIn(data, hosts);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      authority = existing;
    }
    return existing;
  }

  @Override
  public boolean knows(String host) {
    return hosts.contains(host);
  }

  @Override
  public synchronized int tlsPort() {
    if (closed) {
      throw new IllegalStateException("the simulator is closed");
    }
    try {
      HttpServer existing = tunnelled;
      if (existing == null) {
        existing = start("127.0.0.1", 0);
        tunnelled = existing;
      }
      return existing.port();
    } catch (BindException e) {
      throw new IllegalStateException("no free port is left on loopback", e);
    }
  }

  /** Opens the HTTPS port. */
  synchronized void listen(String host, int port) throws BindException {
    open = start(host, port);
  }

  private HttpServer start(String host, int port) throws BindException {
    return HttpServer.startTls(
        host, port, HttpServer.Limits.DEFAULT, function, authority().serverContext());
  }

  /** Those that it listens at. */
  synchronized Set<Integer> ports() {
    Set<Integer> ports = new HashSet<>();
    if (tunnelled != null) {
      ports.add(tunnelled.port());
    }
    if (open != null) {
      ports.add(open.port());
    }
    return ports;
  }

  synchronized Optional<String> url() {
    return Optional.ofNullable(open).map(HttpServer::url);
  }

  @Override
  public synchronized void close() {
    closed = true;
    if (tunnelled != null) {
      tunnelled.close();
    }
    if (open != null) {
      open.close();
    }
  }
}
