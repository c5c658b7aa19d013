// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.packing;

import dev.bertctl.spi.data.DataException;
import dev.bertctl.spi.data.Example;
import dev.bertctl.spi.head.TargetSpec;
import dev.bertctl.spi.packing.Feature;
import dev.bertctl.spi.packing.Target;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Whether features can be trained on: each has the targets of the head, in their forms. */
public final class TargetCheck {

  private TargetCheck() {}

  /**
   * Makes sure that a feature has all targets, each as the head wants it.
   *
   * @param example what the feature was made of
   * @throws DataException if a target is not known
   * @throws IllegalStateException if one does not fit the head
   */
  public static void require(Example example, Feature feature, List<TargetSpec> targets) {
    for (TargetSpec spec : targets) {
      if (feature.target(spec.name()) instanceof Target.None) {
        throw new DataException(
            example.location(), "has no gold label; training and evaluation need one");
      }
      problem(feature, spec)
          .ifPresent(
              problem -> {
                throw new IllegalStateException(
                    "%s: the task packed %s, which its head cannot use"
                        .formatted(example.location(), problem));
              });
    }
    ExamplePacker.requirePositions(example, feature);
  }

  /** What keeps a target from being used, if anything; one that is not known is no problem. */
  static Optional<String> problem(Feature feature, TargetSpec spec) {
    Target target = feature.target(spec.name());
    if (target instanceof Target.None) {
      return Optional.empty();
    }
    if (spec.form().isReal()) {
      int count = spec.form() == TargetSpec.Form.NUMBER ? 1 : spec.size();
      return target instanceof Target.Floats floats && areNumbers(floats.values(), count)
          ? Optional.empty()
          : Optional.of(
              count == 1
                  ? "a target that is not one finite number"
                  : "a target that is not %d finite numbers".formatted(count));
    }
    if (!(target instanceof Target.Ints ints)) {
      return Optional.of("real numbers as a target of the form " + spec.form());
    }
    int tokens = feature.sequences().get(0).length();
    int any = Integer.MAX_VALUE;
    return switch (spec.form()) {
      case LABEL -> wrong(ints.values(), 1, spec.size());
      case CHOICE -> wrong(ints.values(), 1, feature.sequences().size());
      case LABEL_PER_TOKEN -> wrong(ints.values(), tokens, spec.size());
      case SPAN -> wrong(ints.values(), 2, tokens);
      // Whether the vocabulary has them is for TensorFlow's one-hot rows to show.
      case TOKEN_PER_POSITION -> wrong(ints.values(), feature.positions().length, any);
      case TOKEN_PER_TOKEN -> wrong(ints.values(), tokens, any);
      case NUMBER, NUMBERS -> throw new AssertionError(spec);
    };
  }

  private static boolean areNumbers(float[] values, int count) {
    boolean finite = true;
    for (float value : values) {
      finite &= Float.isFinite(value);
    }
    return finite && values.length == count;
  }

  private static Optional<String> wrong(int[] values, int count, int limit) {
    if (values.length != count) {
      return Optional.of("%d target values instead of %d".formatted(values.length, count));
    }
    return Arrays.stream(values)
        .filter(value -> value != Target.IGNORED && (value < 0 || value >= limit))
        .mapToObj(
            value -> "the target %d, which is not between 0 and %d".formatted(value, limit - 1))
        .findFirst();
  }
}
