// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.engine;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.bertctl.runtime.encoder.BertConfig;
import dev.bertctl.runtime.encoder.BertParameters;
import dev.bertctl.runtime.encoder.ParameterSpec;
import dev.bertctl.runtime.graph.HeadDefinition;
import dev.bertctl.runtime.graph.NewWeights;
import dev.bertctl.runtime.huggingface.PretrainedModel;
import dev.bertctl.runtime.inference.InferenceModel;
import dev.bertctl.runtime.onnx.ExportedModel;
import dev.bertctl.runtime.onnx.OnnxFile;
import dev.bertctl.runtime.onnx.Quantization;
import dev.bertctl.runtime.onnx.RuntimeModel;
import dev.bertctl.runtime.onnx.WeightBits;
import dev.bertctl.runtime.onnx.model.OnnxDefinition;
import dev.bertctl.runtime.onnxruntime.OnnxModel;
import dev.bertctl.runtime.packing.Batch;
import dev.bertctl.runtime.tensorflow.ComputeDevice;
import dev.bertctl.runtime.tokenize.TokenList;
import dev.bertctl.runtime.weights.WeightTensor;
import dev.bertctl.spi.head.ClassifierHead;
import dev.bertctl.spi.head.Head;
import dev.bertctl.spi.packing.Feature;
import dev.bertctl.spi.packing.Sequence;
import java.io.IOException;
import java.nio.LongBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/**
 * Speed of a forward pass of a BERT classifier with random weights on the CPU, every position a
 * real token: TensorFlow, ONNX Runtime, int8 in ONNX Runtime, exported files in ONNX Runtime, and
 * another exporter's file if one is given. Arguments: LAYERS HIDDEN HEADS BATCH TOKENS [FILE]. Each
 * round runs all of them once, in turn; it prints medians, and the median of each round's ratio to
 * TensorFlow.
 */
final class EngineBenchmark {

  private static final int VOCABULARY = 30522;
  private static final Head HEAD = new ClassifierHead(List.of("a", "b", "c"));
  private static final double SECONDS = 12;
  private static final int FEWEST = 7;

  private final Map<String, Pass> passes = new LinkedHashMap<>();
  private final List<AutoCloseable> opened = new ArrayList<>();

  private EngineBenchmark() {}

  public static void main(String[] args) throws Exception {
    int[] sizes = Arrays.stream(args).limit(5).mapToInt(Integer::parseInt).toArray();
    BertConfig config =
        BertConfig.of(VOCABULARY, sizes[1], sizes[0], sizes[2], 4 * sizes[1], 512, 0);
    EngineBenchmark benchmark = new EngineBenchmark();
    benchmark.open(pretrained(config), batch(sizes[3], sizes[4]), args);
    benchmark.run(String.join(" ", Arrays.asList(args).subList(0, 5)));
    for (AutoCloseable each : benchmark.opened) {
      each.close();
    }
  }

  /** One forward pass. */
  private interface Pass {
    void run() throws OrtException;
  }

  private static PretrainedModel pretrained(BertConfig config) {
    NewWeights random = new NewWeights(1, 0.02);
    List<ParameterSpec> specs = new ArrayList<>(BertParameters.encoder(config));
    specs.addAll(BertParameters.pooler(config));
    specs.addAll(ParameterSpec.dense("classifier", config.hiddenSize(), 3));
    Map<String, WeightTensor> weights = new LinkedHashMap<>();
    specs.forEach(spec -> weights.put(spec.name(), random.draw(spec)));
    return new PretrainedModel("random", Path.of("random"), config, weights);
  }

  private void open(PretrainedModel files, Batch batch, String[] args)
      throws OrtException, IOException {
    TokenList vocabulary = new TokenList(List.of("[PAD]"));
    for (Engine engine : List.of(Engine.TENSORFLOW, Engine.ONNXRUNTIME)) {
      add(
          engine.toString(),
          InferenceModels.open(
                  "benchmark",
                  files.config(),
                  HEAD,
                  vocabulary,
                  files,
                  engine,
                  Quantize.NONE,
                  ComputeDevice.CPU)
              .model(),
          batch);
    }
    HeadDefinition head = HeadDefinition.of("benchmark", files.config(), HEAD, vocabulary);
    RuntimeModel int8 =
        RuntimeModel.of(head, files.config(), files.weights()::get).quantized(WeightBits.EIGHT);
    add(
        "onnxruntime int8",
        OnnxModel.open(files.config(), vocabulary, int8, HEAD.targets()),
        batch);
    OnnxDefinition exported =
        ExportedModel.of(head, files.config(), HEAD.architecture(), files.weights()::get);
    Path folder = Files.createTempDirectory("bertctl-benchmark");
    addFile("exported", written(folder.resolve("model.onnx"), exported), batch);
    addFile(
        "exported int8",
        written(folder.resolve("int8.onnx"), Quantization.of(exported, WeightBits.EIGHT)),
        batch);
    if (args.length > 5) {
      addFile("given file", Path.of(args[5]), batch);
    }
  }

  private static Path written(Path file, OnnxDefinition graph) {
    OnnxFile.write(file, graph, Map.of());
    file.toFile().deleteOnExit();
    file.getParent().toFile().deleteOnExit();
    return file;
  }

  private void add(String name, InferenceModel model, Batch batch) {
    opened.add(model);
    passes.put(name, () -> model.predict(batch));
  }

  /** With as many threads, and all optimizations. */
  private void addFile(String name, Path file, Batch batch) throws OrtException {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    OrtSession.SessionOptions options = new OrtSession.SessionOptions();
    options.setIntraOpNumThreads(Runtime.getRuntime().availableProcessors());
    options.setInterOpNumThreads(1);
    OrtSession session = environment.createSession(file.toString(), options);
    opened.add(session);
    opened.add(options);
    passes.put(
        name,
        () -> {
          Map<String, OnnxTensor> inputs = new LinkedHashMap<>();
          inputs.put("input_ids", longs(environment, batch, batch.ids()));
          inputs.put("attention_mask", longs(environment, batch, batch.mask()));
          inputs.put("token_type_ids", longs(environment, batch, batch.segments()));
          try (OrtSession.Result result = session.run(inputs)) {
            ((OnnxTensor) result.get(0)).getFloatBuffer();
          } finally {
            inputs.values().forEach(OnnxTensor::close);
          }
        });
  }

  private static OnnxTensor longs(OrtEnvironment environment, Batch batch, int[] values)
      throws OrtException {
    return OnnxTensor.createTensor(
        environment,
        LongBuffer.wrap(Arrays.stream(values).asLongStream().toArray()),
        new long[] {batch.sequences(), batch.tokens()});
  }

  private static Batch batch(int size, int tokens) {
    Random random = new Random(1);
    List<Feature> features = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      int[] ids = random.ints(tokens, 0, VOCABULARY).toArray();
      features.add(Feature.of(new Sequence(ids, new int[tokens], List.of(), List.of())));
    }
    return Batch.of(features, 0);
  }

  private void run(String shape) throws OrtException {
    Map<String, List<Double>> seconds = new LinkedHashMap<>();
    passes.keySet().forEach(name -> seconds.put(name, new ArrayList<>()));
    long end = System.nanoTime() + (long) (SECONDS * passes.size() * 1e9);
    for (int round = -2; round < FEWEST || round < 200 && System.nanoTime() < end; round++) {
      for (Map.Entry<String, Pass> pass : passes.entrySet()) {
        long start = System.nanoTime();
        pass.getValue().run();
        if (round >= 0) { // the first two are warm-up
          seconds.get(pass.getKey()).add((System.nanoTime() - start) / 1e9);
        }
      }
    }
    List<Double> reference = seconds.values().iterator().next();
    seconds.forEach(
        (name, own) -> {
          double[] ratios = new double[own.size()];
          for (int i = 0; i < ratios.length; i++) {
            ratios[i] = reference.get(i) / own.get(i);
          }
          System.out.printf(
              Locale.ROOT,
              "%s  %-17s median %9.2f ms  least %9.2f ms  %5.2fx of TensorFlow (%d rounds)%n",
              shape,
              name,
              1e3 * median(own.stream().mapToDouble(Double::doubleValue).toArray()),
              1e3 * own.stream().mapToDouble(Double::doubleValue).min().orElseThrow(),
              median(ratios),
              own.size());
        });
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
