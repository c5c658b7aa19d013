// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.cli;

import dev.bertctl.runtime.UserException;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A program that this process waits for, and that does not outlive it. */
final class ChildProcess {

  /** What an interrupted program has for its own end. */
  private static final long PATIENCE_SECONDS = 20;

  private ChildProcess() {}

  /**
   * Runs a program on this process' terminal. Where this process is ended meanwhile, by Ctrl-C for
   * one, it first ends the program.
   *
   * @param command the program and its arguments
   * @return what it ended with
   * @throws UserException if it cannot be started, or was interrupted
   */
  static int run(List<String> command) {
    Process process;
    try {
      process = new ProcessBuilder(command).inheritIO().start();
    } catch (IOException e) {
      throw new UserException("%s: %s".formatted(command.get(0), e.getMessage()), e);
    }
    Thread ending = new Thread(() -> end(process));
    Runtime.getRuntime().addShutdownHook(ending);
    try {
      int status = process.waitFor();
      Runtime.getRuntime().removeShutdownHook(ending);
      return status;
    } catch (IllegalStateException shuttingDown) {
      throw interrupted(command, shuttingDown);
    } catch (InterruptedException e) {
      end(process);
      Thread.currentThread().interrupt();
      throw interrupted(command, e);
    }
  }

  private static UserException interrupted(List<String> command, Exception cause) {
    return new UserException("%s was interrupted".formatted(command.get(0)), cause);
  }

  /** Tells it to end, and sees to it that it and all that it has started do. */
  static void end(Process process) {
    List<ProcessHandle> all =
        Stream.concat(Stream.of(process.toHandle()), process.descendants()).toList();
    process.destroy();
    long last = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    try {
      while (all.stream().anyMatch(ProcessHandle::isAlive) && System.nanoTime() < last) {
        TimeUnit.MILLISECONDS.sleep(50);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    all.forEach(ProcessHandle::destroyForcibly);
  }
}
