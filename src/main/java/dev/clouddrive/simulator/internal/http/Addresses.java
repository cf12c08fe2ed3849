package dev.clouddrive.simulator.internal.http;

import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The URLs that answers hold. Who came by a vendor's host name is sent on to the vendors' host
 * names; everyone else to where they found us, or to the public URL where one is set.
 */
public final class Addresses {
  private final Set<String> vendorHosts;
  private volatile @Nullable String publicUrl;

  /**
   * @param vendorHosts the vendors' host names that the simulator answers for
   */
  public Addresses(Set<String> vendorHosts, @Nullable String publicUrl) {
    this.vendorHosts = Set.copyOf(vendorHosts);
    setPublicUrl(publicUrl);
  }

  /**
   * @param url scheme and authority; null goes back to deriving it from each request
   */
  public void setPublicUrl(@Nullable String url) {
    this.publicUrl = url == null || !url.endsWith("/") ? url : url.substring(0, url.length() - 1);
  }

  public Optional<String> publicUrl() {
    return Optional.ofNullable(publicUrl);
  }

  /** Whether a host name is one of the vendors'. */
  public boolean isVendor(String host) {
    return vendorHosts.contains(host);
  }

  /**
   * Scheme and authority of the service behind a vendor's host name, as this client can reach it.
   */
  public String of(Request request, String vendorHost) {
    if (isVendor(request.host())) {
      return "https://" + vendorHost;
    }
    String fixed = publicUrl;
    return fixed != null ? fixed : request.origin();
  }
}
