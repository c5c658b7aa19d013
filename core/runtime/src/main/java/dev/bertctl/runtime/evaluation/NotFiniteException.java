// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.evaluation;

import dev.bertctl.runtime.UserException;
import dev.bertctl.spi.data.Example;

/** A model's outputs are no numbers, or infinite: its training has gone wrong. */
public final class NotFiniteException extends UserException {

  private static final long serialVersionUID = 1L;

  NotFiniteException(Example example, float value) {
    super(
        "%s: the model's outputs for this example are not finite (%s): its weights are broken; fine-tune again with a lower train.learning-rate, or use another model"
            .formatted(example.location(), value));
  }
}
