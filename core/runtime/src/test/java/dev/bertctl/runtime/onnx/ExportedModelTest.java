// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.onnx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtSession;
import dev.bertctl.runtime.engine.Engine;
import dev.bertctl.runtime.engine.EngineComparison;
import dev.bertctl.runtime.graph.HeadDefinition;
import dev.bertctl.runtime.graph.TestHead;
import dev.bertctl.runtime.huggingface.PretrainedModel;
import dev.bertctl.runtime.onnx.model.OnnxDefinition;
import dev.bertctl.runtime.onnxruntime.OnnxRuntimeEngine;
import dev.bertctl.runtime.packing.Batch;
import dev.bertctl.spi.decode.Matrix;
import dev.bertctl.spi.head.ChoiceHead;
import dev.bertctl.spi.head.ClassifierHead;
import dev.bertctl.spi.head.Head;
import dev.bertctl.spi.head.HeadOutput;
import dev.bertctl.spi.head.Layout;
import dev.bertctl.spi.head.SpanHead;
import dev.bertctl.spi.head.TaggerHead;
import java.nio.LongBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Exported files, read by ONNX Runtime as anybody's. */
class ExportedModelTest {

  private static final float TOLERANCE = 1e-4f;

  private static final Set<String> INPUTS = Set.of("input_ids", "attention_mask", "token_type_ids");

  @TempDir private Path folder;

  @Test
  void aClassifierGivesLogits() throws Exception {
    Head head = new ClassifierHead(List.of("a", "b", "c"));
    Batch batch = EngineComparison.of(head).batch(5, 3, 7);
    Map<String, float[]> outputs = run(export(head, 1), batch, 0);
    assertEquals(Set.of("logits"), outputs.keySet());
    assertArrayEquals(expected(head, 1, batch, "logits"), outputs.get("logits"), TOLERANCE);
  }

  @Test
  void aTaggerGivesLogits() throws Exception {
    Head head = new TaggerHead(List.of("a", "b", "c"));
    Batch batch = EngineComparison.of(head).batch(6, 6);
    assertArrayEquals(
        expected(head, 1, batch, "logits"),
        run(export(head, 1), batch, 0).get("logits"),
        TOLERANCE);
  }

  @Test
  void questionAnsweringGivesStartAndEndLogits() throws Exception {
    Batch batch = EngineComparison.of(new SpanHead()).batch(6, 6);
    Map<String, float[]> outputs = run(export(new SpanHead(), 1), batch, 0);
    assertEquals(Set.of("start_logits", "end_logits"), outputs.keySet());
    float[] both = expected(new SpanHead(), 1, batch, "logits");
    for (int i = 0; i < both.length / 2; i++) {
      assertEquals(both[2 * i], outputs.get("start_logits")[i], TOLERANCE);
      assertEquals(both[2 * i + 1], outputs.get("end_logits")[i], TOLERANCE);
    }
  }

  @Test
  void multipleChoiceTakesChoices() throws Exception {
    Batch batch =
        new EngineComparison(EngineComparison.config(), new ChoiceHead(), 3).batch(5, 6, 4);
    float[] logits = run(export(new ChoiceHead(), 3), batch, batch.choices()).get("logits");
    float[] expected = expected(new ChoiceHead(), 3, batch, "logits");
    int at = 0;
    for (int i = 0; i < batch.size(); i++) {
      int own = batch.features().get(i).sequences().size();
      float[] row = Arrays.copyOfRange(logits, i * batch.choices(), i * batch.choices() + own);
      assertArrayEquals(Arrays.copyOfRange(expected, at, at + own), row, TOLERANCE);
      at += own;
    }
  }

  @Test
  void embeddingsComeBesideTheHiddenStates() throws Exception {
    Head head = embeddings(Layout.PER_FEATURE);
    Batch batch = EngineComparison.of(head).batch(6, 6);
    Map<String, float[]> outputs = run(export(head, 1), batch, 0);
    assertEquals(
        List.of("last_hidden_state", "sentence_embedding"),
        List.copyOf(export(head, 1).outputs().keySet()));
    assertArrayEquals(
        expected(head, 1, batch, "embedding"), outputs.get("sentence_embedding"), TOLERANCE);
    assertArrayEquals(
        expected(embeddings(Layout.PER_TOKEN), 1, batch, "embedding"),
        outputs.get("last_hidden_state"),
        TOLERANCE);
    assertEquals(
        List.of("last_hidden_state"),
        List.copyOf(export(embeddings(Layout.PER_TOKEN), 1).outputs().keySet()));
  }

  private static Head embeddings(Layout layout) {
    return new Head() {
      @Override
      public String architecture() {
        return "BertModel";
      }

      @Override
      public List<dev.bertctl.spi.head.TargetSpec> targets() {
        return List.of();
      }

      @Override
      public HeadOutput build(dev.bertctl.spi.head.HeadGraph graph) {
        return HeadOutput.of(
            "embedding",
            layout,
            layout == Layout.PER_TOKEN
                ? graph.sequence()
                : graph
                    .tf()
                    .gather(graph.sequence(), graph.tf().constant(0), graph.tf().constant(1)));
      }
    };
  }

  @Test
  void everyTokenIsAPosition() throws Exception {
    Head head =
        new TestHead(
            List.of(),
            Set.of(),
            graph -> HeadOutput.logits(Layout.PER_POSITION, graph.atPositions()));
    Batch batch = EngineComparison.of(head).batch(6, 9);
    assertEquals(INPUTS, export(head, 1).inputs().keySet());
    float[] expected = expected(head, 1, batch, "logits");
    float[] logits = run(export(head, 1), batch, 0).get("logits");
    int rows = batch.positionRows().length;
    assertTrue(rows > 0);
    int columns = expected.length / rows;
    assertEquals(batch.size() * batch.tokens() * columns, logits.length);
    for (int i = 0; i < rows; i++) {
      int from = batch.positionRows()[i] * columns;
      assertArrayEquals(
          Arrays.copyOfRange(expected, i * columns, (i + 1) * columns),
          Arrays.copyOfRange(logits, from, from + columns),
          TOLERANCE);
    }
  }

  @Test
  void operatorsAreStandardAndWeightsNamedAsInTransformers() {
    OnnxDefinition graph = export(new ClassifierHead(List.of("a", "b")), 1);
    assertTrue(graph.nodes().stream().allMatch(node -> node.getDomain().isEmpty()));
    Set<String> weights = new TreeSet<>();
    graph.initializers().forEach(constant -> weights.add(constant.name()));
    assertTrue(weights.contains("embeddings.word_embeddings.weight"));
    assertTrue(weights.contains("encoder.layer.1.attention.self.query.weight_transposed"));
    assertTrue(weights.contains("encoder.layer.1.attention.self.query.bias"));
    assertTrue(weights.contains("classifier.weight"));
  }

  @Test
  void whatIsTooLargeHasItsWeightsBesideIt() throws Exception {
    Head head = new ClassifierHead(List.of("a", "b", "c"));
    OnnxDefinition graph = export(head, 1);
    Path whole = folder.resolve("whole.onnx");
    Path split = folder.resolve("model.onnx");
    OnnxFile.write(whole, graph, Map.of("task", "toy"));
    OnnxFile.write(split, graph, Map.of("task", "toy"), 1000);
    assertFalse(Files.exists(folder.resolve("whole.onnx_data")));
    assertTrue(Files.exists(folder.resolve("model.onnx_data")));
    assertTrue(Files.size(split) < Files.size(whole));
    Batch batch = EngineComparison.of(head).batch(5, 3, 7);
    assertArrayEquals(run(whole, batch, 0).get("logits"), run(split, batch, 0).get("logits"), 0);
  }

  private static OnnxDefinition export(Head head, int choices) {
    EngineComparison comparison = new EngineComparison(EngineComparison.config(), head, choices);
    PretrainedModel model = comparison.pretrained();
    return ExportedModel.of(
        HeadDefinition.of("toy", model.config(), head, EngineComparison.vocabulary()),
        model.config(),
        head.architecture(),
        model.weights()::get);
  }

  /** What TensorFlow gives, one feature after the other. */
  private static float[] expected(Head head, int choices, Batch batch, String output) {
    try (var model =
        new EngineComparison(EngineComparison.config(), head, choices)
            .open(Engine.TENSORFLOW)
            .model()) {
      List<Matrix> parts =
          model.predict(batch).stream().map(outputs -> outputs.get(output)).toList();
      float[] all = new float[parts.stream().mapToInt(part -> part.values().length).sum()];
      int at = 0;
      for (Matrix part : parts) {
        System.arraycopy(part.values(), 0, all, at, part.values().length);
        at += part.values().length;
      }
      return all;
    }
  }

  private Map<String, float[]> run(OnnxDefinition graph, Batch batch, int choices)
      throws Exception {
    Path file = folder.resolve("exported.onnx");
    OnnxFile.write(file, graph, Map.of());
    return run(file, batch, choices);
  }

  private static Map<String, float[]> run(Path file, Batch batch, int choices) throws Exception {
    OnnxRuntimeEngine.load();
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    long[] shape =
        choices == 0
            ? new long[] {batch.size(), batch.tokens()}
            : new long[] {batch.size(), choices, batch.tokens()};
    Map<String, OnnxTensor> inputs = new LinkedHashMap<>();
    Map<String, float[]> outputs = new LinkedHashMap<>();
    try (OrtSession session = environment.createSession(file.toString())) {
      inputs.put("input_ids", longs(environment, batch.ids(), shape));
      inputs.put("attention_mask", longs(environment, batch.mask(), shape));
      inputs.put("token_type_ids", longs(environment, batch.segments(), shape));
      try (OrtSession.Result result = session.run(inputs)) {
        for (String name : session.getOutputNames()) {
          outputs.put(name, ((OnnxTensor) result.get(name).orElseThrow()).getFloatBuffer().array());
        }
      }
    } finally {
      inputs.values().forEach(OnnxTensor::close);
    }
    return outputs;
  }

  private static OnnxTensor longs(OrtEnvironment environment, int[] values, long[] shape)
      throws Exception {
    long[] longs = Arrays.stream(values).asLongStream().toArray();
    return OnnxTensor.createTensor(environment, LongBuffer.wrap(longs), shape);
  }
}
