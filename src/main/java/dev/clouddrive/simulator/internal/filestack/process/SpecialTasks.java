package dev.clouddrive.simulator.internal.filestack.process;

import dev.clouddrive.simulator.internal.filestack.FileUrls;
import dev.clouddrive.simulator.internal.http.Request;
import dev.clouddrive.simulator.internal.http.Response;
import dev.clouddrive.simulator.internal.world.Filestack;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Tasks that don't give a converted file but start something that goes on by itself. */
public interface SpecialTasks {

  /** The answer of a chain with such a task; empty for any other chain. */
  Optional<Response> answer(Request request, Chain chain, List<Origin> origins, FileUrls urls)
      throws IOException;

  /**
   * Starts workflows on files that were stored.
   *
   * @param ids of the workflows
   * @return what the answer says of each, by its id
   */
  Map<String, @Nullable Object> runWorkflows(
      Filestack.App app, List<String> ids, List<Filestack.FileLink> files);
}
