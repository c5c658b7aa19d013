// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.training;

import dev.bertctl.runtime.graph.BertModel;
import dev.bertctl.runtime.graph.LossScale;
import dev.bertctl.runtime.graph.Optimizer;
import dev.bertctl.runtime.graph.StepMaker;
import dev.bertctl.runtime.packing.Batch;
import dev.bertctl.runtime.tensorflow.OutOfDeviceMemoryException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The training loop: for each batch of each epoch a learning rate, an update, and a word to the
 * observer, who logs, evaluates, keeps checkpoints and may end it.
 */
public final class Trainer {

  private final StepMaker model;
  private final TrainingBatches batches;
  private final TrainingSettings settings;
  private final long totalSteps;
  private final LearningRate schedule;

  /**
   * @param model makes the steps
   * @param batches what it is trained on
   * @param settings how to train
   */
  public Trainer(StepMaker model, TrainingBatches batches, TrainingSettings settings) {
    this.model = model;
    this.batches = batches;
    this.settings = settings;
    this.totalSteps = batches.total();
    this.schedule = new LearningRate(settings.schedule(), settings.learningRate(), totalSteps);
  }

  /** Steps of the whole run, if its time suffices for them. */
  public long totalSteps() {
    return totalSteps;
  }

  /**
   * Trains from a point on to the end, or until the observer ends it.
   *
   * @param start where to begin: {@link TrainingState#START}, or where an interrupted run stopped
   * @param observer is told of each step
   * @throws DivergedException if the loss is no number any more, or grows beyond all measure
   * @throws BatchTooLargeException if memory does not suffice for a step, which more parts may fit
   *     into; weights may then be updated in part
   * @throws OutOfDeviceMemoryException if memory does not suffice for a batch of one
   */
  public void train(TrainingState start, TrainingObserver observer) {
    Clock clock = new Clock(start.elapsed());
    Divergence divergence = new Divergence();
    TrainingState state = rehearsed(scaled(divided(start)), observer);
    while (state.epoch() < settings.epochs()) {
      int epoch = state.epoch();
      List<int[]> plan = batches.plan(epoch);
      observer.epochBegan(
          epoch + 1, settings.epochs(), batches.features(), features(plan, state.batch()));
      while (state.epoch() == epoch) {
        int[] batch = plan.get(state.batch());
        TrainingStep step = step(state, batch, clock);
        BertModel.Trained trained = trained(step);
        LossScale scale = nextScale(step.scale(), trained);
        Optional<String> problem = trained.skipped() ? scale.problem() : divergence.after(trained);
        if (problem.isPresent()) {
          throw diverged(problem.get(), step);
        }
        int epochStep = state.batch() + 1;
        state = state.afterStep(plan.size(), clock.elapsed()).with(scale);
        boolean last = state.epoch() == settings.epochs() || clock.isOver();
        StepReport report =
            new StepReport(
                step.number(),
                epoch + 1,
                settings.epochs(),
                epochStep,
                plan.size(),
                batch.length,
                batches.features(),
                trained,
                step.learningRate(),
                scale,
                last);
        if (!observer.stepped(report, state) || last) {
          return;
        }
      }
    }
  }

  private TrainingState divided(TrainingState start) {
    return start.inParts(Math.max(model.parts(), start.parts()));
  }

  private TrainingState scaled(TrainingState start) {
    return model.scalesLoss() && start.scale().equals(LossScale.NONE)
        ? start.with(LossScale.START)
        : start;
  }

  private LossScale nextScale(LossScale scale, BertModel.Trained trained) {
    return model.scalesLoss() ? scale.after(!trained.skipped()) : scale;
  }

  /**
   * Computes the gradients of the largest batch once, without an update: memory that does not
   * suffice shows at the beginning, and not at night.
   */
  private TrainingState rehearsed(TrainingState start, TrainingObserver observer) {
    int[] largest = batches.largest();
    TrainingState state = start;
    while (true) {
      List<Batch> parts = batches.parts(largest, 0, state.parts());
      try {
        model.rehearse(parts.get(0), settings.seed());
        return state;
      } catch (OutOfDeviceMemoryException e) {
        requireDivisible(parts, e);
        state = state.inParts(2 * parts.size());
        observer.divided(state.parts());
      }
    }
  }

  private BertModel.Trained trained(TrainingStep step) {
    List<Batch> parts = batches.parts(step.features(), step.epoch(), step.parts());
    try {
      return model.train(
          parts,
          new Optimizer.Step(
              step.number() - step.scale().skipped(),
              step.learningRate(),
              settings.maxGradNorm(),
              step.scale()),
          step.dropoutSeed());
    } catch (OutOfDeviceMemoryException e) {
      requireDivisible(parts, e);
      throw new BatchTooLargeException(parts.size(), e);
    }
  }

  /** The first part is the largest. */
  private static void requireDivisible(List<Batch> parts, OutOfDeviceMemoryException problem) {
    if (parts.get(0).size() == 1) {
      throw problem.ofOne();
    }
  }

  private TrainingStep step(TrainingState state, int[] batch, Clock clock) {
    long number = state.step() + 1;
    return new TrainingStep(
        number,
        state.epoch(),
        batch,
        state.parts(),
        dropoutSeed(number),
        schedule.at(clock.position(state.step())),
        state.scale());
  }

  /**
   * A function of seed and step alone, so that a resumed run drops what an uninterrupted one would.
   */
  private long dropoutSeed(long step) {
    return settings.seed() * 1_000_003L + step;
  }

  private static long features(List<int[]> plan, int batches) {
    return plan.subList(0, batches).stream().mapToLong(batch -> batch.length).sum();
  }

  private DivergedException diverged(String problem, TrainingStep step) {
    return new DivergedException(
        "training diverged at step %d: %s; lower train.learning-rate (now %s)"
            .formatted(step.number(), problem, settings.learningRate()),
        step);
  }

  /** The time that a run has used, interruptions left out. */
  private final class Clock {

    private final Duration before;
    private final long since = System.nanoTime();

    Clock(Duration before) {
      this.before = before;
    }

    Duration elapsed() {
      return before.plusNanos(System.nanoTime() - since);
    }

    boolean isOver() {
      return settings.timeBudget().filter(budget -> elapsed().compareTo(budget) >= 0).isPresent();
    }

    /** Steps of the schedule that are done: of a run that has to hurry it leaves some out. */
    double position(long steps) {
      double used =
          settings
              .timeBudget()
              .map(budget -> (double) elapsed().toNanos() / budget.toNanos())
              .orElse(0.0);
      return Math.max(steps, Math.min(1, used) * totalSteps);
    }
  }
}
