package dev.clouddrive.simulator.internal.world;

/**
 * An Amazon customer.
 *
 * @param userId as Login with Amazon tells it: {@code amzn1.account.…}
 * @param quotaBytes the drive's size
 */
public record Account(String email, String name, String password, String userId, long quotaBytes) {

  /** The same customer with a drive of another size. */
  public Account withQuota(long bytes) {
    return new Account(email, name, password, userId, bytes);
  }
}
