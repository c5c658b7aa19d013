// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.engine;

import dev.bertctl.runtime.encoder.ParameterSpec;
import dev.bertctl.runtime.inference.InferenceModel;
import dev.bertctl.runtime.weights.WeightAccount;
import java.util.List;

/**
 * A model that was opened.
 *
 * @param model to be closed by whom it was opened for
 * @param parameters the encoder's, then the pooler's if there is one, then the head's
 * @param weights what became of each weight
 * @param choice which engine computes it
 */
public record OpenedModel(
    InferenceModel model,
    List<ParameterSpec> parameters,
    WeightAccount weights,
    EngineChoice choice) {

  /** Copies the parameters. */
  public OpenedModel {
    parameters = List.copyOf(parameters);
  }
}
