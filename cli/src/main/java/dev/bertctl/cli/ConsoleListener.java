// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.cli;

import dev.bertctl.core.runs.Opening;
import dev.bertctl.core.runs.RunText;
import dev.bertctl.core.runs.SplitSummary;
import dev.bertctl.spi.TaskPlugin;
import java.util.OptionalLong;

/**
 * Shows on standard error what a job does and how far it is.
 *
 * <p>Transfers report from threads of their own, and an interruption comes from another.
 */
final class ConsoleListener implements JobListener {

  private final ProgressView view = ProgressView.onStandardError();
  private final boolean progress;
  private String download = "";
  private boolean silent;

  /**
   * @param progress whether to show how far the job is; downloads are shown in any case
   */
  ConsoleListener(boolean progress) {
    this.progress = progress;
  }

  @Override
  public void begun(TaskPlugin<?> task) {
    notice(RunText.line(task));
  }

  @Override
  public void opened(Opening opening) {
    RunText.lines(opening).forEach(this::notice);
  }

  @Override
  public void read(SplitSummary split) {
    RunText.lines(split).forEach(this::notice);
  }

  @Override
  public void evaluated(Evaluated evaluated) {
    notice(RunText.line(evaluated));
  }

  @Override
  public void notice(String line) {
    show(() -> view.say(line));
  }

  @Override
  public synchronized void lastWords(String line) {
    show(view::finish);
    notice(System.lineSeparator() + line);
    silent = true;
  }

  @Override
  public void begin(String title, Counted counted, long total) {
    if (!progress) {
      return;
    }
    show(
        () ->
            view.start(
                title,
                total,
                counted == Counted.EXAMPLES ? Progress.Unit.EXAMPLES : Progress.Unit.WINDOWS));
  }

  @Override
  public void advance(long done, String detail) {
    if (progress) {
      show(() -> view.update(done, detail));
    }
  }

  @Override
  public void end() {
    show(view::finish);
  }

  /** What is quickly done is not worth a line. */
  @Override
  public void progress(String what, long bytes, OptionalLong total) {
    if (total.orElse(bytes) >= WORTH_SHOWING) {
      show(() -> transfer(what, bytes, total));
    }
  }

  private void transfer(String what, long bytes, OptionalLong total) {
    if (!what.equals(download)) {
      download = what;
      view.start(what, total.orElse(0), Progress.Unit.BYTES);
    }
    view.update(bytes, "");
    if (total.isPresent() && bytes >= total.getAsLong()) {
      view.finish();
      download = "";
    }
  }

  @Override
  public void close() {
    show(view::close);
  }

  private synchronized void show(Runnable output) {
    if (!silent) {
      output.run();
    }
  }
}
