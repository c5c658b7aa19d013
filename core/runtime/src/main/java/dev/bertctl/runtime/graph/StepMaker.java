// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.graph;

import dev.bertctl.runtime.graph.BertModel.Trained;
import dev.bertctl.runtime.packing.Batch;
import java.util.List;

/** What makes the steps of a training: a model in this process, or models in several others. */
public interface StepMaker {

  /** Whether the loss is scaled, so that steps may be skipped. */
  boolean scalesLoss();

  /** In how many parts a batch has to come at least, if it has as many features. */
  default int parts() {
    return 1;
  }

  /**
   * Makes one training step by the gradients of a batch. Where the loss {@linkplain
   * dev.bertctl.runtime.tensorflow.Precision#scalesLoss is scaled} and a gradient is no number, the
   * weights stay as they are.
   *
   * @param parts at least one
   * @param seed of this step's dropout; each part has masks of its own
   * @throws dev.bertctl.runtime.tensorflow.OutOfDeviceMemoryException if a part is too large
   */
  Trained train(List<Batch> parts, Optimizer.Step step, long seed);

  /**
   * Computes loss and gradients as a step does, in as much memory, without a step.
   *
   * @param seed of the dropout
   * @throws dev.bertctl.runtime.tensorflow.OutOfDeviceMemoryException if the batch is too large
   */
  Trained rehearse(Batch batch, long seed);
}
