// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.encoder;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bertctl.runtime.huggingface.ConfigFile;
import dev.bertctl.runtime.weights.SafetensorsFile;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BertParametersTest {

  /** The golden folder was written by Hugging Face transformers from a BertModel. */
  @Test
  void namesAndShapesAreThoseOfTransformers() throws Exception {
    Path golden = Path.of(getClass().getResource("/golden/encoder/gelu").toURI());
    BertConfig config = ConfigFile.read(golden.resolve("config.json"));
    Map<String, List<Integer>> expected = new HashMap<>();
    SafetensorsFile file = SafetensorsFile.open(golden.resolve("model.safetensors"));
    file.names().forEach(name -> expected.put(name, file.shape(name)));
    Map<String, List<Integer>> actual =
        new HashMap<>(ParameterSpec.shapes(BertParameters.encoder(config)));
    actual.putAll(ParameterSpec.shapes(BertParameters.pooler(config)));
    assertEquals(expected, actual);
  }

  @ParameterizedTest
  @CsvSource({
    "bert.embeddings.LayerNorm.gamma, embeddings.LayerNorm.weight",
    "encoder.layer.0.output.LayerNorm.beta, encoder.layer.0.output.LayerNorm.bias",
    "pooler.dense.bias, pooler.dense.bias",
    "classifier.weight, classifier.weight"
  })
  void prefixesAndOldNamesAreDropped(String parameter, String name) {
    assertEquals(name, BertParameters.canonicalName(parameter));
  }
}
