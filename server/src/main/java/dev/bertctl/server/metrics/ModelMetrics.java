// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.server.metrics;

import dev.bertctl.runtime.predict.BatchListener;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.function.IntSupplier;

/** What is counted and timed of each model. */
@Singleton
public final class ModelMetrics {

  private static final String MODEL = "model";

  private final MeterRegistry registry;

  ModelMetrics(MeterRegistry registry) {
    this.registry = registry;
  }

  /** Watches how many inputs wait or are computed. */
  public void queue(String model, IntSupplier pending) {
    Gauge.builder("bertctl.queue.size", pending, IntSupplier::getAsInt)
        .description("Inputs that wait or are being computed")
        .tag(MODEL, model)
        .strongReference(true)
        .register(registry);
  }

  /** Is told of a model's batches. */
  public BatchListener batches(String model) {
    DistributionSummary sizes =
        DistributionSummary.builder("bertctl.batch.size")
            .description("Inputs of a batch")
            .tag(MODEL, model)
            .serviceLevelObjectives(1, 2, 4, 8, 16, 32, 64, 128, 256)
            .register(registry);
    DistributionSummary tokens =
        DistributionSummary.builder("bertctl.batch.tokens")
            .description("Tokens of a batch, without padding")
            .tag(MODEL, model)
            .serviceLevelObjectives(64, 256, 1024, 4096, 16384)
            .register(registry);
    Timer computed = timer("bertctl.batch.compute", "What a batch takes to compute", model);
    // As text-embeddings-inference calls them, of all models together.
    DistributionSummary next = registry.summary("te_batch_next_size");
    DistributionSummary nextTokens = registry.summary("te_batch_next_tokens");
    return (inputs, count, took) -> {
      sizes.record(inputs);
      tokens.record(count);
      next.record(inputs);
      nextTokens.record(count);
      computed.record(took);
    };
  }

  /**
   * A request ended.
   *
   * @param status of the response
   * @param took from its first to its last byte, nearly
   */
  public void request(String model, int status, Duration took) {
    Timer.builder("bertctl.request")
        .description("What a request takes")
        .tag(MODEL, model)
        .tag("status", Integer.toString(status))
        .publishPercentileHistogram()
        .register(registry)
        .record(took);
  }

  /**
   * A request was computed.
   *
   * @param tokenized what reading and tokenising its rows took
   * @param queued how long its rows waited at most
   * @param computed how long a batch with its rows took at most
   */
  public void stages(String model, Duration tokenized, Duration queued, Duration computed) {
    timer("bertctl.tokenize", "What reading and tokenising a request's rows takes", model)
        .record(tokenized);
    timer("bertctl.queue", "How long a request's rows wait at most", model).record(queued);
    timer("bertctl.compute", "How long a batch with a request's rows takes at most", model)
        .record(computed);
  }

  private Timer timer(String name, String description, String model) {
    return Timer.builder(name)
        .description(description)
        .tag(MODEL, model)
        .publishPercentileHistogram()
        .register(registry);
  }
}
