// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.runs;

import dev.bertctl.runtime.evaluation.Progress;
import dev.bertctl.spi.TaskPlugin;
import java.util.function.Function;

/** Receives the events and the progress of a job; how they are shown is for the listener to say. */
public interface RunListener {

  /** The model is loaded, and training or evaluation about to begin. */
  void opened(Opening opening);

  /** A split was read and packed. */
  void read(SplitSummary split);

  /** A split was evaluated. */
  void evaluated(Evaluated evaluated);

  /** Something else that the user should know, in a line. */
  void notice(String line);

  /**
   * A job begins, before anything is read or loaded.
   *
   * @param task the task's plugin
   */
  default void begun(TaskPlugin<?> task) {}

  /**
   * A step with progress begins.
   *
   * @param title what it is
   * @param counted what its progress counts
   * @param total how many of them it will take; 0 if that is not known
   */
  void begin(String title, Counted counted, long total);

  /**
   * The step made progress.
   *
   * @param done how many so far
   * @param detail such as the loss; empty if there is nothing to say
   */
  void advance(long done, String detail);

  /** The step is done. */
  void end();

  /**
   * Reports a step from its beginning to its end.
   *
   * @param title what it is
   * @param total how many examples it will take; 0 if that is not known
   * @param job the step; it reports its progress
   * @return what the job returns
   */
  default <T> T during(String title, long total, Function<Progress, T> job) {
    begin(title, Counted.EXAMPLES, total);
    T result = job.apply(done -> advance(done, ""));
    end();
    return result;
  }

  /** What progress counts. */
  enum Counted {
    /** Examples of the data. */
    EXAMPLES,
    /** What the model sees at once, where one example may make several. */
    WINDOWS
  }

  /** Shows nothing. */
  RunListener SILENT =
      new RunListener() {
        @Override
        public void opened(Opening opening) {}

        @Override
        public void read(SplitSummary split) {}

        @Override
        public void evaluated(Evaluated evaluated) {}

        @Override
        public void notice(String line) {}

        @Override
        public void begin(String title, Counted counted, long total) {}

        @Override
        public void advance(long done, String detail) {}

        @Override
        public void end() {}
      };

  /**
   * An evaluation.
   *
   * @param split what was evaluated, such as {@code test}
   * @param step steps done; 0 for an evaluation that belongs to no training
   * @param epochs epochs done, such as 1.5
   * @param best whether it is the best so far
   * @param result what was found
   */
  record Evaluated(String split, long step, double epochs, boolean best, EvaluationResult result) {

    /** An evaluation that belongs to no training. */
    static Evaluated of(String split, EvaluationResult result) {
      return new Evaluated(split, 0, 0, false, result);
    }
  }
}
