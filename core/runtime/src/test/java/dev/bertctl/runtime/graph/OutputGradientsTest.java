// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.graph;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.packing.Batch;
import dev.bertctl.spi.decode.Matrix;
import dev.bertctl.spi.head.ChoiceHead;
import dev.bertctl.spi.head.ClassifierHead;
import dev.bertctl.spi.head.EncoderNeed;
import dev.bertctl.spi.head.Head;
import dev.bertctl.spi.head.HeadOutput;
import dev.bertctl.spi.head.TaggerHead;
import dev.bertctl.spi.packing.Feature;
import dev.bertctl.spi.packing.Target;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Gradients of outputs with respect to the embeddings. */
public class OutputGradientsTest {

  private static final int HIDDEN = 16;

  private static final Random RANDOM = new Random(4);

  /** Of the second feature, the first being longer, so that there is padding. */
  private static Batch batch(int choices) {
    return Batch.of(List.of(feature(choices, 7), feature(choices, 5)), 0);
  }

  private static Feature feature(int choices, int length) {
    return Feature.of(
        Stream.generate(() -> RandomModel.sequence(RANDOM, length)).limit(choices).toList(),
        Target.NONE);
  }

  static Stream<Head> heads() {
    return Stream.of(
        new ClassifierHead(List.of("a", "b", "c")),
        new TaggerHead(List.of("a", "b", "c")),
        new ChoiceHead(),
        // Reads every layer, the embeddings among them.
        TestHead.classifier(
            Set.of(EncoderNeed.HIDDEN_STATES),
            graph ->
                graph.hiddenStates().stream()
                    .map(states -> TestHead.first(graph, states))
                    .reduce(graph.tf().math::add)
                    .orElseThrow()));
  }

  /** The bias of the embeddings' LayerNorm moves all embeddings alike. */
  @ParameterizedTest
  @MethodSource("heads")
  void gradientsEqualFiniteDifferences(Head head) {
    Batch batch = batch(head instanceof ChoiceHead ? 2 : 1);
    try (BertModel model = RandomModel.explaining(head)) {
      check(model, batch, 1);
    }
  }

  /** Of one value of the second feature's output, whatever it is. */
  static void check(BertModel model, Batch batch, int index) {
    OutputGradients gradients = model.outputGradients();
    Matrix output = output(model, batch);
    boolean perToken = output.rows() == batch.features().get(1).sequences().get(0).length();
    int perFeature = perToken ? batch.tokens() * output.columns() : output.values().length;
    float[] selector = new float[batch.size() * perFeature];
    selector[perFeature + index] = 1;
    float[] gradient = gradients.gradient(batch, gradients.embeddings(batch), selector);
    float[] sums = new float[HIDDEN];
    for (int i = 0; i < gradient.length; i++) {
      sums[i % HIDDEN] += gradient[i];
    }

    FiniteDifferences.check(
        model, "embeddings.LayerNorm.bias", sums, () -> output(model, batch).values()[index]);
    float[] ofFirst = Arrays.copyOf(gradient, gradient.length / 2);
    assertArrayEquals(new float[ofFirst.length], ofFirst, "the other feature has no part in it");
  }

  private static Matrix output(BertModel model, Batch batch) {
    return model.predict(batch).get(1).get(HeadOutput.LOGITS);
  }

  @Test
  void theComputationBeginsWithWhateverIsGiven() {
    Batch batch = batch(1);
    try (BertModel model = RandomModel.explaining(new ClassifierHead(List.of("a", "b")))) {
      OutputGradients gradients = model.outputGradients();
      float[] own = gradients.embeddings(batch);
      assertEquals(2 * 7 * HIDDEN, own.length);
      assertArrayEquals(own, model.encoded(batch).get("hidden_states.0"));
      float[] other = own.clone();
      other[0] += 1;
      float[] selector = {1, 0, 1, 0};

      float[] here = gradients.gradient(batch, own, selector);
      float[] there = gradients.gradient(batch, other, selector);

      double most = 0;
      for (int i = 0; i < here.length; i++) {
        most = Math.max(most, Math.abs(here[i] - there[i]));
      }
      assertTrue(most > 1e-3, "the gradient is taken elsewhere: " + most);
      assertArrayEquals(model.attentions(batch).get(1), model.encoded(batch).get("attentions.1"));
    }
  }

  @Test
  void anOutputThatDoesNotDependOnTheTextIsNamed() {
    UserException problem =
        assertThrows(
            UserException.class,
            () ->
                RandomModel.explaining(
                    TestHead.classifier(
                        Set.of(),
                        graph ->
                            graph.tf().stopGradient(TestHead.first(graph, graph.sequence())))));

    assertEquals(
        "the head of task 'toy' has no gradients to explain it by: its output does not depend on the encoder's output; read sequence() or pooled(), and no stopGradient of them",
        problem.getMessage());
  }
}
