// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.models;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bertctl.core.json.JsonFile;
import dev.bertctl.core.weights.SafetensorsFile;
import dev.bertctl.core.weights.WeightTensor;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HuggingFaceFolderTest {

  @TempDir private Path folder;
  private Path model;
  private Map<String, WeightTensor> weights;

  @BeforeEach
  void write() throws IOException {
    Path tokenizer = Files.createDirectory(folder.resolve("tokenizer"));
    TinyModel.writeVocabulary(tokenizer);
    model = Files.createDirectory(folder.resolve("model"));
    weights = TinyModel.weights();
    weights.put(
        "classifier.bias",
        new WeightTensor("classifier.bias", List.of(3), FloatBuffer.wrap(new float[] {1, 2, 3})));
    HuggingFaceFolder.write(
        model,
        "BertForSequenceClassification",
        TinyModel.CONFIG,
        List.of("entailment", "neutral", "contradiction"),
        weights.values(),
        tokenizer);
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
    assertEquals(TinyModel.CONFIG, HuggingFaceFolder.config(model));
    assertEquals(weights, HuggingFaceFolder.weights(model));
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

  @Test
  void theTokenizerIsWhole() {
    for (String file : List.of("tokenizer.json", "vocab.txt", "tokenizer_config.json")) {
      assertTrue(Files.isRegularFile(model.resolve(file)), file);
    }
  }
}
