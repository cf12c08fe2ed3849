package dev.clouddrive.simulator.internal.filestack.process;

import java.io.IOException;

/** Does some tasks with some kinds of files. */
public interface Engine {

  /** Whether it does this task with what there is. */
  boolean does(Task task, Artifact artifact);

  /**
   * @throws ProcessException if it can't be done
   */
  Artifact apply(Task task, Artifact artifact, Workbench bench) throws IOException;
}
