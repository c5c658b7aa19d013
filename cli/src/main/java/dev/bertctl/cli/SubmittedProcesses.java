// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.cli;

import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.distributed.Processes;
import dev.bertctl.runtime.distributed.ProcessesPipe;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Processes of a training that a program has which was started for it. */
final class SubmittedProcesses implements Processes {

  /**
   * Ctrl-C comes to all programs of a terminal: these leave it to this one, which ends the run with
   * a checkpoint for which they are needed.
   */
  private static final List<String> DEAF_TO_INTERRUPTS =
      List.of("/bin/sh", "-c", "trap '' INT; exec \"$0\" \"$@\"");

  private static final long PATIENCE_SECONDS = 20;

  private final Process program;
  private final ProcessesPipe pipe;
  private final Thread ending;

  private SubmittedProcesses(Process program) {
    this.program = program;
    this.pipe = new ProcessesPipe(program.getInputStream(), program.getOutputStream());
    this.ending = new Thread(() -> ChildProcess.end(program));
    Runtime.getRuntime().addShutdownHook(ending);
  }

  /**
   * Starts the program.
   *
   * @param command the program and its arguments; it runs {@link ProcessesPipe#serve}
   * @throws UserException if it cannot be started
   */
  static SubmittedProcesses start(List<String> command) {
    List<String> all = new ArrayList<>(DEAF_TO_INTERRUPTS);
    all.addAll(command);
    try {
      return new SubmittedProcesses(
          new ProcessBuilder(all).redirectError(ProcessBuilder.Redirect.INHERIT).start());
    } catch (IOException e) {
      throw new UserException("%s: %s".formatted(command.get(0), e.getMessage()), e);
    }
  }

  @Override
  public List<ProcessFacts> begin(Path folder) {
    return pipe.begin(folder);
  }

  @Override
  public List<byte[]> carryOut(List<byte[]> orders) {
    return pipe.carryOut(orders);
  }

  @Override
  public void collect(Path file) {
    pipe.collect(file);
  }

  @Override
  public void close() {
    pipe.close();
    try {
      program.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    ChildProcess.end(program);
    try {
      Runtime.getRuntime().removeShutdownHook(ending);
    } catch (IllegalStateException shuttingDown) {
      return;
    }
  }
}
