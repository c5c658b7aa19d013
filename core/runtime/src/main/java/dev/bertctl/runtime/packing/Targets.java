// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.packing;

import dev.bertctl.spi.head.TargetSpec;
import dev.bertctl.spi.packing.Feature;
import dev.bertctl.spi.packing.Target;
import java.util.Arrays;
import java.util.Optional;

/**
 * The targets of a batch as the head's {@link TargetSpec} wants them, row-major.
 *
 * @param shape [B] for LABEL and NUMBER, [B,T] for LABEL_PER_TOKEN, [B,2] for SPAN, [B,L] for
 *     NUMBER_PER_LABEL
 * @param labels whole numbers; {@link Target#IGNORED} for padding and where no target is known;
 *     empty for real numbers
 * @param numbers real numbers, 0 where none is known; empty for whole ones
 */
public record Targets(long[] shape, int[] labels, float[] numbers) {

  /**
   * The targets of a batch. Features without one, as in prediction, are filled up.
   *
   * @throws IllegalStateException if a target does not fit
   */
  public static Targets of(Batch batch, TargetSpec spec) {
    if (spec.isReal()) {
      return numbers(batch, spec);
    }
    int width =
        switch (spec) {
          case LABEL_PER_TOKEN -> batch.tokens();
          case SPAN -> 2;
          default -> 1;
        };
    int[] labels = new int[batch.size() * width];
    Arrays.fill(labels, Target.IGNORED);
    for (int row = 0; row < batch.size(); row++) {
      Feature feature = batch.features().get(row);
      check(feature, spec);
      if (feature.target() instanceof Target.Ints ints) {
        System.arraycopy(ints.values(), 0, labels, row * width, ints.values().length);
      }
    }
    long[] shape =
        spec == TargetSpec.LABEL ? new long[] {batch.size()} : new long[] {batch.size(), width};
    return new Targets(shape, labels, new float[0]);
  }

  private static Targets numbers(Batch batch, TargetSpec spec) {
    int width =
        batch.features().stream()
            .mapToInt(
                feature -> feature.target() instanceof Target.Floats f ? f.values().length : 1)
            .max()
            .orElse(1);
    float[] numbers = new float[batch.size() * width];
    for (int row = 0; row < batch.size(); row++) {
      Feature feature = batch.features().get(row);
      check(feature, spec);
      if (feature.target() instanceof Target.Floats floats) {
        System.arraycopy(floats.values(), 0, numbers, row * width, floats.values().length);
      }
    }
    long[] shape =
        spec == TargetSpec.NUMBER ? new long[] {batch.size()} : new long[] {batch.size(), width};
    return new Targets(shape, new int[0], numbers);
  }

  private static void check(Feature feature, TargetSpec spec) {
    // The labels' range, and their number, was checked when the split was packed.
    int labels =
        feature.target() instanceof Target.Floats floats
            ? floats.values().length
            : Integer.MAX_VALUE;
    problem(feature, spec, labels)
        .ifPresent(
            problem -> {
              throw new IllegalStateException(problem);
            });
  }

  /**
   * What keeps a feature's target from being used, if anything; {@link Target#NONE} is no problem.
   *
   * @param labels L; 0 where the labels are the feature's choices
   */
  static Optional<String> problem(Feature feature, TargetSpec spec, int labels) {
    if (feature.target() instanceof Target.None) {
      return Optional.empty();
    }
    if (spec.isReal()) {
      int count = spec == TargetSpec.NUMBER ? 1 : labels;
      return feature.target() instanceof Target.Floats floats && areNumbers(floats.values(), count)
          ? Optional.empty()
          : Optional.of(
              count == 1
                  ? "a target that is not one finite number"
                  : "a target that is not %d finite numbers".formatted(count));
    }
    if (!(feature.target() instanceof Target.Ints ints)) {
      return Optional.of("real numbers as the target of a head that wants " + spec);
    }
    int tokens = feature.sequences().get(0).length();
    return switch (spec) {
      case LABEL -> wrong(ints.values(), 1, labels == 0 ? feature.sequences().size() : labels);
      case LABEL_PER_TOKEN -> wrong(ints.values(), tokens, labels);
      case SPAN -> wrong(ints.values(), 2, tokens);
      case NUMBER, NUMBER_PER_LABEL -> throw new AssertionError(spec);
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
