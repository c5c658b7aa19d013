// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.download;

import java.util.OptionalLong;

/** Receives the progress of downloads and conversions. Called from any thread. */
public interface DownloadListener {

  /** Shows nothing. */
  DownloadListener NONE = (what, bytes, total) -> {};

  /**
   * Progress was made; the last call for a file has {@code bytes} equal to {@code total}.
   *
   * @param what file name, or what is done with it, such as {@code checking bert.jar}
   * @param bytes done so far
   * @param total bytes in all, where known
   */
  void progress(String what, long bytes, OptionalLong total);

  /**
   * Another process is fetching the same model; this one waits for it.
   *
   * @param what the model
   */
  default void waiting(String what) {}
}
