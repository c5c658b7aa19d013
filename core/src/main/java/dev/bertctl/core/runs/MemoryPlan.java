// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.runs;

import dev.bertctl.runtime.encoder.BertParameters;
import dev.bertctl.runtime.encoder.Parameter;
import dev.bertctl.runtime.graph.BertModel;
import dev.bertctl.runtime.graph.TrainingSpec;
import dev.bertctl.runtime.memory.AvailableMemory;
import dev.bertctl.runtime.memory.BatchShape;
import dev.bertctl.runtime.memory.ByteCount;
import dev.bertctl.runtime.memory.MemoryEstimate;
import dev.bertctl.runtime.memory.TrainingLoad;
import dev.bertctl.runtime.packing.Batch;
import dev.bertctl.runtime.tensorflow.ComputeDevice;
import dev.bertctl.runtime.training.TrainingBatches;
import dev.bertctl.spi.head.EncoderNeed;
import dev.bertctl.spi.head.Head;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What the largest batch of a training takes of the memory, and in how many parts it is computed so
 * that it fits.
 *
 * @param estimate of a part
 * @param parts into how many each batch is divided at least
 * @param available bytes that there were; empty where nothing tells
 */
record MemoryPlan(MemoryEstimate estimate, int parts, OptionalLong available) {

  /**
   * Of a model that is made, with its weights and slots in memory.
   *
   * @param spec what its training graph was made of
   * @param batches what it will be trained on
   */
  static MemoryPlan of(
      BertModel model,
      Head head,
      TrainingSpec spec,
      TrainingBatches batches,
      ComputeDevice device) {
    OptionalLong available = AvailableMemory.of(device);
    int parts = 1;
    while (true) {
      Batch part = batches.largest(parts);
      MemoryEstimate estimate =
          MemoryEstimate.of(
              load(model, spec, parts > 1 || batches.areDivided() || spec.precision().scalesLoss()),
              shape(part, head));
      boolean fits =
          available.isEmpty()
              || estimate.total() - estimate.weights() - estimate.optimizer()
                  <= available.getAsLong();
      if (fits || part.size() == 1) {
        return new MemoryPlan(estimate, parts, available);
      }
      parts *= 2;
    }
  }

  private static TrainingLoad load(BertModel model, TrainingSpec spec, boolean accumulated) {
    int layers = model.config().layers();
    long parameters = 0;
    long trained = 0;
    int variables = 0;
    int lowest = layers;
    for (Parameter parameter : model.parameters()) {
      parameters += parameter.spec().size();
      if (!spec.groups().treatment(parameter.spec(), layers).frozen()) {
        trained += parameter.spec().size();
        variables++;
        if (BertParameters.isOfEncoder(parameter.name())) {
          lowest = Math.min(lowest, BertParameters.layerOf(parameter.name()).orElse(-1));
        }
      }
    }
    int slots = model.values().names().size() - model.parameters().size();
    return new TrainingLoad(
        model.config(),
        parameters,
        trained,
        slots / Math.max(1, variables),
        accumulated,
        spec.gradientCheckpointing(),
        lowest);
  }

  private static BatchShape shape(Batch part, Head head) {
    int vocabularyRows = 0;
    if (head.needs().contains(EncoderNeed.WORD_EMBEDDINGS)) {
      vocabularyRows =
          part.positionRows().length > 0
              ? part.positionRows().length
              : part.sequences() * part.tokens();
    }
    return new BatchShape(part.sequences(), part.tokens(), vocabularyRows);
  }

  /** What the user should know of it, if anything. */
  Optional<String> notice() {
    return parts == 1 || available.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "%s of memory are available: each batch is computed in %d parts, with the same update"
                .formatted(new ByteCount(available.getAsLong()), parts));
  }
}
