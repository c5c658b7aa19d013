// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.runs;

import dev.bertctl.runtime.files.FileException;
import dev.bertctl.spi.TaskPlugin;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * run.log: what a run said, a line each with the time before it, and beside that whatever the
 * listener makes of it. A run that goes on appends to it.
 */
final class RunLog implements RunListener, AutoCloseable {

  private final Path file;
  private final BufferedWriter lines;
  private final RunListener listener;
  private final Clock clock;
  private final Set<String> begun = new HashSet<>();

  /**
   * @param file where the lines go, behind those that are there
   * @param listener is told the same
   * @param clock tells the time of each line
   */
  RunLog(Path file, RunListener listener, Clock clock) {
    this.file = file;
    this.listener = listener;
    this.clock = clock;
    try {
      this.lines =
          Files.newBufferedWriter(
              file, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw FileException.writing(file, e);
    }
  }

  @Override
  public void begun(TaskPlugin<?> task) {
    write(RunText.line(task));
    listener.begun(task);
  }

  @Override
  public void opened(Opening opening) {
    write(RunText.lines(opening));
    listener.opened(opening);
  }

  @Override
  public void read(SplitSummary split) {
    write(RunText.lines(split));
    listener.read(split);
  }

  @Override
  public void evaluated(Evaluated evaluated) {
    write(RunText.line(evaluated));
    listener.evaluated(evaluated);
  }

  @Override
  public void notice(String line) {
    write(line);
    listener.notice(line);
  }

  /** The run ends by an error, which whoever began the run tells the user. */
  void failed(RuntimeException error) {
    try {
      write("error: " + (error.getMessage() == null ? error.toString() : error.getMessage()));
    } catch (FileException e) {
      // On a full disk, say: what came first is what is told.
      error.addSuppressed(e);
    }
  }

  @Override
  public void begin(String title, Counted counted, long total) {
    // An epoch goes on after each evaluation in its midst.
    if (begun.add(title)) {
      write(title);
    }
    listener.begin(title, counted, total);
  }

  @Override
  public void advance(long done, String detail) {
    listener.advance(done, detail);
  }

  @Override
  public void end() {
    listener.end();
  }

  private void write(List<String> some) {
    some.forEach(this::write);
  }

  /** Lines within a text get a time of their own, so that each line of the file has one. */
  private synchronized void write(String text) {
    String time = clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
    try {
      for (String line : text.strip().lines().toList()) {
        lines.write(time + " " + line.stripTrailing());
        lines.newLine();
      }
      lines.flush();
    } catch (IOException e) {
      throw FileException.writing(file, e);
    }
  }

  @Override
  public void close() {
    try {
      lines.close();
    } catch (IOException e) {
      throw FileException.writing(file, e);
    }
  }
}
