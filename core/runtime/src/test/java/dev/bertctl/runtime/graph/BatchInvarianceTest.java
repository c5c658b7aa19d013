// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bertctl.runtime.packing.Batch;
import dev.bertctl.spi.decode.Matrix;
import dev.bertctl.spi.head.ChoiceHead;
import dev.bertctl.spi.head.ClassifierHead;
import dev.bertctl.spi.head.Head;
import dev.bertctl.spi.head.HeadOutput;
import dev.bertctl.spi.head.SpanHead;
import dev.bertctl.spi.head.TaggerHead;
import dev.bertctl.spi.packing.Feature;
import dev.bertctl.spi.packing.Target;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * An example's logits are the same alone, in a batch, and in a batch that is padded wider. The
 * tolerance is float32 round-off of sums in another order.
 */
class BatchInvarianceTest {

  private static final double TOLERANCE = 1e-5;

  private final Random random = new Random(11);

  @Test
  void ofAClassifier() {
    assertInvariant(new ClassifierHead(List.of("a", "b", "c")), features());
  }

  @Test
  void ofATagger() {
    assertInvariant(new TaggerHead(List.of("a", "b", "c")), features());
  }

  @Test
  void ofASpanHead() {
    assertInvariant(new SpanHead(), features());
  }

  @Test
  void ofChoices() {
    // The widest has more choices as well.
    assertInvariant(new ChoiceHead(), List.of(choices(6, 9), choices(9, 7), choices(25, 5, 12)));
  }

  /** The third feature is much longer than the others. */
  private List<Feature> features() {
    return List.of(
        RandomModel.feature(random, 6, Target.NONE),
        RandomModel.feature(random, 9, Target.NONE),
        RandomModel.feature(random, 25, Target.NONE));
  }

  private Feature choices(int... lengths) {
    return Feature.of(
        Arrays.stream(lengths).mapToObj(length -> RandomModel.sequence(random, length)).toList(),
        Target.NONE);
  }

  private static void assertInvariant(Head head, List<Feature> features) {
    try (BertModel model = RandomModel.of(head, Optional.empty())) {
      Matrix alone = logits(model, features, 0);
      assertClose(alone, logits(model, features, 0, 1));
      assertClose(alone, logits(model, features, 0, 1, 2));
      // Not everything is the same whatever goes in.
      assertTrue(
          Math.abs(alone.at(0, 0) - logits(model, features, 1).at(0, 0)) > 1e-2,
          "logits depend on the input");
    }
  }

  private static Matrix logits(BertModel model, List<Feature> features, int... indices) {
    List<Feature> some = Arrays.stream(indices).mapToObj(features::get).toList();
    return model.predict(Batch.of(some, 0)).get(0).get(HeadOutput.LOGITS);
  }

  private static void assertClose(Matrix expected, Matrix actual) {
    assertEquals(expected.rows(), actual.rows());
    assertEquals(expected.columns(), actual.columns());
    for (int i = 0; i < expected.values().length; i++) {
      assertEquals(expected.values()[i], actual.values()[i], TOLERANCE, "value " + i);
    }
  }
}
