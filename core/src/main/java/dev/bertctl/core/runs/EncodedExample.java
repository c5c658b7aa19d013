// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.runs;

import dev.bertctl.spi.data.Location;
import dev.bertctl.spi.decode.ExampleView;
import java.util.List;
import java.util.Optional;

/**
 * An example with what a model makes of it.
 *
 * @param place where it was read
 * @param view the example and, if the model has the task's head, the prediction for it
 * @param labels its gold labels
 * @param right whether the prediction is right, where the task's metric can tell
 * @param vector the last hidden state of {@code [CLS]}, [H]
 */
public record EncodedExample(
    Location place,
    ExampleView view,
    List<String> labels,
    Optional<Boolean> right,
    float[] vector) {

  /** Copies the list. */
  public EncodedExample {
    labels = List.copyOf(labels);
  }
}
