// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bertctl.runtime.distributed.DistributedSteps;
import dev.bertctl.runtime.distributed.LostProcessException;
import dev.bertctl.runtime.distributed.TrainingFolder;
import dev.bertctl.runtime.graph.BertModel;
import dev.bertctl.runtime.graph.ModelWeights;
import dev.bertctl.runtime.graph.Optimizer;
import dev.bertctl.runtime.graph.OptimizerSpec;
import dev.bertctl.runtime.graph.TrainingSpec;
import dev.bertctl.runtime.huggingface.ModelLoader;
import dev.bertctl.runtime.packing.Batch;
import dev.bertctl.runtime.packing.SequencePacker;
import dev.bertctl.runtime.predict.DescribedTask;
import dev.bertctl.runtime.predict.PredictorOptions;
import dev.bertctl.runtime.tensorflow.ComputeDevice;
import dev.bertctl.runtime.tokenize.Tokenizer;
import dev.bertctl.runtime.tokenize.Tokenizers;
import dev.bertctl.runtime.weights.ElementType;
import dev.bertctl.spi.packing.Feature;
import dev.bertctl.spi.packing.Sequence;
import dev.bertctl.spi.packing.Target;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Executors that are processes of their own train a model together; what they send each other is
 * authenticated and encrypted.
 */
class SparkProcessesTest {

  private static final TrainingSpec SPEC = TrainingSpec.DEFAULT.with(new OptimizerSpec.Sgd(0.9));

  @TempDir static Path temporary;

  private static SparkSession session;
  private static Path folder;
  private static Path source;

  @BeforeAll
  static void open() throws IOException {
    LocalSpark.session().stop();
    Path model = LocalSpark.model(temporary, "ner", Map.of("labels", "O,B-x,I-x"));
    folder = Files.createDirectory(temporary.resolve("training"));
    for (Path file : ModelFiles.in(model)) {
      if (!file.toString().endsWith(".safetensors")) {
        Files.copy(file, folder.resolve(file.getFileName()));
      }
    }
    source = model;
    session =
        LocalSpark.builder()
            .master("local-cluster[2,1,1024]")
            .config("spark.executor.extraClassPath", System.getProperty("java.class.path"))
            .config("spark.executor.extraJavaOptions", "-XX:ActiveProcessorCount=1")
            .config("spark.stage.maxConsecutiveAttempts", "1")
            .config("spark.authenticate", "true")
            .config("spark.authenticate.secret", "known to all")
            .config("spark.network.crypto.enabled", "true")
            .config("spark.deploy.maxExecutorRetries", "30")
            .getOrCreate();
  }

  @AfterAll
  static void close() {
    session.stop();
  }

  @Test
  void stepsEqualThoseOfOneProcess() {
    List<List<Batch>> steps = steps();
    try (BertModel alone = model();
        BertModel model = model();
        SparkProcesses processes = processes()) {
      for (int i = 0; i < steps.size(); i++) {
        alone.train(steps.get(i), step(i), i);
      }
      TrainingFolder.write(folder, model, SPEC, 0, ElementType.F32);
      DistributedSteps distributed = new DistributedSteps(model, processes, 1);
      assertEquals(2, distributed.begin(folder).size());
      distributed.rehearse(steps.get(0).get(0), 0);
      double first = 0;
      for (int i = 0; i < steps.size(); i++) {
        double loss = distributed.train(steps.get(i), step(i), i).loss();
        first = i == 0 ? loss : first;
        assertTrue(i == 0 || loss != first);
      }
      distributed.bring(temporary);
      assertEqual(values(alone), values(model), 1e-6);
    }
  }

  @Test
  void aProcessThatIsKilledIsNamedAndTheTrainingBeginsAgain() {
    List<List<Batch>> steps = steps();
    try (BertModel model = model();
        SparkProcesses processes = processes()) {
      TrainingFolder.write(folder, model, SPEC, 0, ElementType.F32);
      DistributedSteps distributed = new DistributedSteps(model, processes, 1);
      distributed.begin(folder);
      distributed.train(steps.get(0), step(0), 0);
      ProcessHandle.current()
          .descendants()
          .filter(process -> process.info().command().orElse("").endsWith("java"))
          .findFirst()
          .orElseThrow()
          .destroyForcibly();
      LostProcessException lost =
          assertThrows(
              LostProcessException.class,
              () -> {
                for (int i = 1; i < 1000; i++) {
                  distributed.train(steps.get(1), step(1), 1);
                }
              });
      assertTrue(
          lost.getMessage().matches("executor \\d+ on \\S+ was lost: Command exited with code 137"),
          lost.getMessage());
      assertEquals(2, distributed.begin(folder).size());
      distributed.train(steps.get(0), step(0), 0);
      distributed.bring(temporary);
    }
  }

  @Test
  void executorsThatTrainAnotherModelAreNotAskedForThisOne() {
    try (BertModel model = model();
        SparkProcesses processes = processes();
        SparkProcesses others = processes()) {
      TrainingFolder.write(folder, model, SPEC, 0, ElementType.F32);
      processes.begin(folder);
      others.begin(folder);
      LostProcessException lost =
          assertThrows(
              LostProcessException.class,
              () -> processes.collect(temporary.resolve("collected.safetensors")));
      assertTrue(
          lost.getMessage().endsWith("is not one of the processes that have begun"),
          lost.getMessage());
    }
  }

  private static SparkProcesses processes() {
    return new SparkProcesses(
        new JavaSparkContext(session.sparkContext()), 2, "cpu", Duration.ofSeconds(60));
  }

  private static BertModel model() {
    var pretrained = ModelLoader.load("tiny", source);
    try (Tokenizer tokenizer = Tokenizers.open(source)) {
      var head = DescribedTask.of(source, PredictorOptions.DEFAULT).task().head();
      BertModel model =
          BertModel.create(
              "ner",
              pretrained.config(),
              head,
              new SequencePacker(tokenizer, 16, 2).vocabulary(),
              Optional.of(SPEC),
              ComputeDevice.CPU);
      ModelWeights.load(model, head, pretrained, 1);
      model.values().clearSlots();
      return model;
    }
  }

  private static Optimizer.Step step(int index) {
    return new Optimizer.Step(index + 1, 0.1, 1);
  }

  private static Map<String, float[]> values(BertModel model) {
    Map<String, float[]> all = new LinkedHashMap<>();
    for (String name : model.values().names()) {
      FloatBuffer values = model.values().read(name).values();
      float[] copy = new float[values.remaining()];
      values.get(copy);
      all.put(name, copy);
    }
    return all;
  }

  private static void assertEqual(
      Map<String, float[]> expected, Map<String, float[]> actual, double tolerance) {
    expected.forEach(
        (name, values) -> assertArrayEquals(values, actual.get(name), (float) tolerance, name));
  }

  /** Of other lengths, and with other numbers of targets, in two parts. */
  private static List<List<Batch>> steps() {
    Random random = new Random(3);
    List<List<Batch>> steps = new ArrayList<>();
    for (int step = 0; step < 5; step++) {
      List<Batch> parts = new ArrayList<>();
      for (int part = 0; part < 2; part++) {
        List<Feature> features = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
          int length = 5 + random.nextInt(6);
          int[] labels = random.ints(length, 0, 3).toArray();
          Arrays.fill(labels, 1, 1 + random.nextInt(length), Target.IGNORED);
          int[] ids = random.ints(length, 5, 20).toArray();
          features.add(
              Feature.of(
                  new Sequence(ids, new int[length], List.of(), List.of()), Target.of(labels)));
        }
        parts.add(Batch.of(features, 0));
      }
      steps.add(parts);
    }
    return steps;
  }
}
