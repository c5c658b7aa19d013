// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.runs;

import dev.bertctl.runtime.evaluation.Progress;
import java.util.function.Function;

/** Hears what a job is doing, for the user to see. */
public interface RunListener {

  /** A line of information. */
  void info(String line);

  /**
   * Something lengthy begins.
   *
   * @param title what it is
   * @param total how many examples it will take
   */
  void begin(String title, long total);

  /**
   * Some more is done.
   *
   * @param done examples so far
   * @param detail such as the loss; empty if there is nothing to say
   */
  void advance(long done, String detail);

  /** The lengthy thing is done. */
  void end();

  /**
   * Does something lengthy, from its beginning to its end.
   *
   * @param title what it is
   * @param total how many examples it will take
   * @param job does it, and says how far it has come
   * @return what the job returns
   */
  default <T> T during(String title, long total, Function<Progress, T> job) {
    begin(title, total);
    T result = job.apply((done, all) -> advance(done, ""));
    end();
    return result;
  }
}
