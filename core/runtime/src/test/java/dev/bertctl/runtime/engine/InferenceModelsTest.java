// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.huggingface.PretrainedModel;
import dev.bertctl.runtime.packing.Batch;
import dev.bertctl.runtime.tensorflow.ComputeDevice;
import dev.bertctl.runtime.weights.Weight;
import dev.bertctl.runtime.weights.WeightAccount;
import dev.bertctl.spi.head.ClassifierHead;
import dev.bertctl.spi.head.Head;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class InferenceModelsTest {

  private static final Head HEAD = new ClassifierHead(List.of("a", "b", "c"));
  private static final ComputeDevice GPU = new ComputeDevice(0, 100);

  @Test
  void onnxRuntimeComputesOnACpu() {
    OpenedModel opened = EngineComparison.of(HEAD).open(Engine.AUTO);
    opened.model().close();
    assertEquals(
        "ONNX Runtime 1.29.0 computes: on a CPU it is the faster one", opened.choice().summary());
    assertNull(System.getProperty("onnxruntime.native.path"));
  }

  @Test
  void onnxRuntimeDoesNotComputeOnAGpu() {
    PretrainedModel files = EngineComparison.of(HEAD).pretrained();
    UserException e = assertThrows(UserException.class, () -> open(files, Engine.ONNXRUNTIME, GPU));
    assertEquals(
        "engine 'onnxruntime' computes on the CPU alone, and the device is gpu:0; set device: cpu, or engine: tensorflow",
        e.getMessage());
  }

  @Test
  void unknownEnginesAreRefused() {
    assertEquals(
        "must be auto, tensorflow or onnxruntime, not 'torch'",
        assertThrows(IllegalArgumentException.class, () -> Engine.of("torch")).getMessage());
    assertEquals(Engine.ONNXRUNTIME, Engine.of("onnxruntime"));
  }

  /** What the head lacks is drawn alike, so that the outputs are equal too. */
  @Test
  void missingWeightsAreReportedAndDrawnAlike() {
    PretrainedModel files = without("classifier.weight", "pooler.dense.bias");
    Batch batch = EngineComparison.of(HEAD).batch(5);
    List<float[]> logits = new ArrayList<>();
    List<WeightAccount> accounts = new ArrayList<>();
    for (Engine engine : List.of(Engine.TENSORFLOW, Engine.ONNXRUNTIME)) {
      OpenedModel opened = open(files, engine, ComputeDevice.CPU);
      try (var model = opened.model()) {
        accounts.add(opened.weights());
        logits.add(model.predict(batch).get(0).get("logits").values());
      }
    }
    assertEquals(List.of("pooler.dense.bias", "classifier.weight"), accounts.get(0).initialized());
    assertEquals(accounts.get(0), accounts.get(1));
    assertArrayEquals(logits.get(0), logits.get(1), 1e-4f);
  }

  @ParameterizedTest
  @EnumSource(names = {"TENSORFLOW", "ONNXRUNTIME"})
  void missingWeightsOfTheEncoderAreRefused(Engine engine) {
    PretrainedModel files = without("encoder.layer.0.output.dense.bias");
    assertEquals(
        "toy: weight encoder.layer.0.output.dense.bias of shape [16] is missing; check that the file holds a whole BERT encoder and that its config.json fits",
        assertThrows(UserException.class, () -> open(files, engine, ComputeDevice.CPU))
            .getMessage());
  }

  @ParameterizedTest
  @EnumSource(names = {"TENSORFLOW", "ONNXRUNTIME"})
  void severalThreadsMayPredictAndEvaluate(Engine engine) throws Exception {
    EngineComparison comparison = EngineComparison.of(HEAD);
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try (var model = comparison.open(engine).model()) {
      List<Batch> batches = new ArrayList<>();
      List<float[]> expected = new ArrayList<>();
      for (int i = 1; i <= 40; i++) {
        Batch batch = comparison.batch(i, i + 3);
        batches.add(batch);
        expected.add(model.predict(batch).get(1).get("logits").values());
      }
      List<Callable<float[]>> tasks = new ArrayList<>();
      for (Batch batch : batches) {
        tasks.add(
            () ->
                batch.tokens() % 2 == 0
                    ? model.predict(batch).get(1).get("logits").values()
                    : model.evaluate(batch).outputs().get(1).get("logits").values());
      }
      List<Future<float[]>> answers = threads.invokeAll(tasks);
      for (int i = 0; i < answers.size(); i++) {
        assertArrayEquals(expected.get(i), answers.get(i).get(), 1e-5f);
      }
    } finally {
      threads.shutdown();
    }
  }

  private static PretrainedModel without(String... names) {
    PretrainedModel files = EngineComparison.of(HEAD).pretrained();
    Map<String, Weight> weights = new LinkedHashMap<>(files.weights());
    weights.keySet().removeAll(List.of(names));
    return new PretrainedModel(files.reference(), files.directory(), files.config(), weights);
  }

  @ParameterizedTest
  @EnumSource(names = {"INT8", "INT8_REDUCED"})
  void roundedWeightsAreSaidAndComputedWith(Quantize quantize) {
    PretrainedModel files = EngineComparison.of(HEAD).pretrained();
    Batch batch = EngineComparison.of(HEAD).batch(5, 9);
    OpenedModel whole = open(files, Engine.AUTO, Quantize.NONE, ComputeDevice.CPU);
    OpenedModel rounded = open(files, Engine.AUTO, quantize, ComputeDevice.CPU);
    try (var exact = whole.model();
        var int8 = rounded.model()) {
      float[] expected = exact.predict(batch).get(1).get("logits").values();
      float[] logits = int8.predict(batch).get(1).get("logits").values();
      assertArrayEquals(expected, logits, 0.2f);
      assertFalse(Arrays.equals(expected, logits));
    }
    String said = rounded.choice().summary();
    assertTrue(said.contains("; weights are int8"), said);
  }

  @Test
  void tensorFlowDoesNotComputeWithRoundedWeights() {
    PretrainedModel files = EngineComparison.of(HEAD).pretrained();
    assertEquals(
        "quantize 'int8' needs ONNX Runtime, and TensorFlow computes: as the configuration says; set quantize: none",
        assertThrows(
                UserException.class,
                () -> open(files, Engine.TENSORFLOW, Quantize.INT8, ComputeDevice.CPU))
            .getMessage());
    assertEquals(Quantize.INT8_REDUCED, Quantize.of("int8-reduced"));
    assertEquals(
        "must be none, int8 or int8-reduced, not 'int4'",
        assertThrows(IllegalArgumentException.class, () -> Quantize.of("int4")).getMessage());
  }

  private static OpenedModel open(PretrainedModel files, Engine engine, ComputeDevice device) {
    return open(files, engine, Quantize.NONE, device);
  }

  private static OpenedModel open(
      PretrainedModel files, Engine engine, Quantize quantize, ComputeDevice device) {
    return InferenceModels.open(
        "toy",
        files.config(),
        HEAD,
        EngineComparison.vocabulary(),
        files,
        engine,
        quantize,
        device);
  }
}
