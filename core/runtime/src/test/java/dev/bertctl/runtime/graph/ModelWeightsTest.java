// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.graph;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bertctl.runtime.TinyBert;
import dev.bertctl.runtime.encoder.BertConfig;
import dev.bertctl.runtime.encoder.BertParameters;
import dev.bertctl.runtime.encoder.ParameterSpec;
import dev.bertctl.runtime.huggingface.PretrainedModel;
import dev.bertctl.runtime.weights.Weight;
import dev.bertctl.runtime.weights.WeightAccount;
import dev.bertctl.runtime.weights.WeightTensor;
import dev.bertctl.spi.head.ClassifierHead;
import dev.bertctl.spi.head.EncoderNeed;
import dev.bertctl.spi.head.Head;
import dev.bertctl.spi.head.HeadGraph.Initializer;
import dev.bertctl.spi.head.HeadOutput;
import dev.bertctl.spi.head.Layout;
import dev.bertctl.spi.head.TaggerHead;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.tensorflow.op.linalg.MatMul;

class ModelWeightsTest {

  private static final BertConfig CONFIG = TinyBert.config(0);
  private static final String DECODER = "cls.predictions.decoder.weight";
  private static final List<String> LABELS = List.of("a", "b");

  private final Map<String, WeightTensor> weights = TinyBert.weights(CONFIG, 3);

  @Test
  void headBeginsAnew() {
    Head head = new ClassifierHead(LABELS);
    try (BertModel model = RandomModel.of(head, Optional.empty())) {
      WeightAccount account = load(model, head, 5);
      assertEquals(List.copyOf(weights.keySet()), account.loaded());
      assertEquals(List.of("classifier.weight", "classifier.bias"), account.initialized());
      assertEquals(List.of(), account.leftOver());
      weights.forEach(
          (name, weight) -> assertEquals(weight.values(), model.values().read(name).values()));
      ParameterSpec kernel =
          ParameterSpec.of("classifier.weight", List.of(2, 16), Initializer.NORMAL);
      assertEquals(
          new NewWeights(5, CONFIG.initializerRange()).draw(kernel),
          model.values().read("classifier.weight"));
      assertEquals(FloatBuffer.allocate(2), model.values().read("classifier.bias").values());
    }
  }

  @Test
  void headsThatNeedNoPoolerLeaveItOver() {
    Head head = new TaggerHead(LABELS);
    weights.put(DECODER, decoder(1));
    try (BertModel model = RandomModel.of(head, Optional.empty())) {
      assertEquals(
          List.of(DECODER, "pooler.dense.bias", "pooler.dense.weight"),
          load(model, head, 5).leftOver());
    }
  }

  @Test
  void aMissingPoolerBeginsAnew() {
    weights.keySet().removeIf(name -> name.startsWith("pooler."));
    Head head = new ClassifierHead(LABELS);
    try (BertModel model = RandomModel.of(head, Optional.empty())) {
      assertEquals(
          List.of(
              "pooler.dense.weight", "pooler.dense.bias", "classifier.weight", "classifier.bias"),
          load(model, head, 5).initialized());
    }
  }

  @Test
  void anOutputLayerOfItsOwnIsAParameter() {
    Head head = languageModel();
    try (BertModel model = RandomModel.of(head, Optional.empty())) {
      assertEquals(List.of(), load(model, head, 5).initialized());
    }
    weights.put(DECODER, decoder(1));
    try (BertModel model = RandomModel.of(CONFIG.untied(), head, Optional.empty())) {
      assertTrue(load(model, head, 5).loaded().contains(DECODER));
      assertArrayEquals(decoder(1).values().array(), model.values().read(DECODER).values().array());
    }
  }

  @Test
  void weightsAreReadBack() {
    Head head = new TaggerHead(LABELS);
    try (BertModel model = RandomModel.of(head, Optional.of(TrainingSpec.DEFAULT))) {
      load(model, head, 5);
      Map<String, Weight> all =
          ModelWeights.of(model).stream().collect(Collectors.toMap(Weight::name, w -> w));
      assertEquals(ParameterSpec.shapes(BertParameters.encoder(CONFIG)).size() + 2, all.size());
      Weight words = all.get(BertParameters.WORD_EMBEDDINGS);
      assertEquals(List.of(TinyBert.VOCABULARY.size(), 16), words.shape());
      assertArrayEquals(
          weights.get(BertParameters.WORD_EMBEDDINGS).values().array(), words.values().array());
      assertEquals(3 * all.size(), ModelWeights.withSlots(model).size());
    }
  }

  private WeightAccount load(BertModel model, Head head, long seed) {
    return ModelWeights.load(
        model, head, new PretrainedModel("m", Path.of("m"), CONFIG, weights), seed);
  }

  private static WeightTensor decoder(long seed) {
    return new NewWeights(seed, 0.3)
        .draw(
            ParameterSpec.of(DECODER, List.of(TinyBert.VOCABULARY.size(), 16), Initializer.NORMAL));
  }

  private static Head languageModel() {
    return new TestHead(
        List.of(),
        Set.of(EncoderNeed.WORD_EMBEDDINGS),
        graph ->
            HeadOutput.logits(
                Layout.PER_POSITION,
                graph
                    .tf()
                    .linalg
                    .matMul(
                        graph.atPositions(),
                        graph.outputEmbeddings("cls.predictions.decoder.weight"),
                        MatMul.transposeB(true))));
  }
}
