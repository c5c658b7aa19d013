// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.runs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bertctl.core.data.SplitCounts;
import dev.bertctl.core.inspect.ClassBalance;
import dev.bertctl.core.inspect.Lengths;
import dev.bertctl.core.runs.RunListener.Evaluated;
import dev.bertctl.runtime.encoder.BertConfig;
import dev.bertctl.runtime.engine.Engine;
import dev.bertctl.runtime.engine.EngineChoice;
import dev.bertctl.runtime.graph.TrainingSpec;
import dev.bertctl.runtime.memory.BatchShape;
import dev.bertctl.runtime.memory.MemoryEstimate;
import dev.bertctl.runtime.packing.BatchSize;
import dev.bertctl.runtime.packing.TruncationSummary;
import dev.bertctl.runtime.tensorflow.ComputeDevice;
import dev.bertctl.runtime.training.ScheduleSpec;
import dev.bertctl.runtime.training.TrainingSettings;
import dev.bertctl.runtime.training.Warmup;
import dev.bertctl.runtime.weights.WeightAccount;
import dev.bertctl.spi.data.Location;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class RunTextTest {

  @Test
  void whatARunBeginsWith() {
    assertEquals(
        List.of(
            "device      " + ComputeDevice.CPU,
            "model       minilm-l6: 6 layers, hidden size 384, 12 heads",
            "parameters  encoder 22,565,376, pooler and head 148,995",
            "weights     2 weights loaded, newly initialised: classifier.weight, classifier.bias,"
                + " left over: cls.predictions.bias",
            "training    3 epochs, 1,200 steps of up to 32 sequences, learning rate 5.0E-5, seed 42",
            "            class weights: no 0.6250, yes 2.500",
            "memory      about 1.3 GiB (weights 87 MiB, optimizer 174 MiB, gradients 1 MiB,"
                + " activations 1.0 GiB for 32 x 128)"),
        RunText.lines(opening(Optional.of(training(3)))));
  }

  @Test
  void ofAJobThatDoesNotTrainOnlyDeviceEngineAndModelAreSaid() {
    assertEquals(
        List.of(
            "device      " + ComputeDevice.CPU,
            "engine      ONNX Runtime 1.29.0 computes: on a CPU it is the faster one",
            "model       minilm-l6: 6 layers, hidden size 384, 12 heads"),
        RunText.lines(opening(Optional.empty())));
  }

  @Test
  void oneEpochIsOneEpoch() {
    assertEquals(
        "training    1 epoch, 1,200 steps of up to 32 sequences, learning rate 5.0E-5, seed 42",
        RunText.lines(opening(Optional.of(training(1)))).get(4));
  }

  @Test
  void whatASplitHolds() {
    Map<String, Long> counts = new LinkedHashMap<>();
    counts.put("yes", 480L);
    counts.put("no", 720L);
    assertEquals(
        List.of(
            "train       data/train.csv: 1,204 rows, 1,200 examples, 1,500 windows",
            "            limit: only the first 1,204 were read",
            "            left out: 3 no gold label (first: data/train.csv:7)",
            "            left out: 1 empty text (first: data/train.csv:9)",
            "            warning: 1 huge text (first: data/train.csv:5)",
            "            sample: 9,600 of 10,800 examples were not drawn",
            "            labels: yes 40.0 %, no 60.0 %",
            "            truncation: 2 of 1200 examples cut, 9 tokens lost; the longest sequence"
                + " would need 140 tokens"),
        RunText.lines(
            new SplitSummary(
                "train",
                new Location("data/train.csv", 0),
                new SplitCounts(
                    1204,
                    List.of(),
                    1200,
                    List.of(
                        new SplitCounts.Skip("no gold label", 3, new Location("data/train.csv", 7)),
                        new SplitCounts.Skip("empty text", 1, new Location("data/train.csv", 9))),
                    0,
                    9600,
                    OptionalInt.of(1204),
                    List.of(
                        new SplitCounts.Skip("huge text", 1, new Location("data/train.csv", 5)))),
                1500,
                new ClassBalance(counts),
                new TruncationSummary(1200, 1500, 2, 9, 60000, 128, 140),
                new Lengths())));
  }

  @Test
  void whereThereIsNothingToSayNothingIsSaid() {
    assertEquals(
        List.of(
            "test        test.jsonl: 5 rows, 5 examples",
            "            truncation: nothing cut; the longest sequence has 20 tokens"),
        RunText.lines(
            new SplitSummary(
                "test",
                new Location("test.jsonl", 0),
                new SplitCounts(5, List.of(), 5, List.of(), 0, 0, OptionalInt.empty(), List.of()),
                5,
                new ClassBalance(Map.of()),
                new TruncationSummary(5, 5, 0, 0, 80, 20, 20),
                new Lengths())));
  }

  @Test
  void evaluations() {
    Map<String, Double> metrics = new LinkedHashMap<>();
    metrics.put("accuracy", 0.83);
    metrics.put("macro_f1", 0.8125);
    EvaluationResult one = result(Map.of("loss", 0.6931), metrics, Map.of());
    assertEquals(
        "epoch 2: loss 0.6931, accuracy 0.8300, macro_f1 0.8125 (best so far)",
        RunText.line(new Evaluated("validation", 20, 2, true, one)));
    assertEquals(
        "epoch 3: loss 0.6931, accuracy 0.8300, macro_f1 0.8125",
        RunText.line(new Evaluated("validation", 30, 3, false, one)));
    assertEquals(
        "test: loss 0.6931, accuracy 0.8300, macro_f1 0.8125",
        RunText.line(new Evaluated("test", 0, 0, false, one)));
  }

  @Test
  void eachLossOfSeveralAndWhatWasTunedAreSaid() {
    Map<String, Double> losses = new LinkedHashMap<>();
    losses.put("masked_lm", 0.5);
    losses.put("next_sentence", 0.1931);
    assertEquals(
        "epoch 1: loss 0.6931, masked_lm loss 0.5000, next_sentence loss 0.1931, perplexity 1.6487,"
            + " threshold 0.4300 (best so far)",
        RunText.line(
            new Evaluated(
                "validation",
                10,
                1,
                true,
                result(losses, Map.of("perplexity", 1.6487), Map.of("threshold", 0.43)))));
    assertEquals(
        "epoch 1: loss 0.6931, labels [a, b]",
        RunText.line(
            new Evaluated(
                "validation",
                10,
                1,
                false,
                result(Map.of(), Map.of(), Map.of("labels", List.of("a", "b"))))));
  }

  private static EvaluationResult result(
      Map<String, Double> losses, Map<String, Double> metrics, Map<String, Object> tuned) {
    return new EvaluationResult(12, 0.6931, losses, metrics, List.of(), tuned);
  }

  private static Opening.Training training(int epochs) {
    return new Opening.Training(
        new TrainingSettings(
            epochs,
            BatchSize.ofSequences(32),
            Integer.MAX_VALUE,
            true,
            true,
            ScheduleSpec.of(ScheduleSpec.Kind.LINEAR, new Warmup.Share(0.1)),
            5e-5,
            1,
            Optional.empty(),
            42),
        TrainingSpec.DEFAULT.withClassWeights(Map.of("no", 0.625, "yes", 2.5)),
        1200,
        new MemoryEstimate(
            new BatchShape(32, 128, 0), 87L << 20, 174L << 20, 0, 1L << 20, 1L << 30, 0));
  }

  private static Opening opening(Optional<Opening.Training> training) {
    return new Opening(
        "nli",
        "Does one sentence follow from another?",
        ComputeDevice.CPU,
        "minilm-l6",
        BertConfig.of(30522, 384, 6, 12, 1536, 512, 0),
        22_565_376,
        148_995,
        new WeightAccount(
            List.of("a", "b"),
            List.of("classifier.weight", "classifier.bias"),
            List.of("cls.predictions.bias")),
        training.isPresent()
            ? Optional.empty()
            : Optional.of(
                new EngineChoice(Engine.ONNXRUNTIME, "1.29.0", "on a CPU it is the faster one")),
        training);
  }
}
