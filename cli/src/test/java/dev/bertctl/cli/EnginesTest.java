// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.cli;

import dev.bertctl.runtime.encoder.AttentionMask;
import dev.bertctl.runtime.engine.EngineComparison;
import dev.bertctl.spi.head.EncoderNeed;
import dev.bertctl.spi.head.Head;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The heads of the language models give the same in ONNX Runtime as in TensorFlow. */
class EnginesTest {

  @ParameterizedTest
  @ValueSource(
      strings = {"masked-lm", "next-sentence", "pretrain", "causal-lm", "fill-mask", "embeddings"})
  void headsAreEqual(String task) {
    assertEqual(BuiltInTasks.head(task, Map.of()));
  }

  @Test
  void candidatesAreEqual() {
    assertEqual(BuiltInTasks.head("fill-mask", Map.of("candidates", "cat,dog,bird", "top-k", "2")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"mean", "cls", "max", "token"})
  void poolingsAreEqual(String pooling) {
    assertEqual(
        BuiltInTasks.head(
            "embeddings",
            Map.of("pooling", pooling, "layer", "-2", "layers", "2", "normalize", "true")));
  }

  private static void assertEqual(Head head) {
    boolean causal = head.needs().contains(EncoderNeed.CAUSAL_ATTENTION);
    new EngineComparison(
            EngineComparison.config()
                .with(causal ? AttentionMask.CAUSAL : AttentionMask.BIDIRECTIONAL),
            head,
            1)
        .assertEqualOutputs();
  }
}
