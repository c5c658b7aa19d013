// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.cli;

import dev.bertctl.core.runs.RunListener;
import dev.bertctl.download.DownloadListener;

/** Writes to standard error what a command does and how far it is. */
interface JobListener extends RunListener, DownloadListener, AutoCloseable {

  /** Transfers of fewer bytes are quickly done, and not worth a line. */
  long WORTH_SHOWING = 5_000_000;

  /** Says one more thing, and nothing after it, though the job goes on for a moment. */
  void lastWords(String line);

  @Override
  default void waiting(String what) {
    notice("another process is fetching " + what + "; waiting for it");
  }

  @Override
  void close();
}
