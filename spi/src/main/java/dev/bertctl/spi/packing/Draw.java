// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spi.packing;

import java.util.random.RandomGenerator;

/**
 * What a packing draws a feature with each time the feature is used: dynamic masking chooses other
 * tokens in each epoch, and next-sentence prediction another wrong sentence.
 *
 * <p>{@code draw.random().nextDouble() < 0.15} chooses a token with a probability of 15 %.
 *
 * <p>Used by one thread.
 */
public interface Draw {

  /**
   * {@return a generator that depends on the run's seed, the epoch and the feature alone, so that a
   * resumed run draws what an uninterrupted one would have} In evaluation the epoch is always the
   * same, so that epochs are compared on the same features.
   */
  RandomGenerator random();

  /**
   * {@return a feature of another example of the same data, as it was packed, chosen by {@link
   * #random()}; of the same example where there is no other} In evaluation, which streams, it is
   * chosen among about a thousand examples.
   */
  Feature another();

  /** {@return what the feature was packed with} */
  Packer packer();
}
