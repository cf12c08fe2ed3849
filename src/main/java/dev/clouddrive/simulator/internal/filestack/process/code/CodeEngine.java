package dev.clouddrive.simulator.internal.filestack.process.code;

import dev.clouddrive.simulator.internal.filestack.process.Artifact;
import dev.clouddrive.simulator.internal.filestack.process.Engine;
import dev.clouddrive.simulator.internal.filestack.process.MadeFile;
import dev.clouddrive.simulator.internal.filestack.process.ProcessException;
import dev.clouddrive.simulator.internal.filestack.process.Task;
import dev.clouddrive.simulator.internal.filestack.process.TaskType;
import dev.clouddrive.simulator.internal.filestack.process.Workbench;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;

/** Makes style sheets and scripts small. */
public final class CodeEngine implements Engine {
  private static final int MOST_BYTES = 4 * 1024 * 1024;

  @Override
  public boolean does(Task task, Artifact artifact) {
    String type = artifact.mimetype();
    return (task.type() == TaskType.MINIFY_CSS && type.equals("text/css"))
        || (task.type() == TaskType.MINIFY_JS
            && (type.equals("text/javascript")
                || type.equals("application/javascript")
                || type.equals("application/x-javascript")));
  }

  @Override
  public Artifact apply(Task task, Artifact artifact, Workbench bench) throws IOException {
    String code =
        new String(
            artifact.render(bench).blob().body().readAll(MOST_BYTES), StandardCharsets.UTF_8);
    byte[] small = minified(task, code).getBytes(StandardCharsets.UTF_8);
    boolean gzip = task.flag("gzip", false);
    return new MadeFile(
        bench.blobs().of(gzip ? gzipped(small) : small),
        gzip ? "application/gzip" : artifact.mimetype(),
        gzip ? artifact.filename() + ".gz" : artifact.filename());
  }

  private static String minified(Task task, String code) throws ProcessException {
    boolean css = task.type() == TaskType.MINIFY_CSS;
    try {
      return css ? StyleSheet.minified(code) : Script.minified(code, task);
    } catch (NoClassDefFoundError e) {
      throw ProcessException.provider(
          task.name()
              + " needs a library that isn't there: add "
              + (css ? "com.helger:ph-css" : "com.google.javascript:closure-compiler")
              + " to the class path");
    }
  }

  private static byte[] gzipped(byte[] content) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(content);
    }
    return out.toByteArray();
  }
}
