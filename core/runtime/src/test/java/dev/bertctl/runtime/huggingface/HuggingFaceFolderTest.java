// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.huggingface;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bertctl.runtime.encoder.BertParameters;
import dev.bertctl.runtime.json.JsonFile;
import dev.bertctl.runtime.tokenize.TokenizerFiles;
import dev.bertctl.runtime.weights.SafetensorsFile;
import dev.bertctl.runtime.weights.WeightTensor;
import dev.bertctl.spi.head.ClassifierHead;
import dev.bertctl.spi.head.MultiLabelHead;
import dev.bertctl.spi.head.RegressionHead;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HuggingFaceFolderTest {

  private static final String DECODER = "cls.predictions.decoder.weight";

  @TempDir private Path folder;
  private Path model;
  private Map<String, WeightTensor> weights;

  @BeforeEach
  void writeClassifier() throws IOException {
    Path tokenizer = Files.createDirectory(folder.resolve("tokenizer"));
    ModelFiles.writeVocabulary(tokenizer);
    model = Files.createDirectory(folder.resolve("model"));
    weights = ModelFiles.weights();
    weights.put(
        "classifier.bias",
        new WeightTensor("classifier.bias", List.of(3), FloatBuffer.wrap(new float[] {1, 2, 3})));
    write(SavedHead.of(new ClassifierHead(List.of("entailment", "neutral", "contradiction"))));
  }

  private void write(SavedHead head) {
    HuggingFaceFolder.write(
        model,
        head,
        ModelFiles.CONFIG,
        weights.values(),
        TokenizerFiles.of(folder.resolve("tokenizer")));
  }

  @Test
  void theEncoderGetsAPrefixAndTheHeadNone() {
    Set<String> names = SafetensorsFile.open(model.resolve("model.safetensors")).names();
    assertTrue(names.contains("bert.pooler.dense.bias"));
    assertTrue(names.contains("bert.encoder.layer.1.output.LayerNorm.weight"));
    assertTrue(names.contains("classifier.bias"));
    assertEquals(weights.size(), names.size());
  }

  @Test
  void readsBackWithItsHead() {
    assertEquals(ModelFiles.CONFIG, HuggingFaceFolder.config(model));
    assertEquals(weights, ModelFiles.inMemory(HuggingFaceFolder.weights(model)));
  }

  @Test
  void theConfigSaysWhatTransformersNeeds() {
    JsonNode config = JsonFile.read(model.resolve("config.json"));
    assertEquals("[\"BertForSequenceClassification\"]", config.path("architectures").toString());
    assertEquals(
        "{\"0\":\"entailment\",\"1\":\"neutral\",\"2\":\"contradiction\"}",
        config.path("id2label").toString());
    assertEquals(
        "{\"entailment\":0,\"neutral\":1,\"contradiction\":2}", config.path("label2id").toString());
    assertEquals("bert", config.path("model_type").asText());
    assertEquals("gelu", config.path("hidden_act").asText());
    assertEquals(1e-12, config.path("layer_norm_eps").asDouble());
  }

  /** Without them transformers would expect two logits, and take the number for a probability. */
  @Test
  void oneNumberIsRegressionWithOneLabel() {
    write(SavedHead.of(new RegressionHead()));
    JsonNode config = JsonFile.read(model.resolve("config.json"));
    assertEquals("regression", config.path("problem_type").asText());
    assertEquals("{\"0\":\"LABEL_0\"}", config.path("id2label").toString());
    assertEquals("{\"LABEL_0\":0}", config.path("label2id").toString());
  }

  @Test
  void severalNumbersHaveTheirNames() {
    write(SavedHead.of(new RegressionHead(List.of("valence", "arousal"))));
    JsonNode config = JsonFile.read(model.resolve("config.json"));
    assertEquals("regression", config.path("problem_type").asText());
    assertEquals("{\"0\":\"valence\",\"1\":\"arousal\"}", config.path("id2label").toString());
  }

  @Test
  void labelsThatDoNotExcludeEachOther() {
    write(SavedHead.of(new MultiLabelHead(List.of("joy", "anger"))));
    JsonNode config = JsonFile.read(model.resolve("config.json"));
    assertEquals("multi_label_classification", config.path("problem_type").asText());
    assertEquals("{\"0\":\"joy\",\"1\":\"anger\"}", config.path("id2label").toString());
  }

  /** transformers' own two are start and end of a span; choices have none. */
  @ParameterizedTest
  @ValueSource(strings = {"BertForQuestionAnswering", "BertForMultipleChoice"})
  void spansAndChoicesHaveNoLabels(String architecture) {
    write(SavedHead.unlabelled(architecture));
    JsonNode config = JsonFile.read(model.resolve("config.json"));
    assertFalse(config.has("id2label"));
    assertFalse(config.has("problem_type"));
  }

  /** Some versions of transformers save what is shared under both names. */
  @Test
  void outputLayersThatAreTheEmbeddingsAreLeftOut() {
    WeightTensor words = weights.get(BertParameters.WORD_EMBEDDINGS);
    WeightTensor bias =
        new WeightTensor(
            "cls.predictions.bias",
            List.of(ModelFiles.VOCABULARY.size()),
            FloatBuffer.allocate(ModelFiles.VOCABULARY.size()));
    Map<String, WeightTensor> tied = new LinkedHashMap<>(weights);
    tied.put(bias.name(), bias);
    weights.put(DECODER, words.named(DECODER));
    weights.put("cls.predictions.decoder.bias", bias.named("cls.predictions.decoder.bias"));
    write(SavedHead.unlabelled("BertForMaskedLM"));
    assertEquals(tied, ModelFiles.inMemory(HuggingFaceFolder.weights(model)));
    weights.put(bias.name(), bias);
    write(SavedHead.unlabelled("BertForMaskedLM"));
    assertEquals(tied, ModelFiles.inMemory(HuggingFaceFolder.weights(model)));
  }

  @Test
  void otherOutputLayersStay() {
    WeightTensor words = weights.get(BertParameters.WORD_EMBEDDINGS);
    FloatBuffer values = FloatBuffer.allocate(words.values().limit());
    values.put(words.values().duplicate()).flip();
    values.put(0, values.get(0) + 1);
    weights.put(DECODER, new WeightTensor(DECODER, words.shape(), values));
    write(SavedHead.unlabelled("BertForMaskedLM"));
    assertEquals(weights, ModelFiles.inMemory(HuggingFaceFolder.weights(model)));
    assertFalse(ModelLoader.load("m", model).config().tiesWordEmbeddings());
  }

  /** transformers adds the bias under the second name, and the folder has both. */
  @Test
  void outputLayersThatShareNothing() {
    WeightTensor words = weights.get(BertParameters.WORD_EMBEDDINGS);
    WeightTensor bias =
        new WeightTensor(
            "cls.predictions.bias",
            List.of(ModelFiles.VOCABULARY.size()),
            FloatBuffer.allocate(ModelFiles.VOCABULARY.size()));
    weights.put(DECODER, words.named(DECODER));
    weights.put(bias.name(), bias);
    HuggingFaceFolder.write(
        model,
        SavedHead.unlabelled("BertForMaskedLM"),
        ModelFiles.CONFIG.untied(),
        weights.values(),
        TokenizerFiles.of(folder.resolve("tokenizer")));
    Set<String> names = SafetensorsFile.open(model.resolve("model.safetensors")).names();
    assertTrue(names.contains("cls.predictions.decoder.bias"));
    assertEquals(weights, ModelFiles.inMemory(HuggingFaceFolder.weights(model)));
    assertEquals(ModelFiles.CONFIG.untied(), HuggingFaceFolder.config(model));
  }

  @Test
  void theTokenizerIsWhole() {
    for (String file : List.of("tokenizer.json", "vocab.txt", "tokenizer_config.json")) {
      assertTrue(Files.isRegularFile(model.resolve(file)), file);
    }
  }
}
