// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bertctl.runtime.inference.LossSum;
import dev.bertctl.runtime.packing.Batch;
import dev.bertctl.spi.head.ChoiceHead;
import dev.bertctl.spi.head.HeadOutput;
import dev.bertctl.spi.head.TaggerHead;
import dev.bertctl.spi.packing.Feature;
import dev.bertctl.spi.packing.Target;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A tagger's gradients against central finite differences of its loss. */
class HeadGradientsTest {

  @Test
  void taggersGradientsEqualFiniteDifferences() {
    Random random = new Random(4);
    List<Feature> features =
        List.of(
            RandomModel.feature(random, 4, Target.of(Target.IGNORED, 0, 2, Target.IGNORED)),
            RandomModel.feature(random, 6, Target.of(Target.IGNORED, 1, 1, Target.IGNORED, 0, 2)));
    Batch batch = Batch.of(features, 0);
    try (BertModel model =
        RandomModel.of(new TaggerHead(List.of("a", "b", "c")), Optional.of(TrainingSpec.DEFAULT))) {
      Map<String, float[]> gradients = model.gradients(batch, 0);
      for (String name :
          List.of(
              "classifier.weight",
              "classifier.bias",
              "encoder.layer.1.output.LayerNorm.weight",
              "encoder.layer.1.intermediate.dense.weight",
              "encoder.layer.0.attention.self.query.weight",
              "encoder.layer.0.attention.self.value.bias",
              "embeddings.position_embeddings.weight")) {
        FiniteDifferences.check(model, batch, name, gradients.get(name));
      }
    }
  }

  /** With the masks of a seed, dropout is a part of the function like any other. */
  @Test
  void gradientsWithDropoutEqualFiniteDifferencesToo() {
    Random random = new Random(4);
    Batch batch =
        Batch.of(
            List.of(
                RandomModel.feature(random, 4, Target.of(Target.IGNORED, 0, 2, Target.IGNORED)),
                RandomModel.feature(random, 5, Target.of(Target.IGNORED, 1, 1, 0, 2))),
            0);
    try (BertModel model =
        RandomModel.of(
            new TaggerHead(List.of("a", "b", "c")), 0.3, Optional.of(TrainingSpec.DEFAULT))) {
      Map<String, float[]> gradients = model.gradients(batch, 7);
      for (String name :
          List.of(
              "encoder.layer.1.attention.self.query.weight",
              "encoder.layer.1.attention.self.key.weight",
              "encoder.layer.0.attention.self.query.weight",
              "encoder.layer.0.attention.self.key.weight",
              "encoder.layer.0.attention.self.value.weight",
              "encoder.layer.0.output.dense.weight",
              "embeddings.position_embeddings.weight")) {
        FiniteDifferences.check(
            model, name, gradients.get(name), () -> model.rehearse(batch, 7).loss());
      }
    }
  }

  @Test
  void ignoredTargetsCountForNothing() {
    Random random = new Random(4);
    Feature labelled =
        RandomModel.feature(random, 4, Target.of(Target.IGNORED, 0, 2, Target.IGNORED));
    Feature ignored = Feature.of(RandomModel.sequence(random, 3), Target.of(-100, -100, -100));
    List<Feature> features = List.of(labelled, ignored);
    try (BertModel model =
        RandomModel.of(new TaggerHead(List.of("a", "b", "c")), Optional.of(TrainingSpec.DEFAULT))) {
      LossSum alone = loss(model, features.subList(0, 1));
      LossSum both = loss(model, features);
      assertEquals(2, alone.weight());
      assertEquals(2, both.weight());
      assertEquals(alone.sum(), both.sum(), 1e-5);
      // A batch without any target has loss 0 and changes no direction.
      BertModel.Trained trained =
          model.train(
              List.of(Batch.of(features.subList(1, 2), 0)), new Optimizer.Step(1, 1e-3, 1), 0);
      assertEquals(0, trained.loss());
      assertEquals(0, trained.gradientNorm());
    }
  }

  private static LossSum loss(BertModel model, List<Feature> features) {
    return model.evaluate(Batch.of(features, 0)).losses().get(HeadOutput.LOSS);
  }

  /** A batch's gradient is the mean of its examples' own, padding choices or not. */
  @Test
  void paddingChoicesCountForNothing() {
    Random random = new Random(4);
    List<Feature> features =
        List.of(
            choices(random, 1, 5, 8), choices(random, 0, 7, 4, 9), choices(random, 3, 4, 5, 6, 7));
    try (BertModel model = RandomModel.of(new ChoiceHead(), Optional.of(TrainingSpec.DEFAULT))) {
      Map<String, float[]> together = model.gradients(Batch.of(features, 0), 0);
      List<Map<String, float[]>> alone =
          IntStream.range(0, 3)
              .mapToObj(i -> model.gradients(Batch.of(features.subList(i, i + 1), 0), 0))
              .toList();
      double largest = 0;
      for (String name : together.keySet()) {
        for (int i = 0; i < together.get(name).length; i++) {
          int index = i;
          double mean =
              alone.stream().mapToDouble(each -> each.get(name)[index]).average().orElseThrow();
          assertEquals(mean, together.get(name)[i], 1e-5, name);
          largest = Math.max(largest, Math.abs(mean));
        }
      }
      assertTrue(largest > 1e-2, "largest gradient " + largest);
    }
  }

  private static Feature choices(Random random, int right, int... lengths) {
    return Feature.of(
        Arrays.stream(lengths).mapToObj(length -> RandomModel.sequence(random, length)).toList(),
        Target.of(right));
  }
}
