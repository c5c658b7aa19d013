// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.onnx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import dev.bertctl.runtime.engine.Engine;
import dev.bertctl.runtime.engine.EngineComparison;
import dev.bertctl.runtime.graph.HeadDefinition;
import dev.bertctl.runtime.huggingface.PretrainedModel;
import dev.bertctl.runtime.onnx.model.Constant;
import dev.bertctl.runtime.onnx.model.OnnxDefinition;
import dev.bertctl.runtime.onnxruntime.OnnxModel;
import dev.bertctl.runtime.packing.Batch;
import dev.bertctl.runtime.tensorflow.CpuInfo;
import dev.bertctl.spi.decode.Matrix;
import dev.bertctl.spi.head.ClassifierHead;
import dev.bertctl.spi.head.Head;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class QuantizationTest {

  private static final Head HEAD = new ClassifierHead(List.of("a", "b", "c"));

  private static final Constant MATRIX =
      new Constant(
          "m",
          DataType.FLOAT,
          List.of(2L, 2L),
          () -> FloatBuffer.wrap(new float[] {0.5f, -1.27f, 0, 2.54f}));

  static Stream<Arguments> forms() {
    return Stream.of(
        arguments(
            QuantizedMatrix.perRow(MATRIX, WeightBits.EIGHT),
            new float[] {0.01f, 0.02f},
            new byte[] {50, -127, 0, 127}),
        arguments(
            QuantizedMatrix.perRowTransposed(MATRIX, WeightBits.EIGHT),
            new float[] {0.01f, 0.02f},
            new byte[] {50, 0, -127, 127}),
        arguments(
            QuantizedMatrix.perColumn(MATRIX, WeightBits.EIGHT),
            new float[] {0.5f / 127, 0.02f},
            new byte[] {127, -64, 0, 127}),
        arguments(
            QuantizedMatrix.perRow(MATRIX, WeightBits.SEVEN),
            new float[] {1.27f / 63, 2.54f / 63},
            new byte[] {25, -63, 0, 63}));
  }

  @ParameterizedTest
  @MethodSource("forms")
  void workedNumbers(QuantizedMatrix matrix, float[] scales, byte[] values) {
    assertArrayEquals(scales, ((FloatBuffer) matrix.scales().values().get()).array(), 1e-7f);
    assertArrayEquals(values, matrix.values().toBytes().array());
  }

  @ParameterizedTest
  @EnumSource
  void logitsStayClose(WeightBits bits) {
    assumeTrue(
        bits == WeightBits.SEVEN || CpuInfo.ofThisMachine().map(CpuInfo::hasVnni).orElse(false),
        "sums of eight bits overflow without VNNI");
    EngineComparison comparison = EngineComparison.of(HEAD);
    PretrainedModel files = comparison.pretrained();
    RuntimeModel model =
        RuntimeModel.of(definition(files), files.config(), files.weights()::get).quantized(bits);
    Batch batch = comparison.batch(7, 5, 64, 64);
    try (var whole = comparison.open(Engine.TENSORFLOW).model();
        var quantized =
            OnnxModel.open(files.config(), EngineComparison.vocabulary(), model, HEAD.targets())) {
      List<Map<String, Matrix>> expected = whole.predict(batch);
      List<Map<String, Matrix>> actual = quantized.predict(batch);
      for (int i = 0; i < expected.size(); i++) {
        // Logits of -3 to 3 of weights that a training would not have made so large.
        assertArrayEquals(
            expected.get(i).get("logits").values(), actual.get(i).get("logits").values(), 0.2f);
      }
    }
  }

  @Test
  void theEncodersDenseLayersAreIntegersInStandardOperators() {
    PretrainedModel files = EngineComparison.of(HEAD).pretrained();
    OnnxDefinition whole =
        ExportedModel.of(
            definition(files), files.config(), HEAD.architecture(), files.weights()::get);
    OnnxDefinition quantized = Quantization.of(whole, WeightBits.EIGHT);
    Map<String, Long> operators =
        quantized.nodes().stream()
            .collect(Collectors.groupingBy(NodeProto::getOpType, Collectors.counting()));
    int layers = files.config().layers();
    assertEquals(6 * layers, operators.get("MatMulInteger"));
    // Query, key and value share what they multiply; in the last layer the query has it alone.
    assertEquals(4 * layers + 1, operators.get("DynamicQuantizeLinear"));
    assertEquals(2, operators.get("Gemm")); // pooler and classifier
    assertTrue(quantized.nodes().stream().allMatch(node -> node.getDomain().isEmpty()));
    long integers = size(quantized, "_int8");
    assertEquals(whole.bytes() - 3 * integers + 4 * size(quantized, "_scale"), quantized.bytes());
    assertEquals(whole.inputs(), quantized.inputs());
    assertEquals(whole.outputs(), quantized.outputs());
  }

  /** Elements of the constants whose names end so. */
  private static long size(OnnxDefinition graph, String ending) {
    return graph.initializers().stream()
        .filter(constant -> constant.name().endsWith(ending))
        .mapToLong(Constant::size)
        .sum();
  }

  private static HeadDefinition definition(PretrainedModel files) {
    return HeadDefinition.of("toy", files.config(), HEAD, EngineComparison.vocabulary());
  }
}
