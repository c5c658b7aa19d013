// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.graph;

import dev.bertctl.runtime.encoder.BertConfig;
import dev.bertctl.runtime.packing.Batch;
import dev.bertctl.runtime.tensorflow.ComputeDevice;
import dev.bertctl.runtime.tokenize.TokenList;
import dev.bertctl.spi.head.ClassifierHead;
import dev.bertctl.spi.packing.Feature;
import dev.bertctl.spi.packing.Sequence;
import dev.bertctl.spi.packing.Target;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;

/**
 * Speed of one training step and one forward pass of a BERT classifier with random weights, every
 * position a real token. Arguments: LAYERS HIDDEN HEADS BATCH TOKENS [STEPS [DROPOUT]]; the dropout
 * is that of training, 0.1 unless given. Prints one JSON line.
 */
final class StepBenchmark {

  private static final int VOCABULARY = 30522;

  private StepBenchmark() {}

  public static void main(String[] args) {
    int[] sizes = Arrays.stream(args).limit(6).mapToInt(Integer::parseInt).toArray();
    double dropout = args.length > 6 ? Double.parseDouble(args[6]) : 0.1;
    int hidden = sizes[1];
    BertConfig config =
        BertConfig.of(VOCABULARY, hidden, sizes[0], sizes[2], 4 * hidden, 512, 0)
            .withDropout(dropout);
    Batch batch = batch(sizes[3], sizes[4]);
    int steps = args.length > 5 ? sizes[5] : 8;
    try (BertModel model =
        BertModel.create(
            "benchmark",
            config,
            new ClassifierHead(List.of("a", "b", "c")),
            new TokenList(List.of("[PAD]")),
            Optional.of(TrainingSpec.DEFAULT),
            ComputeDevice.of(dev.bertctl.runtime.tensorflow.Device.of("auto")))) {
      initialize(model);
      double[] train = new double[steps + 2];
      double[] infer = new double[steps + 2];
      for (int i = 0; i < train.length; i++) {
        long start = System.nanoTime();
        model.train(List.of(batch), new Optimizer.Step(i + 1, 1e-4, 1), i);
        train[i] = (System.nanoTime() - start) / 1e9;
        start = System.nanoTime();
        model.predict(batch);
        infer[i] = (System.nanoTime() - start) / 1e9;
      }
      double trainSeconds = median(train);
      double inferSeconds = median(infer);
      System.out.printf(
          Locale.ROOT,
          "{\"layers\": %d, \"hidden\": %d, \"batch\": %d, \"tokens\": %d, \"dropout\": %s, \"train_s\": %.4f, "
              + "\"train_seq_per_s\": %.2f, \"infer_s\": %.4f, \"infer_seq_per_s\": %.2f}%n",
          sizes[0],
          hidden,
          sizes[3],
          sizes[4],
          dropout,
          trainSeconds,
          sizes[3] / trainSeconds,
          inferSeconds,
          sizes[3] / inferSeconds);
    }
  }

  private static void initialize(BertModel model) {
    NewWeights weights = new NewWeights(1, 0.02);
    model
        .parameters()
        .forEach(
            parameter ->
                model.values().assign(parameter.name(), weights.draw(parameter.spec()).values()));
    model.values().clearSlots();
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

  /** The first two steps are warm-up. */
  private static double median(double[] seconds) {
    double[] sorted = Arrays.copyOfRange(seconds, 2, seconds.length);
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
