// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spi.testkit;

import dev.bertctl.spi.decode.Matrix;
import dev.bertctl.spi.head.Head;
import dev.bertctl.spi.head.ProblemType;
import dev.bertctl.spi.head.TargetSpec;
import dev.bertctl.spi.packing.Feature;
import dev.bertctl.spi.packing.Target;
import dev.bertctl.spi.packing.Vocabulary;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A model made up. */
final class ToyModel {

  /** Far enough from 0 for a softmax of one to four digits. */
  private static final float SURE = 10;

  private final Samples samples;
  private final float sure;

  /**
   * @param samples what makes the head's outputs of the scores of stock heads
   * @param sure how sure it is of the targets: it avoids them if that is less than 0, and gives 0
   *     throughout if it is 0
   */
  private ToyModel(Samples samples, float sure) {
    this.samples = samples;
    this.sure = sure;
  }

  /** A model that answers with the targets. */
  static ToyModel right(Samples samples) {
    return new ToyModel(samples, SURE);
  }

  /** A model that knows the targets and avoids them. */
  static ToyModel wrong(Samples samples) {
    return new ToyModel(samples, -SURE);
  }

  /** A model that knows nothing, not even targets that there are. */
  static ToyModel clueless(Samples samples) {
    return new ToyModel(samples, 0);
  }

  /** The head's outputs for a feature; 0 throughout for a target that is not known. */
  Map<String, Matrix> outputs(Head head, Vocabulary vocabulary, Feature feature) {
    Map<String, Matrix> scores = new LinkedHashMap<>();
    for (TargetSpec spec : head.targets()) {
      boolean isRegression = head.problemType().equals(Optional.of(ProblemType.REGRESSION));
      scores.put(
          spec.name(),
          isRegression && spec.form() == TargetSpec.Form.NUMBERS
              ? regression(target(spec, feature), spec.size())
              : scores(spec, vocabulary.size(), feature));
    }
    return Step.of("outputs of the samples", () -> samples.outputs(feature, scores));
  }

  /** The means of the head's losses. */
  Map<String, Double> losses() {
    return Step.of("losses of the samples", () -> samples.losses(sure > 0));
  }

  private Target target(TargetSpec spec, Feature feature) {
    return sure == 0 ? Target.NONE : feature.target(spec.name());
  }

  private Matrix scores(TargetSpec spec, int words, Feature feature) {
    Target target = target(spec, feature);
    int[] ints = target instanceof Target.Ints known ? known.values() : new int[0];
    int tokens = feature.sequences().get(0).length();
    return switch (spec.form()) {
      case LABEL -> rows(1, spec.size(), ints);
      case CHOICE -> choices(feature.sequences().size(), ints);
      case LABEL_PER_TOKEN -> rows(tokens, spec.size(), ints);
      case SPAN -> span(tokens, ints);
      case NUMBER -> regression(target, 1);
      case NUMBERS -> numbers(target, spec.size());
      case TOKEN_PER_POSITION -> rows(feature.positions().length, words, ints);
      case TOKEN_PER_TOKEN -> rows(tokens, words, ints);
    };
  }

  private Matrix rows(int rows, int columns, int... target) {
    float[] values = new float[rows * columns];
    for (int row = 0; row < target.length; row++) {
      if (target[row] != Target.IGNORED) {
        values[row * columns + target[row]] = sure;
      }
    }
    return new Matrix(values, rows, columns);
  }

  private Matrix choices(int choices, int... target) {
    return new Matrix(rows(1, choices, target).values(), choices, 1);
  }

  private Matrix span(int tokens, int... target) {
    float[] values = new float[tokens * 2];
    for (int end = 0; end < target.length; end++) {
      if (target[end] != Target.IGNORED) {
        values[target[end] * 2 + end] = sure;
      }
    }
    return new Matrix(values, tokens, 2);
  }

  /** Labels apply where their target is nearer to 1 than to 0. */
  private Matrix numbers(Target target, int count) {
    float[] values = new float[count];
    if (target instanceof Target.Floats floats) {
      for (int i = 0; i < count; i++) {
        values[i] = floats.values()[i] > 0.5f ? sure : -sure;
      }
    }
    return new Matrix(values, 1, count);
  }

  /** A wrong number is far from the gold one, and lower where that is higher. */
  private Matrix regression(Target target, int count) {
    float[] values =
        target instanceof Target.Floats floats ? floats.values().clone() : new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = sure < 0 ? sure - values[i] : values[i];
    }
    return new Matrix(values, 1, count);
  }
}
