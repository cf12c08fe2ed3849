package dev.clouddrive.simulator.cli;

import dev.clouddrive.simulator.CloudDriveSimulator;
import dev.clouddrive.simulator.internal.json.Nearest;
import java.util.logging.ConsoleHandler;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line (simulator.md section 4). */
@Command(
    name = "clouddrive-simulator",
    description = "Simulates Amazon Cloud Drive and Filestack on a virtual clock.",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    subcommands = {
      ServeCommand.class,
      DemoCommand.class,
      ExecCommand.class,
      ListenCommand.class,
      TriggerCommand.class,
      VerifyCommand.class,
      WorldCommand.class,
      AutoComplete.GenerateCompletion.class
    })
public final class Main implements Runnable {
  /** It ran, and the answer is no. */
  static final int NO = 1;

  /** It was called the wrong way. */
  static final int WRONG_USAGE = 2;

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  private Main() {}

  /** Exits with 0 for done, 1 for a no, 2 for wrong usage. */
  public static void main(String[] args) {
    quietLogging();
    System.exit(run(args));
  }

  static int run(String... args) {
    return new CommandLine(new Main())
        .setParameterExceptionHandler(Main::wrongUsage)
        .setExecutionExceptionHandler(Main::failed)
        .execute(args);
  }

  @Override
  public void run() {
    throw new CommandLine.ParameterException(
        spec.commandLine(), "say what to do: serve or demo, or another; --help tells more");
  }

  /** One line that says the mend. */
  private static int wrongUsage(CommandLine.ParameterException e, String[] args) {
    e.getCommandLine().getErr().println("clouddrive-simulator: " + oneLine(e) + mend(e));
    return WRONG_USAGE;
  }

  private static String mend(CommandLine.ParameterException e) {
    if (!(e instanceof CommandLine.UnmatchedArgumentException unmatched)) {
      return "";
    }
    CommandLine command = e.getCommandLine();
    String given = unmatched.getUnmatched().get(0);
    return Nearest.of(
            given,
            given.startsWith("-")
                ? command.getCommandSpec().optionsMap().keySet()
                : command.getSubcommands().keySet())
        .map(near -> "; did you mean " + near + "?")
        .orElse("; --help tells what there is");
  }

  private static int failed(Exception e, CommandLine commandLine, CommandLine.ParseResult parsed) {
    commandLine.getErr().println("clouddrive-simulator: " + oneLine(e));
    return e instanceof IllegalArgumentException ? WRONG_USAGE : NO;
  }

  private static String oneLine(Exception e) {
    String message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    return message.lines().findFirst().orElse(message);
  }

  /** Warnings and worse, a line each, on standard error. */
  private static void quietLogging() {
    Logger root = Logger.getLogger("");
    root.setLevel(Level.WARNING);
    for (var handler : root.getHandlers()) {
      root.removeHandler(handler);
    }
    ConsoleHandler handler = new ConsoleHandler();
    handler.setFormatter(
        new Formatter() {
          @Override
          public String format(LogRecord entry) {
            String cause = entry.getThrown() == null ? "" : ": " + entry.getThrown();
            return entry.getLevel() + " " + formatMessage(entry) + cause + System.lineSeparator();
          }
        });
    root.addHandler(handler);
  }

  /** Tells the version. */
  static final class Version implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"clouddrive-simulator " + CloudDriveSimulator.version()};
    }
  }
}
