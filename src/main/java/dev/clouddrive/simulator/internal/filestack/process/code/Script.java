package dev.clouddrive.simulator.internal.filestack.process.code;

import com.google.javascript.jscomp.CheckLevel;
import com.google.javascript.jscomp.CompilationLevel;
import com.google.javascript.jscomp.Compiler;
import com.google.javascript.jscomp.CompilerOptions;
import com.google.javascript.jscomp.DiagnosticGroups;
import com.google.javascript.jscomp.Result;
import com.google.javascript.jscomp.SourceFile;
import dev.clouddrive.simulator.internal.filestack.process.ProcessException;
import dev.clouddrive.simulator.internal.filestack.process.Task;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Loaded only when a script is met, because the library is optional. */
final class Script {
  private Script() {}

  static String minified(String script, Task task) throws ProcessException {
    PrintStream silent =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    Compiler compiler = new Compiler(silent);
    compiler.disableThreads();
    CompilerOptions options = new CompilerOptions();
    CompilationLevel level =
        task.flag("mangle", true)
            ? CompilationLevel.SIMPLE_OPTIMIZATIONS
            : CompilationLevel.WHITESPACE_ONLY;
    level.setOptionsForCompilationLevel(options);
    options.setEmitUseStrict(false);
    options.setWarningLevel(DiagnosticGroups.CHECK_VARIABLES, CheckLevel.OFF);
    Result result =
        compiler.compile(List.of(), List.of(SourceFile.fromCode("script.js", script)), options);
    if (!result.success) {
      throw ProcessException.provider("the script can't be read");
    }
    return compiler.toSource();
  }
}
