// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.cli;

import dev.bertctl.application.InstalledTasks;
import dev.bertctl.application.PrintedStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.lang.reflect.Constructor;
import java.lang.reflect.Parameter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import picocli.CommandLine;

/** Commands run in this process, with all that {@link Main} does but without Quarkus. */
public final class InProcess {

  /**
   * What a command left.
   *
   * @param exitCode its exit code
   * @param out its standard output
   * @param err its standard error
   */
  public record Outcome(int exitCode, String out, String err) {}

  private InProcess() {}

  /** Runs a command; one at a time, as standard error is the process's. */
  public static synchronized Outcome run(String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    PrintStream before = System.err;
    PrintStream captured =
        new PrintStream(
            new PrintedStream(err, StandardCharsets.UTF_8), true, StandardCharsets.UTF_8);
    System.setErr(captured);
    try {
      StandardOutput output = new StandardOutput(out);
      CommandLine commands = commands(output);
      commands.setErr(new PrintWriter(captured, true));
      int exitCode = Main.run(commands, output, arguments);
      return new Outcome(
          exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    } finally {
      System.setErr(before);
    }
  }

  /** The commands, as {@link Main} has them. */
  static CommandLine commands(StandardOutput output) {
    return Main.commands(new Injection(), output);
  }

  /** Gives constructors what Quarkus gives them: the tasks of this installation. */
  private static final class Injection implements CommandLine.IFactory {

    private final InstalledTasks tasks = new InstalledTasks();
    private final CommandLine.IFactory others = CommandLine.defaultFactory();

    @Override
    public <K> K create(Class<K> type) throws Exception {
      Constructor<?>[] constructors = type.getDeclaredConstructors();
      if (constructors.length != 1 || constructors[0].getParameterCount() == 0) {
        return others.create(type);
      }
      constructors[0].setAccessible(true);
      return type.cast(
          constructors[0].newInstance(
              Arrays.stream(constructors[0].getParameters()).map(this::value).toArray()));
    }

    private Object value(Parameter parameter) {
      return parameter.getType() == InstalledTasks.class ? tasks : tasks.registry();
    }
  }
}
