// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.cli;

import dev.bertctl.core.download.DownloadListener;
import dev.bertctl.core.runs.RunListener;
import java.util.OptionalLong;

/** Shows on standard error what a job does and how far it is. */
final class ConsoleListener implements RunListener, DownloadListener, AutoCloseable {

  private static final long WORTH_SHOWING = 5_000_000;

  private final ProgressView view = ProgressView.onStandardError();
  private String download = "";

  @Override
  public void info(String line) {
    view.finish();
    System.err.println(line);
  }

  @Override
  public void begin(String title, long total) {
    view.start(title, total, Progress.Unit.EXAMPLES);
  }

  @Override
  public void advance(long done, String detail) {
    view.update(done, detail);
  }

  @Override
  public void end() {
    view.finish();
  }

  /** Transfers report from their own threads. What is quickly done is not worth a line. */
  @Override
  public synchronized void progress(String what, long bytes, OptionalLong total) {
    if (total.orElse(bytes) < WORTH_SHOWING) {
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
  public void close() {
    view.close();
  }
}
