// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.server.models;

import dev.bertctl.runtime.huggingface.Prompts;
import dev.bertctl.runtime.predict.MicroBatcher;
import dev.bertctl.runtime.predict.Predictor;
import dev.bertctl.spi.decode.Prediction;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * An open model, with what puts the inputs of many requests together into batches. It closes itself
 * once it is retired and its last {@link Lease} is given back.
 */
public final class ServedModel {

  private final ModelSource source;
  private final Predictor<Prediction> predictor;
  private final MicroBatcher<Prediction> batcher;
  private final Optional<SampleRow> sample;
  private final Prompts prompts;
  private final Duration loading;
  private final Instant opened = Instant.now();
  private final Runnable whenUnused;
  private int leases;
  private boolean retired;

  /**
   * @param predictor the open model
   * @param batcher puts inputs for it together
   * @param sample a row that the model's task takes
   * @param prompts what can be put before its texts
   * @param loading how long it took to open it
   * @param whenUnused what to do once it is retired and not in use
   */
  ServedModel(
      ModelSource source,
      Predictor<Prediction> predictor,
      MicroBatcher<Prediction> batcher,
      Optional<SampleRow> sample,
      Prompts prompts,
      Duration loading,
      Consumer<ServedModel> whenUnused) {
    this.source = source;
    this.predictor = predictor;
    this.batcher = batcher;
    this.sample = sample;
    this.prompts = prompts;
    this.loading = loading;
    this.whenUnused = () -> whenUnused.accept(this);
  }

  /** Its name, and the folder that it was opened from. */
  public ModelSource source() {
    return source;
  }

  /** By which requests call it. */
  public String name() {
    return source.name();
  }

  /** Reads and tokenises rows, and knows what the model is. */
  public Predictor<Prediction> predictor() {
    return predictor;
  }

  /** Computes what the predictor prepared. */
  public MicroBatcher<Prediction> batcher() {
    return batcher;
  }

  /** A row that its task takes, with the prediction; empty if none is known. */
  public Optional<SampleRow> sample() {
    return sample;
  }

  /** What can be put before its texts; none where its folder tells of none. */
  public Prompts prompts() {
    return prompts;
  }

  /** How long it took to open it. */
  public Duration loading() {
    return loading;
  }

  /** Since when it is open. */
  public Instant opened() {
    return opened;
  }

  /** The right to use it; empty once it is retired. */
  synchronized Optional<Lease> lease() {
    if (retired) {
      return Optional.empty();
    }
    leases++;
    return Optional.of(new Lease(this, this::giveBack));
  }

  private void giveBack() {
    boolean unused;
    synchronized (this) {
      leases--;
      unused = retired && leases == 0;
    }
    if (unused) {
      whenUnused.run();
    }
  }

  /** Gives no more leases, and closes it when it is not in use any more. */
  void retire() {
    boolean unused;
    synchronized (this) {
      unused = !retired && leases == 0;
      retired = true;
    }
    if (unused) {
      whenUnused.run();
    }
  }

  /** Frees its memory; what still waits, where the server ends without it, fails. */
  void close() {
    batcher.close(Duration.ZERO);
    predictor.close();
  }
}
