// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bertctl.runtime.huggingface.HuggingFaceFolder;
import dev.bertctl.runtime.packing.Batch;
import dev.bertctl.spi.decode.Matrix;
import dev.bertctl.spi.head.ClassifierHead;
import dev.bertctl.spi.head.EncoderNeed;
import dev.bertctl.spi.head.HeadOutput;
import dev.bertctl.spi.packing.Feature;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Folders with PyTorch's own weight files, loaded to what transformers computes; see
 * make_bin_folders_golden.py. The tolerance is that of {@link EncoderGoldenTest}.
 */
class BinFoldersTest {

  private static final double TOLERANCE = 1e-5;

  @Test
  void aClassifierInOneFile() {
    GoldenModel golden = golden("classifier");
    try (BertModel model =
        golden.build(new ClassifierHead(List.of("a", "b", "c")), Optional.empty())) {
      List<Map<String, Matrix>> outputs = model.predict(golden.batch());
      float[] expected = golden.floats("logits"); // [B,3]
      for (int row = 0; row < outputs.size(); row++) {
        assertClose(
            Arrays.copyOfRange(expected, 3 * row, 3 * row + 3),
            outputs.get(row).get(HeadOutput.LOGITS).values());
      }
    }
  }

  @Test
  void anOldFileWithOldNames() {
    GoldenModel golden = golden("old");
    Batch batch = golden.batch();
    try (BertModel model = golden.build(new ClassifierHead(List.of("a", "b")), Optional.empty())) {
      Map<String, float[]> encoded = model.encoded(batch);
      assertClose(golden.floats("pooler_output"), encoded.get("pooled"));
      float[] expected = golden.floats("last_hidden_state"); // [B,T,H]
      float[] actual = encoded.get("hidden_states.2");
      int hidden = golden.config().hiddenSize();
      for (int token = 0; token < batch.mask().length; token++) {
        if (batch.mask()[token] == 1) {
          assertClose(row(expected, token, hidden), row(actual, token, hidden));
        }
      }
    }
    Set<String> names = HuggingFaceFolder.weights(golden.folder()).keySet();
    assertTrue(names.contains("cls.seq_relationship.weight"), names.toString());
  }

  @Test
  void aLanguageModelInShards() {
    GoldenModel golden = golden("sharded");
    TestHead head =
        new TestHead(
            List.of(), Set.of(EncoderNeed.WORD_EMBEDDINGS), LanguageModelHeadsTest::predicted);
    List<Feature> features =
        golden.batch().features().stream()
            .map(feature -> feature.at(IntStream.range(0, feature.sequence().length()).toArray()))
            .toList();
    Batch batch = Batch.of(features, 0);
    int vocabulary = golden.config().vocabSize();
    try (BertModel model = golden.build(head, Optional.empty())) {
      List<Map<String, Matrix>> outputs = model.predict(batch);
      float[] expected = golden.floats("logits"); // [B,T,V]
      for (int row = 0; row < outputs.size(); row++) {
        Matrix logits = outputs.get(row).get(LanguageModelHeadsTest.TOKENS);
        assertEquals(features.get(row).sequence().length(), logits.rows());
        for (int token = 0; token < logits.rows(); token++) {
          assertClose(row(expected, row * batch.tokens() + token, vocabulary), logits.row(token));
        }
      }
    }
    Set<String> names = HuggingFaceFolder.weights(golden.folder()).keySet();
    assertEquals(List.of(), names.stream().filter(name -> name.contains("decoder")).toList());
  }

  private static GoldenModel golden(String name) {
    return GoldenModel.of("bin-folders/" + name);
  }

  private static float[] row(float[] values, int index, int width) {
    return Arrays.copyOfRange(values, index * width, (index + 1) * width);
  }

  private static void assertClose(float[] expected, float[] actual) {
    assertEquals(expected.length, actual.length);
    for (int i = 0; i < expected.length; i++) {
      assertEquals(expected[i], actual[i], TOLERANCE, "value " + i);
    }
  }
}
