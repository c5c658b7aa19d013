// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.runs;

import dev.bertctl.core.config.Interval;
import dev.bertctl.core.config.TrainSettings;
import dev.bertctl.runtime.training.StepReport;
import dev.bertctl.runtime.training.TrainingObserver;
import dev.bertctl.runtime.training.TrainingState;
import java.time.Duration;
import java.util.Optional;

/**
 * What is done after each step of a run: it is logged, and whenever that is due, the model is
 * evaluated, a checkpoint kept, and the training ended.
 */
final class RunProgress implements TrainingObserver {

  private final TrainSettings settings;
  private final History history;
  private final RunListener listener;
  private final Interruption interruption;
  private final Actions actions;
  private Duration checkpointed;

  /**
   * @param start where the training begins
   * @param interruption tells whether the user wants it to end
   * @param actions what to do when it is due
   */
  RunProgress(
      TrainSettings settings,
      History history,
      RunListener listener,
      Interruption interruption,
      TrainingState start,
      Actions actions) {
    this.settings = settings;
    this.history = history;
    this.listener = listener;
    this.interruption = interruption;
    this.actions = actions;
    this.checkpointed = start.elapsed();
  }

  @Override
  public void epochBegan(int epoch, int epochs, long features, long done) {
    history.epochBegan(epoch, epochs, features, done);
  }

  @Override
  public void divided(int parts) {
    listener.notice(
        "not enough memory for a batch at once: each is computed in %d parts, with the same update"
            .formatted(parts));
  }

  @Override
  public boolean stepped(StepReport report, TrainingState state) {
    history.add(report);
    Point point = new Point(report.step(), report.epochsDone(), report.last());
    boolean epochEnds = report.epochStep() == report.epochSteps();
    boolean evaluating = report.last() || isDue(settings.evaluateEvery(), report, state);
    boolean pausing = evaluating || epochEnds;
    if (pausing) {
      history.pause();
    }
    Outcome outcome = evaluating ? evaluated(point) : Outcome.of(interruption.isRequested());
    if (outcome != Outcome.GO_ON || isCheckpointDue(report, state)) {
      checkpoint(point, state, outcome);
    }
    if (pausing && !epochEnds && outcome == Outcome.GO_ON) {
      history.goOn();
    }
    return outcome == Outcome.GO_ON;
  }

  /**
   * Does the evaluation that a run was interrupted before or in.
   *
   * @return whether the training goes on
   */
  boolean makeUp(Point point, TrainingState state) {
    Outcome outcome = evaluated(point);
    if (outcome != Outcome.GO_ON) {
      checkpoint(point, state, outcome);
    }
    return outcome == Outcome.GO_ON;
  }

  private Outcome evaluated(Point point) {
    try {
      interruption.end();
      boolean goodEnough = actions.evaluate(point);
      return goodEnough || point.last() ? Outcome.FINISHED : Outcome.of(interruption.isRequested());
    } catch (Interruption.Requested e) {
      return Outcome.UNEVALUATED;
    }
  }

  private void checkpoint(Point point, TrainingState state, Outcome outcome) {
    if (outcome == Outcome.FINISHED) {
      history.finish();
    }
    actions.checkpoint(
        state,
        outcome == Outcome.FINISHED,
        outcome == Outcome.UNEVALUATED ? Optional.of(point) : Optional.empty());
    checkpointed = state.elapsed();
    if (outcome == Outcome.INTERRUPTED || outcome == Outcome.UNEVALUATED) {
      throw new InterruptedRunException(point.step());
    }
  }

  private boolean isCheckpointDue(StepReport report, TrainingState state) {
    return settings.checkpointEvery().stream().anyMatch(every -> isDue(every, report, state));
  }

  private boolean isDue(Interval every, StepReport report, TrainingState state) {
    return switch (every.unit()) {
      case STEP -> report.step() % (long) every.count() == 0;
      case EPOCH ->
          Math.floor(report.epochsDone() / every.count())
              > Math.floor(report.epochsBefore() / every.count());
      case MINUTE -> state.elapsed().minus(checkpointed).toMillis() >= every.count() * 60_000;
    };
  }

  /** What comes after a step. */
  private enum Outcome {
    GO_ON,
    FINISHED,
    INTERRUPTED,
    /** Interrupted before the evaluation that was due. */
    UNEVALUATED;

    static Outcome of(boolean interrupted) {
      return interrupted ? INTERRUPTED : GO_ON;
    }
  }

  /**
   * Where an evaluation is due.
   *
   * @param step steps done
   * @param epochs epochs done, such as 1.5
   * @param last whether no step is left
   */
  record Point(long step, double epochs, boolean last) {

    @Override
    public String toString() {
      return EvaluatedStep.name(step, epochs);
    }
  }

  /** What a run does when it is due. */
  interface Actions {

    /**
     * Evaluates the model as it stands.
     *
     * @return whether the training is to end because it no longer gets better
     * @throws Interruption.Requested if the user wants the run to end
     */
    boolean evaluate(Point point);

    /**
     * Keeps a checkpoint.
     *
     * @param finished whether nothing is left to train
     * @param unevaluated the evaluation that is still due, if any
     */
    void checkpoint(TrainingState state, boolean finished, Optional<Point> unevaluated);
  }
}
