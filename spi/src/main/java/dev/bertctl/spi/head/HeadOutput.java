// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spi.head;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * What a head computes: values for the decoder, and losses to train on, both by name.
 *
 * <p>Of a classifier: {@code HeadOutput.logits(Layout.PER_FEATURE, logits).trainedOn(losses,
 * weights)}. A head that is not trained leaves the losses out and has no {@link Head#targets()}.
 *
 * <p>A loss is the weighted mean of its values: the sum of values times weights over the sum of
 * weights, taken over the whole batch (and, when evaluating, over the whole split): (1, 3, 5) with
 * weights (1, 1, 0) have the mean 2. The host reports each loss, and trains on the sum of all, each
 * times its factor.
 *
 * <p>Outputs are copied out of TensorFlow for about a thousand examples at a time: what is as wide
 * as the vocabulary is to be reduced in the graph, to the best few or to a loss.
 *
 * <p>The host refuses outputs that depend on the targets, which prediction does not have, values
 * whose rank is not that of their layout, and losses and weights that are not one-dimensional.
 */
public final class HeadOutput {

  /** Name of the output of heads that have but one. */
  public static final String LOGITS = "logits";

  /** Name of the loss of heads that have but one. */
  public static final String LOSS = "loss";

  private final Map<String, Values> values;
  private final Map<String, Loss> losses;

  private HeadOutput(Map<String, Values> values, Map<String, Loss> losses) {
    this.values = values;
    this.losses = losses;
  }

  /**
   * {@return an output called {@value #LOGITS}}
   *
   * @param layout what its rows stand for
   * @param logits of the shape that the layout says
   */
  public static HeadOutput logits(Layout layout, Operand<TFloat32> logits) {
    return of(LOGITS, layout, logits);
  }

  /**
   * {@return an output}
   *
   * @param name what decoders ask for it by
   * @param layout what its rows stand for
   * @param values of the shape that the layout says; ids are cast, float32 is exact up to 2^24
   */
  public static HeadOutput of(String name, Layout layout, Operand<TFloat32> values) {
    return new HeadOutput(Map.of(), Map.of()).and(name, layout, values);
  }

  /**
   * {@return this with one more output}
   *
   * @param name what decoders ask for it by
   * @param layout what its rows stand for
   * @param more of the shape that the layout says
   */
  public HeadOutput and(String name, Layout layout, Operand<TFloat32> more) {
    return new HeadOutput(plus(values, name, new Values(layout, more)), losses);
  }

  /**
   * {@return this with a loss called {@value #LOSS}}
   *
   * @param losses one loss for each target, any one-dimensional shape [N]
   * @param weights the weight of each, [N]: 0 for targets left out, 1 or any other share for the
   *     rest
   */
  public HeadOutput trainedOn(Operand<TFloat32> losses, Operand<TFloat32> weights) {
    return trainedOn(LOSS, losses, weights, 1);
  }

  /**
   * {@return this with one more loss}
   *
   * @param name what it is reported as
   * @param values one loss for each target, any one-dimensional shape [N]
   * @param weights the weight of each, [N]
   * @param factor of this loss in the sum that is trained on
   */
  public HeadOutput trainedOn(
      String name, Operand<TFloat32> values, Operand<TFloat32> weights, double factor) {
    return new HeadOutput(this.values, plus(losses, name, new Loss(values, weights, factor)));
  }

  private static <T> Map<String, T> plus(Map<String, T> some, String name, T more) {
    Map<String, T> all = new LinkedHashMap<>(some);
    if (all.put(name, more) != null) {
      throw new IllegalArgumentException("two are called '%s'; rename one".formatted(name));
    }
    return Collections.unmodifiableMap(all);
  }

  /** {@return the outputs by name, in the order of their making} */
  public Map<String, Values> values() {
    return values;
  }

  /** {@return the losses by name, in the order of their making} */
  public Map<String, Loss> losses() {
    return losses;
  }

  /**
   * Values for the decoder.
   *
   * @param layout what the rows stand for
   * @param values of the shape that the layout says
   */
  public record Values(Layout layout, Operand<TFloat32> values) {}

  /**
   * A loss.
   *
   * @param values one for each target, [N]
   * @param weights of each, [N]
   * @param factor of this loss in the sum that is trained on
   */
  public record Loss(Operand<TFloat32> values, Operand<TFloat32> weights, double factor) {}
}
