// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.runs;

import java.nio.file.Path;

/**
 * A job that can be interrupted, and gone on with later.
 *
 * @param <R> what it finds
 */
public interface ResumableJob<R> {

  /**
   * Does it.
   *
   * @throws dev.bertctl.runtime.UserException if anything keeps it from being done
   * @throws InterruptedRunException if the user wanted it to end
   */
  R run();

  /** Whether there is something unfinished that {@link RunMode#RESUME} would go on with. */
  boolean canResume();

  /** Where the results are. */
  Path folder();
}
