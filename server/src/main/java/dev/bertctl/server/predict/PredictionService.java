// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.server.predict;

import dev.bertctl.runtime.packing.TruncationSide;
import dev.bertctl.runtime.predict.Answer;
import dev.bertctl.runtime.predict.MicroBatcher;
import dev.bertctl.runtime.predict.Prepared;
import dev.bertctl.runtime.predict.QueueFullException;
import dev.bertctl.server.ServerSettings;
import dev.bertctl.server.metrics.ModelMetrics;
import dev.bertctl.server.models.Lease;
import dev.bertctl.server.models.ServedModel;
import dev.bertctl.server.models.ServedModels;
import dev.bertctl.server.problem.ProblemException;
import dev.bertctl.server.problem.ProblemType;
import dev.bertctl.server.problem.Problems;
import dev.bertctl.spi.decode.Prediction;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * Predicts for the rows of a request, whatever protocol it speaks: checks the limits, reads and
 * tokenises in the calling thread, and has them computed together with other requests' rows.
 */
@Singleton
public final class PredictionService {

  private final ServerSettings settings;
  private final ServedModels models;
  private final ModelMetrics metrics;

  PredictionService(ServerSettings settings, ServedModels models, ModelMetrics metrics) {
    this.settings = settings;
    this.models = models;
    this.metrics = metrics;
  }

  /**
   * Predicts. Call it in a thread that may block: tokenising takes time.
   *
   * @param model the name of a model
   * @param rows values by column
   * @param deadline when to give it up
   * @return the answers, completed in a worker thread, or a {@link ProblemException}; cancel it
   *     where the client is gone, and what is not computed yet never will be
   * @throws ProblemException if the request cannot be taken: the rows are wrong or too many, there
   *     is no such model, or the queue is full
   */
  public CompletableFuture<Answers> predict(
      String model, List<? extends Map<String, ?>> rows, Deadline deadline) {
    return predict(model, rows, TruncationSide.RIGHT, deadline, prepared -> {});
  }

  /**
   * Predicts, if what was made of the rows passes a check.
   *
   * @param side where texts that are too long are cut
   * @param check throws a {@link ProblemException} if it is not to be computed
   */
  public CompletableFuture<Answers> predict(
      String model,
      List<? extends Map<String, ?>> rows,
      TruncationSide side,
      Deadline deadline,
      Consumer<List<Prepared>> check) {
    long begun = System.nanoTime();
    Lease lease = models.lease(model);
    CompletableFuture<Answers> answers;
    try {
      answers = submitted(lease.model(), rows, side, deadline, check, begun);
    } catch (RuntimeException | Error e) {
      lease.close();
      ProblemException problem = Problems.of(e);
      metrics.request(model, problem.type().status(), since(begun));
      throw problem;
    }
    answers.whenComplete(
        (done, failure) -> {
          lease.close();
          if (done != null) {
            metrics.request(model, 200, since(begun));
            metrics.stages(model, done.tokenized(), done.queued(), done.computed());
          } else {
            metrics.request(model, Problems.statusOf(failure), since(begun));
          }
        });
    return answers;
  }

  private CompletableFuture<Answers> submitted(
      ServedModel model,
      List<? extends Map<String, ?>> rows,
      TruncationSide side,
      Deadline deadline,
      Consumer<List<Prepared>> check,
      long begun) {
    MicroBatcher<Prediction> batcher = model.batcher();
    requireRoom(batcher, rows.size());
    List<Prepared> prepared = model.predictor().prepare(rows, side);
    requireTokens(prepared);
    if (deadline.left().isZero()) {
      throw deadline.exceeded();
    }
    check.accept(prepared);
    Duration tokenized = since(begun);
    return answers(prepared, batcher.submit(prepared), deadline, tokenized, begun);
  }

  /** Also before tokenising, which would be done for nothing. */
  private void requireRoom(MicroBatcher<Prediction> batcher, int rows) {
    if (rows == 0) {
      throw new ProblemException(ProblemType.EMPTY, "there are no rows; give at least one");
    }
    int most = Math.min(settings.maxRows(), settings.maxQueue());
    if (rows > most) {
      throw new ProblemException(
          ProblemType.TOO_LARGE,
          "%,d rows are more than the %,d that a request may have; send fewer at once"
              .formatted(rows, most));
    }
    if (batcher.pending() + rows > settings.maxQueue()) {
      throw new QueueFullException(rows, settings.maxQueue());
    }
  }

  /** A row whose sequences do not fit into a batch would hold up all others. */
  private void requireTokens(List<Prepared> prepared) {
    for (int i = 0; i < prepared.size(); i++) {
      long tokens = (long) prepared.get(i).sequences() * prepared.get(i).longest();
      if (tokens > settings.maxBatchTokens()) {
        throw new ProblemException(
            ProblemType.TOO_LARGE,
            "row %d: its %,d tokens (%,d sequences of up to %,d) are more than the %,d of a batch; send a shorter one"
                .formatted(
                    i + 1,
                    tokens,
                    prepared.get(i).sequences(),
                    prepared.get(i).longest(),
                    settings.maxBatchTokens()));
      }
    }
  }

  private static CompletableFuture<Answers> answers(
      List<Prepared> prepared,
      List<CompletableFuture<Answer<Prediction>>> computed,
      Deadline deadline,
      Duration tokenized,
      long begun) {
    CompletableFuture<Answers> answers = new CompletableFuture<>();
    // Whatever ends the request, what is left of it is not computed.
    answers.whenComplete((done, failure) -> computed.forEach(one -> one.cancel(false)));
    CompletableFuture.allOf(computed.toArray(new CompletableFuture<?>[0]))
        .orTimeout(deadline.left().toNanos(), TimeUnit.NANOSECONDS)
        // The thread that computes batches has better things to do than to write responses.
        .whenCompleteAsync(
            (nothing, failure) -> {
              if (failure instanceof TimeoutException) {
                answers.completeExceptionally(deadline.exceeded());
              } else if (failure != null) {
                answers.completeExceptionally(Problems.of(failure));
              } else {
                answers.complete(new Answers(rows(prepared, computed), tokenized, since(begun)));
              }
            },
            Infrastructure.getDefaultWorkerPool());
    return answers;
  }

  private static List<Answers.Row> rows(
      List<Prepared> prepared, List<CompletableFuture<Answer<Prediction>>> computed) {
    List<Answers.Row> rows = new ArrayList<>(prepared.size());
    for (int i = 0; i < prepared.size(); i++) {
      rows.add(new Answers.Row(prepared.get(i), computed.get(i).join()));
    }
    return rows;
  }

  private static Duration since(long begun) {
    return Duration.ofNanos(System.nanoTime() - begun);
  }
}
