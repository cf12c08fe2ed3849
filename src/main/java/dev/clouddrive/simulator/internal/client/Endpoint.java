package dev.clouddrive.simulator.internal.client;

import java.net.InetAddress;
import java.net.URI;

/**
 * Where an outgoing call goes.
 *
 * @param scheme {@code http} or {@code https}
 * @param address what the host was resolved to, once
 */
record Endpoint(String scheme, InetAddress address, String host, int port) {

  static Endpoint of(URI uri, InetAddress address) {
    boolean secure = uri.getScheme().equalsIgnoreCase("https");
    int port = uri.getPort() >= 0 ? uri.getPort() : secure ? 443 : 80;
    return new Endpoint(secure ? "https" : "http", address, uri.getHost(), port);
  }
}
