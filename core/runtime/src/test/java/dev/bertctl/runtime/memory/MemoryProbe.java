// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.memory;

import dev.bertctl.runtime.encoder.BertConfig;
import dev.bertctl.runtime.encoder.ParameterSpec;
import dev.bertctl.runtime.graph.BertModel;
import dev.bertctl.runtime.graph.Optimizer;
import dev.bertctl.runtime.graph.TrainingSpec;
import dev.bertctl.runtime.packing.Batch;
import dev.bertctl.runtime.tensorflow.ComputeDevice;
import dev.bertctl.runtime.tensorflow.TensorFlowEngine;
import dev.bertctl.runtime.tokenize.TokenList;
import dev.bertctl.spi.head.ClassifierHead;
import dev.bertctl.spi.packing.Feature;
import dev.bertctl.spi.packing.Sequence;
import dev.bertctl.spi.packing.Target;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;

/**
 * How much memory this process takes for a few training steps of a classifier, every position a
 * real token. Arguments: LAYERS HIDDEN BATCH TOKENS CHECKPOINTING. The heap is to be fixed and
 * touched when the process starts, so that what grows is TensorFlow's.
 */
final class MemoryProbe {

  static final int VOCABULARY = 30522;
  private static final int STEPS = 3;

  private MemoryProbe() {}

  public static void main(String[] args) throws IOException {
    int[] sizes = Arrays.stream(args).limit(4).mapToInt(Integer::parseInt).toArray();
    BertConfig config = config(sizes[0], sizes[1]);
    TrainingSpec training =
        Boolean.parseBoolean(args[4])
            ? TrainingSpec.DEFAULT.withGradientCheckpointing()
            : TrainingSpec.DEFAULT;
    Batch batch = batch(sizes[2], sizes[3]);
    TensorFlowEngine.load();
    long before = status("VmRSS");
    double best = Double.MAX_VALUE;
    try (BertModel model =
        BertModel.create(
            "probe",
            config,
            new ClassifierHead(List.of("a", "b", "c")),
            new TokenList(List.of("[PAD]")),
            Optional.of(training),
            ComputeDevice.CPU)) {
      // No value matters to the memory that it takes; random ones would take minutes.
      model
          .parameters()
          .forEach(parameter -> model.values().assign(parameter.name(), filled(parameter.spec())));
      model.values().clearSlots();
      for (int step = 1; step <= STEPS; step++) {
        long start = System.nanoTime();
        model.train(List.of(batch), new Optimizer.Step(step, 1e-4, 1), step);
        best = Math.min(best, (System.nanoTime() - start) / 1e9);
      }
    }
    System.out.printf(
        Locale.ROOT, "{\"bytes\": %d, \"seconds\": %.3f}%n", status("VmHWM") - before, best);
  }

  static BertConfig config(int layers, int hidden) {
    return BertConfig.of(VOCABULARY, hidden, layers, 12, 4 * hidden, 512, 0);
  }

  private static FloatBuffer filled(ParameterSpec spec) {
    float[] values = new float[Math.toIntExact(spec.size())];
    Arrays.fill(values, 0.01f);
    return FloatBuffer.wrap(values);
  }

  private static Batch batch(int size, int tokens) {
    Random random = new Random(1);
    List<Feature> features = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      int[] ids = random.ints(tokens, 0, VOCABULARY).toArray();
      Sequence sequence = new Sequence(ids, new int[tokens], List.of(), List.of());
      features.add(Feature.of(sequence, Target.of(random.nextInt(3))));
    }
    return Batch.of(features, 0);
  }

  /** Bytes of a line of /proc/self/status. */
  private static long status(String name) throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith(name + ":"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
        .findFirst()
        .orElseThrow();
  }
}
