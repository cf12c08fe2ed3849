package dev.clouddrive.simulator.internal.filestack.cloud;

import dev.clouddrive.simulator.internal.blob.Blob;
import dev.clouddrive.simulator.internal.filestack.Cloud;
import dev.clouddrive.simulator.internal.world.World;
import java.io.IOException;

/** Copies what a user picks out of their cloud. */
final class Contents {
  private Contents() {}

  /**
   * A file's bytes, whole.
   *
   * @throws Cloud.CloudException if they arrive incomplete, too
   */
  static Blob copied(World world, Cloud cloud, String grantId, Cloud.Item item)
      throws Cloud.CloudException {
    Blob blob;
    try {
      blob = world.blobs().store(cloud.read(grantId, item.id(), 0, item.size()));
    } catch (IOException e) {
      throw new Cloud.CloudException(Cloud.Problem.UNAVAILABLE, "the content was cut off");
    }
    if (!blob.md5().equals(item.md5())) {
      throw new Cloud.CloudException(Cloud.Problem.UNAVAILABLE, "the content arrived incomplete");
    }
    return blob;
  }
}
