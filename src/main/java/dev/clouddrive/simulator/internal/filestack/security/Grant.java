package dev.clouddrive.simulator.internal.filestack.security;

import dev.clouddrive.simulator.internal.filestack.security.RefusedException.Reason;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a caller who was let in may do: all, or what the policy limits it to. */
public final class Grant {
  /** Without a policy nothing is limited. */
  public static final Grant ALL = new Grant(null);

  private final @Nullable Policy policy;

  Grant(@Nullable Policy policy) {
    this.policy = policy;
  }

  public void requireCall(Call call) throws RefusedException {
    require(policy == null || policy.allows(call), Reason.CALL);
  }

  /**
   * @param bytes of the file
   */
  public void requireSize(long bytes) throws RefusedException {
    require(
        policy == null || (bytes >= policy.minSize() && bytes <= policy.maxSize()), Reason.SIZE);
  }

  /**
   * @param path where the file is to go; null for the root
   */
  public void requirePath(@Nullable String path) throws RefusedException {
    require(policy == null || fits(policy.path(), path == null ? "/" : path), Reason.PATH);
  }

  /**
   * @param container null for Filestack's own, which no policy limits
   */
  public void requireContainer(@Nullable String container) throws RefusedException {
    require(
        policy == null || container == null || fits(policy.container(), container),
        Reason.CONTAINER);
  }

  /** The source of a fetch. */
  public void requireUrl(String url) throws RefusedException {
    require(policy == null || fits(policy.url(), url), Reason.URL);
  }

  private static boolean fits(Optional<String> expression, String text) {
    return expression.isEmpty() || BoundedMatch.matches(expression.get(), text);
  }

  private static void require(boolean allowed, Reason reason) throws RefusedException {
    if (!allowed) {
      throw new RefusedException(reason);
    }
  }
}
