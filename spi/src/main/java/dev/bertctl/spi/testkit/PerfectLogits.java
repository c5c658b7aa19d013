// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spi.testkit;

import dev.bertctl.spi.decode.Logits;
import dev.bertctl.spi.head.Head;
import dev.bertctl.spi.packing.Feature;
import dev.bertctl.spi.packing.Target;

/** The logits of a model that knows the targets. */
final class PerfectLogits {

  /** Far enough from 0 for a softmax of one to four digits. */
  private static final float SURE = 10;

  private PerfectLogits() {}

  /** Sure of the target; 0 throughout where there is none. */
  static Logits right(Head head, Feature feature) {
    return of(head, feature, SURE);
  }

  /** Sure of anything but the target. */
  static Logits wrong(Head head, Feature feature) {
    return of(head, feature, -SURE);
  }

  private static Logits of(Head head, Feature feature, float sure) {
    int tokens = feature.sequences().get(0).length();
    int[] target = feature.target() instanceof Target.Ints ints ? ints.values() : new int[0];
    return switch (head.target()) {
      case LABEL ->
          head.labels().isEmpty()
              ? column(feature.sequences().size(), target, sure)
              : rows(1, head.labels().size(), target, sure);
      case LABEL_PER_TOKEN -> rows(tokens, head.labels().size(), target, sure);
      case SPAN -> span(tokens, target, sure);
      case NUMBER -> number(feature.target(), sure);
      case NUMBER_PER_LABEL -> perLabel(feature.target(), head.labels().size(), sure);
    };
  }

  private static Logits rows(int rows, int columns, int[] target, float sure) {
    float[] values = new float[rows * columns];
    for (int row = 0; row < target.length; row++) {
      if (target[row] != Target.IGNORED) {
        values[row * columns + target[row]] = sure;
      }
    }
    return new Logits(values, rows, columns);
  }

  private static Logits column(int choices, int[] target, float sure) {
    Logits row = rows(1, choices, target, sure);
    return new Logits(row.values(), choices, 1);
  }

  private static Logits span(int tokens, int[] target, float sure) {
    float[] values = new float[tokens * 2];
    for (int end = 0; end < target.length; end++) {
      if (target[end] != Target.IGNORED) {
        values[target[end] * 2 + end] = sure;
      }
    }
    return new Logits(values, tokens, 2);
  }

  /** Labels apply where their target is nearer to 1 than to 0. */
  private static Logits perLabel(Target target, int labels, float sure) {
    float[] values = new float[labels];
    if (target instanceof Target.Floats floats) {
      for (int label = 0; label < labels; label++) {
        values[label] = floats.values()[label] > 0.5f ? sure : -sure;
      }
    }
    return new Logits(values, 1, labels);
  }

  /** A wrong number is far from the gold one, and lower where that is higher. */
  private static Logits number(Target target, float sure) {
    float gold = target instanceof Target.Floats floats ? floats.values()[0] : 0;
    return new Logits(new float[] {sure > 0 ? gold : sure - gold}, 1, 1);
  }
}
