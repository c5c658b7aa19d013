// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.attention;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.attention.AttentionToken.Kind;
import dev.bertctl.runtime.encoder.AttentionMask;
import dev.bertctl.runtime.huggingface.ModelLoader;
import dev.bertctl.runtime.huggingface.PretrainedModel;
import dev.bertctl.runtime.tensorflow.ComputeDevice;
import dev.bertctl.runtime.weights.SafetensorsFile;
import java.net.URISyntaxException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/**
 * From texts to weights against Hugging Face transformers: golden files of
 * src/test/python/make_attention_golden.py. The tolerance is float32 round-off.
 */
class AttentionModelTest {

  private static final double TOLERANCE = 1e-5;

  private static Path folder() throws URISyntaxException {
    return Path.of(AttentionModelTest.class.getResource("/golden/attention").toURI());
  }

  private static PretrainedModel files() throws URISyntaxException {
    return ModelLoader.load("golden", folder());
  }

  @Test
  void weightsEqualTransformers() throws Exception {
    try (AttentionModel model = AttentionModel.open(files())) {
      assertEqual(model, folder().resolve("expected.safetensors"));
    }
  }

  @Test
  void causalWeightsEqualTransformers() throws Exception {
    try (AttentionModel model =
        AttentionModel.open(files(), AttentionMask.CAUSAL, 40, ComputeDevice.CPU)) {
      assertEqual(model, folder().resolve("causal/expected.safetensors"));
      assertEquals(0, model.attentions("the cat").weight(0, 0, 1, 2));
    }
  }

  private static void assertEqual(AttentionModel model, Path file) throws Exception {
    SafetensorsFile expected = SafetensorsFile.open(file);
    JsonNode inputs = new ObjectMapper().readTree(folder().resolve("inputs.json").toFile());
    assertEquals(3, inputs.size());
    for (int i = 0; i < inputs.size(); i++) {
      List<String> texts = texts(inputs.get(i).get("texts"));
      Attentions found =
          texts.size() == 1
              ? model.attentions(texts.get(0))
              : model.attentions(texts.get(0), texts.get(1));
      assertEquals(
          texts(inputs.get(i).get("tokens")),
          found.tokens().stream().map(AttentionToken::text).toList());
      assertEquals(
          texts(inputs.get(i).get("segments")),
          found.tokens().stream().map(token -> String.valueOf(token.segment())).toList());
      assertEquals(texts.size() == 2, found.isPair());
      assertEquals(2, found.layers().size());
      for (int layer = 0; layer < 2; layer++) {
        FloatBuffer values = expected.weight(i + "." + layer).values();
        float[] actual = found.layers().get(layer);
        assertEquals(values.remaining(), actual.length);
        for (int k = 0; k < actual.length; k++) {
          assertEquals(values.get(k), actual[k], TOLERANCE, "layer " + layer + ", value " + k);
        }
      }
    }
  }

  private static List<String> texts(JsonNode values) {
    return StreamSupport.stream(values.spliterator(), false).map(JsonNode::asText).toList();
  }

  @Test
  void tokensAreOfTextsOrSpecial() throws Exception {
    try (AttentionModel model = AttentionModel.open(files())) {
      List<Kind> kinds = new ArrayList<>();
      model.attentions("the [MASK]", "xyz").tokens().forEach(token -> kinds.add(token.kind()));
      assertEquals(List.of(Kind.CLS, Kind.TEXT, Kind.TEXT, Kind.SEP, Kind.TEXT, Kind.SEP), kinds);
    }
  }

  @Test
  void longTextsAreCut() throws Exception {
    try (AttentionModel model =
        AttentionModel.open(files(), AttentionMask.BIDIRECTIONAL, 6, ComputeDevice.CPU)) {
      assertEquals(6, model.attentions("the ".repeat(50)).tokens().size());
    }
  }

  @Test
  void aModelHasOnlySoManyPositions() throws Exception {
    PretrainedModel files = files();
    UserException thrown =
        assertThrows(
            UserException.class,
            () -> AttentionModel.open(files, AttentionMask.BIDIRECTIONAL, 41, ComputeDevice.CPU));
    assertEquals(
        "golden: sequences of 41 tokens are more than its 40 positions; give a shorter longest sequence",
        thrown.getMessage());
  }
}
