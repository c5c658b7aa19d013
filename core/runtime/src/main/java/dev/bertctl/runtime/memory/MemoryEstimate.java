// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.memory;

import java.util.ArrayList;
import java.util.List;

/**
 * Bytes that training takes at its peak. Activations become fewer and gradients more in the course
 * of a backward pass, so that both are told as they are when their sum is largest.
 *
 * @param batch what is computed at once
 * @param weights all weights
 * @param optimizer the optimizer's slots
 * @param accumulators sums of gradients over parts of a batch
 * @param gradients at the peak
 * @param activations what forward passes keep for the backward, at the peak
 * @param working what is held for a moment only, and what TensorFlow takes for itself
 */
public record MemoryEstimate(
    BatchShape batch,
    long weights,
    long optimizer,
    long accumulators,
    long gradients,
    long activations,
    long working) {

  /**
   * What TensorFlow takes for itself in its first steps: two copies of the graph, threads, packed
   * matrices, and gaps in the heap. Measured on batches of 1 x 8: 170 to 190 MiB.
   */
  private static final long TENSORFLOW = 180L << 20;

  /** Estimates the peak of a training step on the CPU; a GPU's is similar, with less overhead. */
  public static MemoryEstimate of(TrainingLoad load, BatchShape batch) {
    LayerArrays arrays = new LayerArrays(load.config(), batch);
    Moment peak = new Moment(0, 0, 0);
    for (Moment moment : moments(load, arrays)) {
      peak = moment.total() > peak.total() ? moment : peak;
    }
    return new MemoryEstimate(
        batch,
        bytes(load.parameters()),
        bytes(load.trained() * load.slots()),
        load.accumulated() ? bytes(load.trained()) : 0,
        bytes(peak.gradients()),
        bytes(peak.activations()),
        bytes(peak.working() + arrays.scaledWeights()) + TENSORFLOW);
  }

  /** Bytes of all parts. */
  public long total() {
    return weights + optimizer + accumulators + gradients + activations + working;
  }

  /**
   * The estimate in words, such as {@code about 1.8 GiB (weights 87 MiB, optimizer 173 MiB,
   * gradients 1 MiB, activations 1.2 GiB for 32 x 128, working 303 MiB)}.
   */
  @Override
  public String toString() {
    List<String> parts = new ArrayList<>();
    add(parts, "weights", weights);
    add(parts, "optimizer", optimizer);
    add(parts, "gradients", accumulators + gradients);
    parts.add("activations %s for %s".formatted(new ByteCount(activations), batch));
    add(parts, "working", working);
    return "about %s (%s)".formatted(new ByteCount(total()), String.join(", ", parts));
  }

  private static void add(List<String> parts, String name, long bytes) {
    if (bytes > 0) {
      parts.add(name + " " + new ByteCount(bytes));
    }
  }

  /** The moments of a step at which most may be held. */
  private static List<Moment> moments(TrainingLoad load, LayerArrays arrays) {
    int layers = load.config().layers();
    int lowest = Math.max(0, load.lowestTrained());
    List<Moment> moments = new ArrayList<>();
    // A frozen layer keeps nothing behind its forward.
    if (lowest > 0) {
      moments.add(new Moment(0, arrays.kept(), arrays.transientBackward()));
    }
    moments.add(new Moment(0, kept(load, arrays, layers), arrays.vocabularyScores()));
    long onTop = load.trained() - Math.max(0, layers - lowest) * arrays.layerWeights();
    long gradients = load.lowestTrained() < 0 ? onTop - embeddings(load, arrays) : onTop;
    if (arrays.batch().vocabularyRows() > 0 && load.config().tiesWordEmbeddings()) {
      gradients += arrays.wordEmbeddings();
    }
    for (int i = layers - 1; i >= lowest; i--) {
      moments.add(new Moment(gradients, kept(load, arrays, i + 1), arrays.transientBackward()));
      gradients += arrays.layerWeights();
    }
    // The update copies a weight whose value was read in the step.
    moments.add(
        new Moment(
            load.trained(),
            arrays.keptByEmbeddings(),
            2 * arrays.states() + largest(load, arrays)));
    return moments;
  }

  /** What is kept when the backward of so many layers from the bottom is still to come. */
  private static long kept(TrainingLoad load, LayerArrays arrays, int layers) {
    int lowest = Math.max(0, load.lowestTrained());
    long embeddings = load.lowestTrained() < 0 ? arrays.keptByEmbeddings() : 0;
    int open = Math.max(0, layers - lowest);
    long inLayers = open * arrays.kept();
    if (load.gradientCheckpointing() && open > 0) {
      inLayers = (open - 1) * arrays.states() + arrays.kept();
    }
    return embeddings + inLayers + arrays.states();
  }

  private static long embeddings(TrainingLoad load, LayerArrays arrays) {
    long rows = (long) load.config().maxPositions() + load.config().typeVocabSize();
    return arrays.wordEmbeddings() + rows * load.config().hiddenSize();
  }

  private static long largest(TrainingLoad load, LayerArrays arrays) {
    return load.lowestTrained() < 0 ? arrays.wordEmbeddings() : arrays.layerWeights() / 3;
  }

  private static long bytes(long values) {
    return values * Float.BYTES;
  }

  /**
   * What is held at a moment, in values.
   *
   * @param gradients of weights
   * @param activations for the backward that is still to come
   * @param working held for this moment only
   */
  private record Moment(long gradients, long activations, long working) {

    long total() {
      return gradients + activations + working;
    }
  }
}
