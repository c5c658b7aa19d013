// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.engine;

import dev.bertctl.runtime.encoder.BertConfig;
import dev.bertctl.spi.head.ChoiceHead;
import dev.bertctl.spi.head.ClassifierHead;
import dev.bertctl.spi.head.Head;
import dev.bertctl.spi.head.MultiLabelHead;
import dev.bertctl.spi.head.RegressionHead;
import dev.bertctl.spi.head.SpanHead;
import dev.bertctl.spi.head.TaggerHead;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The SPI's heads give the same in ONNX Runtime as in TensorFlow, losses included. */
class EngineComparisonTest {

  private static final List<String> LABELS = List.of("a", "b", "c");

  static List<Head> heads() {
    return List.of(
        new ClassifierHead(LABELS),
        new MultiLabelHead(LABELS),
        new RegressionHead(),
        new TaggerHead(LABELS),
        new SpanHead());
  }

  @ParameterizedTest
  @MethodSource("heads")
  void headsAreEqual(Head head) {
    EngineComparison.of(head).assertEqualOutputs();
  }

  @Test
  void choicesAreEqual() {
    new EngineComparison(EngineComparison.config(), new ChoiceHead(), 3).assertEqualOutputs();
  }

  @Test
  void theBertOfD2lIsEqual() {
    BertConfig d2l = EngineComparison.config().asInD2l();
    new EngineComparison(d2l, new ClassifierHead(LABELS), 1).assertEqualOutputs();
    new EngineComparison(d2l, new TaggerHead(LABELS), 1).assertEqualOutputs();
  }
}
