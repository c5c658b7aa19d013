// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bertctl.core.config.AppConfig;
import dev.bertctl.core.data.DataFiles;
import dev.bertctl.core.data.FileSettings;
import dev.bertctl.core.models.ModelStore;
import dev.bertctl.core.output.PredictionTarget;
import dev.bertctl.core.runs.ModelPrediction;
import dev.bertctl.core.runs.RunListener;
import dev.bertctl.download.DownloadListener;
import dev.bertctl.spi.TaskPlugin;
import dev.bertctl.spi.decode.Prediction;
import dev.bertctl.spi.decode.Vectors;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Published models, from the text on: what they put in place of masks, and their embeddings, are
 * what transformers and ONNX Runtime compute. The golden files tell how they were made.
 */
class FillMaskGoldenTest {

  private static final double TOLERANCE = 1e-4;

  /** Embeddings that there are of the golden texts. */
  private static final int EMBEDDED = 20;

  private static final int SIZE = 384;

  private static final ModelStore STORE = ModelStore.ofUser(false, DownloadListener.NONE);

  @TempDir private Path folder;

  @ParameterizedTest
  @Tag("slow")
  @CsvSource({
    "fill-mask, bert-base-uncased, 50",
    "fill-mask-multilingual, bert-base-multilingual-cased, 10"
  })
  void masksAreFilledAsByTransformers(String name, String model, int texts) {
    Path golden = LanguageModelGolden.ROOT.resolve(name);
    List<JsonNode> expected = LanguageModelRun.json(golden.resolve("expected.jsonl"));
    List<Prediction> predictions =
        predict("fill-mask", model, golden.resolve("sentences.jsonl"), Map.of());
    assertEquals(texts, expected.size());
    assertEquals(texts, predictions.size());
    for (int text = 0; text < texts; text++) {
      String line = "line " + (text + 1);
      JsonNode masks = new ObjectMapper().valueToTree(predictions.get(text).fields()).get("masks");
      assertEquals(expected.get(text).get("masks").size(), masks.size(), line);
      for (int mask = 0; mask < masks.size(); mask++) {
        JsonNode best = expected.get(text).get("masks").get(mask).get("best");
        assertEquals(best.size(), masks.get(mask).size(), line);
        for (int i = 0; i < best.size(); i++) {
          JsonNode token = masks.get(mask).get(i);
          assertEquals(best.get(i).get(0).asText(), token.get("token").asText(), line);
          assertEquals(
              best.get(i).get(1).asDouble(), token.get("probability").asDouble(), TOLERANCE, line);
        }
      }
    }
  }

  @Test
  void embeddingsOfMinilmEqualOnnxRuntime() throws IOException {
    assertEmbeddings("minilm-l6", Map.of());
  }

  @Test
  @Tag("slow")
  void embeddingsOfBgeEqualOnnxRuntime() throws IOException {
    assertEmbeddings("bge-small-en", Map.of("pooling", "cls"));
  }

  private void assertEmbeddings(String model, Map<String, String> options) throws IOException {
    Path golden = LanguageModelGolden.ROOT.resolve("embeddings");
    Path texts =
        Files.write(
            folder.resolve("texts.jsonl"),
            Files.readAllLines(golden.resolve("texts.jsonl")).subList(0, EMBEDDED));
    FloatBuffer expected = npy(golden.resolve(model + ".npy"));
    List<Prediction> predictions = predict("embeddings", model, texts, options);
    assertEquals(EMBEDDED, predictions.size());
    for (int text = 0; text < EMBEDDED; text++) {
      List<float[]> vectors = ((Vectors) predictions.get(text)).vectors();
      assertEquals(1, vectors.size());
      assertEquals(SIZE, vectors.get(0).length);
      for (float value : vectors.get(0)) {
        assertEquals(expected.get(), value, TOLERANCE, "line " + (text + 1));
      }
    }
  }

  /** The numbers of a NumPy file of version 1. */
  private static FloatBuffer npy(Path file) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    int header = bytes.getShort(8);
    assertEquals(
        "{'descr': '<f4', 'fortran_order': False, 'shape': (%d, %d), }".formatted(EMBEDDED, SIZE),
        new String(bytes.array(), 10, header, StandardCharsets.US_ASCII).strip());
    return bytes.position(10 + header).slice().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
  }

  private static List<Prediction> predict(
      String task, String model, Path input, Map<String, String> options) {
    TaskPlugin<?> plugin = BuiltInTasks.plugin(task);
    Map<String, String> values = new LinkedHashMap<>(options);
    values.put("model", model);
    values.put("device", "cpu");
    values.put("max-length", "256");
    List<Prediction> predictions = new ArrayList<>();
    new ModelPrediction(
            AppConfig.of(values, "a test", plugin, List.of()),
            STORE.open(model, Path.of("")),
            Optional.empty(),
            PredictionTarget.toldOnly(Optional.empty()),
            RunListener.SILENT)
        .run(
            DataFiles.open(
                List.of(input), Optional.empty(), plugin.usualFormat(), FileSettings.DEFAULT),
            (columns, prediction, marked) -> predictions.add(prediction));
    return predictions;
  }
}
