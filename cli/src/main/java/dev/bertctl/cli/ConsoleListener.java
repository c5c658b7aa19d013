// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.cli;

import dev.bertctl.core.download.DownloadListener;
import dev.bertctl.core.runs.RunListener;
import java.util.OptionalLong;

/**
 * Shows on standard error what a job does and how far it is.
 *
 * <p>Transfers report from threads of their own, and an interruption comes from another.
 */
final class ConsoleListener implements RunListener, DownloadListener, AutoCloseable {

  private static final long WORTH_SHOWING = 5_000_000;

  private final ProgressView view = ProgressView.onStandardError();
  private String download = "";
  private boolean silent;

  @Override
  public synchronized void info(String line) {
    if (!silent) {
      view.finish();
      System.err.println(line);
    }
  }

  /** Says one more thing, and nothing after it, though the job goes on for a moment. */
  synchronized void lastWords(String line) {
    info(line);
    silent = true;
  }

  @Override
  public synchronized void begin(String title, long total) {
    if (!silent) {
      view.start(title, total, Progress.Unit.EXAMPLES);
    }
  }

  @Override
  public synchronized void advance(long done, String detail) {
    if (!silent) {
      view.update(done, detail);
    }
  }

  @Override
  public synchronized void end() {
    if (!silent) {
      view.finish();
    }
  }

  /** What is quickly done is not worth a line. */
  @Override
  public synchronized void progress(String what, long bytes, OptionalLong total) {
    if (silent || total.orElse(bytes) < WORTH_SHOWING) {
      return;
    }
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
  public void waiting(String what) {
    info("another process is fetching " + what + "; waiting for it");
  }

  @Override
  public synchronized void close() {
    if (!silent) {
      view.close();
    }
  }
}
