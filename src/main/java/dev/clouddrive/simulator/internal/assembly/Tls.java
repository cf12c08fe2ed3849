package dev.clouddrive.simulator.internal.assembly;

import dev.clouddrive.simulator.internal.http.CertificateAuthority;
import dev.clouddrive.simulator.internal.http.HttpFunction;
import dev.clouddrive.simulator.internal.http.HttpServer;
import java.net.BindException;
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
  private @Nullable CertificateAuthority authority;
  private @Nullable HttpServer tunnelled;
  private @Nullable HttpServer open;
  private boolean closed;

  /**
   * @param hosts the names that the proxy leads to the simulator
   */
  Tls(Set<String> hosts, HttpFunction function) {
    this.hosts = Set.copyOf(hosts);
    this.function = function;
  }

  synchronized String pem() {
    return authority().pem();
  }

  private CertificateAuthority authority() {
    CertificateAuthority existing = authority;
    if (existing == null) {
      existing = new CertificateAuthority(hosts);
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
