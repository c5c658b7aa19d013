// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.graph;

import dev.bertctl.runtime.encoder.BertConfig;
import dev.bertctl.runtime.packing.Batch;
import dev.bertctl.runtime.tensorflow.ComputeDevice;
import dev.bertctl.runtime.tensorflow.Device;
import dev.bertctl.runtime.tensorflow.Precision;
import dev.bertctl.runtime.tensorflow.TensorFlowEngine;
import dev.bertctl.runtime.tokenize.TokenList;
import dev.bertctl.spi.head.ClassifierHead;
import dev.bertctl.spi.packing.Feature;
import dev.bertctl.spi.packing.Sequence;
import dev.bertctl.spi.packing.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;

/**
 * Speed of one training step, dropout included, and of one forward pass in TensorFlow, of a BERT
 * classifier with random weights whose every position is a real token. Beside each figure stands
 * how much of the time its matrix products alone would take.
 *
 * <p>Arguments: LAYERS HIDDEN HEADS BATCH TOKENS [STEPS [DROPOUT [PRECISION [DEVICE]]]], or all for
 * four shapes. Prints a table, and each row as a line of JSON. Of a GPU it also tells which share
 * of its units' peak the products' operations make up.
 */
final class StepBenchmark {

  private static final int VOCABULARY = 30522;

  private static final List<String> SHAPES =
      List.of("6 384 12 32 64", "6 384 12 64 128", "6 384 12 8 384", "12 768 12 16 128");

  private StepBenchmark() {}

  public static void main(String[] args) {
    List<String> shapes =
        args.length == 1 && args[0].equals("all") ? SHAPES : List.of(String.join(" ", args));
    System.out.printf(
        Locale.ROOT,
        "TensorFlow %s, %d processors, Java %s; medians, the share is that of matrix products alone%n%n",
        TensorFlowEngine.load(),
        Runtime.getRuntime().availableProcessors(),
        Runtime.version());
    System.out.println(
        "| layers x hidden, batch x tokens | device, precision | dropout | step, s | share | of peak | sequences/s | forward, s | share | of peak |");
    System.out.println("| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |");
    List<Speed> speeds = new ArrayList<>();
    for (String shape : shapes) {
      Speed speed = measure(Shape.of(shape.split(" ")));
      System.out.println(speed.row());
      speeds.add(speed);
    }
    System.out.println();
    speeds.forEach(speed -> System.out.println(speed.json()));
  }

  private static Speed measure(Shape shape) {
    ComputeDevice device = ComputeDevice.of(shape.device);
    shape.precision.requireUseful(device);
    BertConfig config =
        BertConfig.of(VOCABULARY, shape.hidden, shape.layers, shape.heads, 4 * shape.hidden, 512, 0)
            .withDropout(shape.dropout);
    Batch batch = batch(shape.batch, shape.tokens);
    try (BertModel model =
        BertModel.create(
            "benchmark",
            config,
            new ClassifierHead(List.of("a", "b", "c")),
            new TokenList(List.of("[PAD]")),
            Optional.of(TrainingSpec.DEFAULT.with(shape.precision)),
            device)) {
      initialize(model);
      LossScale scale = shape.precision.scalesLoss() ? LossScale.START : LossScale.NONE;
      Timed train = new Timed(shape.steps);
      Timed infer = new Timed(shape.steps);
      for (int i = 0; i < shape.steps + Timed.WARM_UP; i++) {
        long step = i;
        train.time(
            () -> model.train(List.of(batch), new Optimizer.Step(step + 1, 1e-4, 1, scale), step));
        infer.time(() -> model.predict(batch));
      }
      // A step's backward pass has two products for each of the forward pass'.
      double products =
          new MatrixProducts(device, shape.precision).seconds(config, shape.batch, shape.tokens);
      OptionalDouble peak = GpuPeak.operationsPerSecond(device, shape.precision);
      double atPeak =
          peak.isEmpty()
              ? 0
              : MatrixProducts.operations(config, shape.batch, shape.tokens) / peak.getAsDouble();
      return new Speed(
          shape, device, train.median(), infer.median(), 3 * products, products, atPeak);
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

  /** What is measured. */
  private record Shape(
      int layers,
      int hidden,
      int heads,
      int batch,
      int tokens,
      int steps,
      double dropout,
      Precision precision,
      Device device) {

    static Shape of(String... args) {
      return new Shape(
          Integer.parseInt(args[0]),
          Integer.parseInt(args[1]),
          Integer.parseInt(args[2]),
          Integer.parseInt(args[3]),
          Integer.parseInt(args[4]),
          args.length > 5 ? Integer.parseInt(args[5]) : 8,
          args.length > 6 ? Double.parseDouble(args[6]) : 0.1,
          args.length > 7 ? Precision.of(args[7]) : Precision.FLOAT32,
          Device.of(args.length > 8 ? args[8] : "auto"));
    }
  }

  /**
   * Seconds of a step and a forward pass, of their matrix products alone, and of a forward pass'
   * products at a GPU's peak, 0 if that is not known.
   */
  private record Speed(
      Shape shape,
      ComputeDevice device,
      double train,
      double infer,
      double trainProducts,
      double inferProducts,
      double atPeak) {

    String row() {
      return String.format(
          Locale.ROOT,
          "| %d x %d, %d x %d | %s, %s | %s | %.4f | %.2f | %s | %.1f | %.4f | %.2f | %s |",
          shape.layers,
          shape.hidden,
          shape.batch,
          shape.tokens,
          device,
          shape.precision,
          shape.dropout,
          train,
          trainProducts / train,
          ofPeak(3 * atPeak / train),
          shape.batch / train,
          infer,
          inferProducts / infer,
          ofPeak(atPeak / infer));
    }

    private String ofPeak(double share) {
      return atPeak == 0 ? "" : String.format(Locale.ROOT, "%.2f", share);
    }

    String json() {
      return String.format(
          Locale.ROOT,
          "{\"device\": \"%s\", \"precision\": \"%s\", \"layers\": %d, \"hidden\": %d, \"batch\": %d, \"tokens\": %d,"
              + " \"dropout\": %s, \"train_s\": %.4f,"
              + " \"train_products_s\": %.4f, \"train_seq_per_s\": %.2f, \"infer_s\": %.4f,"
              + " \"infer_products_s\": %.4f, \"infer_seq_per_s\": %.2f, \"infer_s_at_peak\": %s}",
          device,
          shape.precision,
          shape.layers,
          shape.hidden,
          shape.batch,
          shape.tokens,
          shape.dropout,
          train,
          trainProducts,
          shape.batch / train,
          infer,
          inferProducts,
          shape.batch / infer,
          atPeak == 0 ? "null" : String.format(Locale.ROOT, "%.6f", atPeak));
    }
  }
}
