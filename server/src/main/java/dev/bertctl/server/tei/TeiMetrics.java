// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.server.tei;

import dev.bertctl.server.models.ServedModel;
import dev.bertctl.server.models.ServedModels;
import dev.bertctl.server.predict.Answers;
import dev.bertctl.server.problem.ProblemType;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The metrics of text-embeddings-inference under its names, in seconds and tokens. Its counters
 * have no {@code _total} behind their names, so they are gauges here; rate() takes them as well.
 */
@Singleton
public final class TeiMetrics {

  private static final String METHOD = "method";

  private static final double[] SECONDS = {
    0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60
  };
  private static final double[] TOKENS = {16, 32, 64, 128, 256, 512, 1024, 4096, 16384};

  private final MeterRegistry registry;
  private final ServedModels models;
  private final Map<String, AtomicLong> counters = new ConcurrentHashMap<>();

  TeiMetrics(MeterRegistry registry, ServedModels models) {
    this.registry = registry;
    this.models = models;
  }

  void register(@Observes StartupEvent event) {
    Gauge.builder("te_queue_size", this::waiting)
        .description("Inputs that wait, of all models")
        .register(registry);
  }

  private int waiting() {
    return models.all().stream().map(ServedModel::batcher).mapToInt(b -> b.waiting()).sum();
  }

  /**
   * A request came.
   *
   * @param method single, batch, tokenize or decode
   */
  public void came(String method) {
    count("te_request_count", METHOD, method);
  }

  /** A request was answered. */
  public void answered(String method) {
    count("te_request_success", METHOD, method);
  }

  /** A request was answered with predictions. */
  public void answered(String method, Answers answers) {
    answered(method);
    seconds("te_request_duration", answers.total());
    seconds("te_request_tokenization_duration", answers.tokenized());
    seconds("te_request_queue_duration", answers.queued());
    seconds("te_request_inference_duration", answers.computed());
    answers
        .rows()
        .forEach(row -> summary("te_request_input_length", TOKENS, row.prepared().tokens()));
  }

  /** A request was refused, or failed. */
  public void failed(ProblemType type) {
    String problem =
        switch (type) {
          case OVERLOADED -> "overloaded";
          case INTERNAL -> "inference";
          case OTHER_MODEL -> "model_type";
          case UNAVAILABLE -> "unhealthy";
          case DEADLINE_EXCEEDED -> "timeout";
          default -> "validation";
        };
    count("te_request_failure", "err", problem);
  }

  private void count(String name, String tag, String value) {
    counters
        .computeIfAbsent(
            name + value,
            key -> registry.gauge(name, Tags.of(Tag.of(tag, value)), new AtomicLong()))
        .incrementAndGet();
  }

  private void seconds(String name, Duration duration) {
    summary(name, SECONDS, duration.toNanos() / 1e9);
  }

  private void summary(String name, double[] buckets, double value) {
    DistributionSummary.builder(name)
        .serviceLevelObjectives(buckets)
        .register(registry)
        .record(value);
  }
}
