// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spi.decode;

import dev.bertctl.spi.data.Example;
import java.util.List;
import java.util.Map;

/**
 * Chooses options of the decoder, such as a threshold, on the validation set. The host calls it at
 * each evaluation, decodes again with the chosen options, and saves them with the model.
 *
 * <p>A tuner that finds 0.43 the best threshold answers {@code Map.of("threshold", 0.43)}.
 *
 * <p>Used by one thread.
 *
 * @param <X> an example
 * @param <P> a prediction
 */
@FunctionalInterface
public interface Tuner<X extends Example, P extends Prediction> {

  /**
   * @param examples the validation examples, with their gold labels
   * @param predictions one for each of them, made with the options as they are now
   * @return values of the task's own options by name, as they would stand in the configuration:
   *     texts, numbers, booleans, or lists of these
   */
  Map<String, Object> tune(List<X> examples, List<P> predictions);
}
