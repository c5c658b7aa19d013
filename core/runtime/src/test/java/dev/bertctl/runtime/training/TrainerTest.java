// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.bertctl.runtime.GreedyHead;
import dev.bertctl.runtime.TinyBert;
import dev.bertctl.runtime.TinyTask;
import dev.bertctl.runtime.graph.BertModel;
import dev.bertctl.runtime.graph.LossScale;
import dev.bertctl.runtime.graph.ParameterGroups;
import dev.bertctl.runtime.graph.RandomModel;
import dev.bertctl.runtime.graph.TrainingSpec;
import dev.bertctl.runtime.packing.BatchSize;
import dev.bertctl.runtime.packing.FeatureDraws;
import dev.bertctl.runtime.packing.FeatureStore;
import dev.bertctl.runtime.packing.SequencePacker;
import dev.bertctl.runtime.tensorflow.OutOfDeviceMemoryException;
import dev.bertctl.runtime.tensorflow.Precision;
import dev.bertctl.runtime.tensorflow.line.TensorFlowLine;
import dev.bertctl.runtime.tokenize.Tokenizer;
import dev.bertctl.runtime.tokenize.Tokenizers;
import dev.bertctl.spi.data.LabelledText;
import dev.bertctl.spi.data.Labels;
import dev.bertctl.spi.head.Head;
import dev.bertctl.spi.packing.Draw;
import dev.bertctl.spi.packing.Feature;
import dev.bertctl.spi.packing.InputPacking;
import dev.bertctl.spi.packing.Packer;
import dev.bertctl.spi.packing.Sequence;
import dev.bertctl.spi.packing.Target;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrainerTest {

  private static final int FEATURES = 21;
  private static final List<String> LABELS = List.of("no", "yes");
  private static final Head HEAD = TinyTask.classification(new Labels(LABELS)).head();

  @TempDir Path folder;
  private Tokenizer tokenizer;
  private FeatureStore features;

  @BeforeEach
  void open() {
    TinyBert.write(folder, 0);
    tokenizer = Tokenizers.open(folder);
    Random random = new Random(1);
    try (FeatureStore.Writer writer = FeatureStore.write(folder.resolve("features"))) {
      for (int i = 0; i < FEATURES; i++) {
        Sequence sequence = RandomModel.sequence(random, 4 + random.nextInt(8));
        // Some have two sequences, and so do not share a batch with the others.
        writer.add(
            i,
            i % 7 == 0
                ? Feature.of(List.of(sequence, sequence), Target.of(0))
                : Feature.of(sequence, Target.of(random.nextInt(2))));
      }
      features = writer.finish();
    }
  }

  @AfterEach
  void close() {
    features.close();
    tokenizer.close();
  }

  @Test
  void stepsAndEpochsAreCounted() {
    List<StepReport> steps = new ArrayList<>();
    List<TrainingState> states = new ArrayList<>();
    try (BertModel model = model()) {
      Trainer trainer = trainer(model, settings(3, 1e-3), new Replacing());
      trainer.train(
          TrainingState.START,
          (report, state) -> {
            steps.add(report);
            states.add(state);
            return true;
          });
      assertEquals(steps.size(), trainer.totalSteps());
      int perEpoch = steps.size() / 3;
      for (int i = 0; i < steps.size(); i++) {
        StepReport step = steps.get(i);
        assertEquals(i + 1, step.step());
        assertEquals(i / perEpoch + 1, step.epoch());
        assertEquals((i + 1.0) / perEpoch, step.epochsDone(), 1e-12);
        assertEquals(i == steps.size() - 1, step.last());
        assertEquals((i + 1) / perEpoch, states.get(i).epoch());
        assertEquals((i + 1) % perEpoch, states.get(i).batch());
        assertEquals(i + 1, states.get(i).step());
      }
      assertEquals(FEATURES, steps.get(0).epochFeatures());
      assertEquals(
          FEATURES,
          steps.stream().filter(step -> step.epoch() == 2).mapToInt(StepReport::features).sum());
    }
  }

  @Test
  void runsAreRepeatable() {
    List<String> seen = new ArrayList<>();
    List<String> again = new ArrayList<>();
    try (BertModel first = model();
        BertModel second = model()) {
      train(first, TrainingState.START, new Replacing(seen));
      train(second, TrainingState.START, new Replacing(again));
      assertEquals(seen, again);
      assertEquals(values(first), values(second));
    }
  }

  /** Some of its steps have gradients that float16 cannot hold. */
  @Test
  void stepsWithTooLargeGradientsAreSkippedAndCounted() {
    List<StepReport> reports = new ArrayList<>();
    List<TrainingState> states = new ArrayList<>();
    try (BertModel model = halfPrecision()) {
      TrainingState start =
          new TrainingState(0, 0, 0, 1, Duration.ZERO, new LossScale(0x1p22, 0, 0));
      Map<String, FloatBuffer> before = values(model);
      trainer(model, settings(2, 1e-2), new Replacing())
          .train(
              start,
              (report, state) -> {
                boolean changed = !before.equals(values(model));
                assertEquals(!report.trained().skipped(), changed, "step " + report.step());
                before.putAll(values(model));
                reports.add(report);
                states.add(state);
                return true;
              });
    }
    long skipped = reports.stream().filter(report -> report.trained().skipped()).count();
    assertTrue(skipped > 0 && skipped < reports.size() / 2, skipped + " were skipped");
    TrainingState end = states.get(states.size() - 1);
    assertEquals(skipped, end.scale().skipped());
    assertEquals(0x1p22 / (1 << skipped), end.scale().value());
    assertEquals(end.scale(), reports.get(reports.size() - 1).scale());
  }

  @Test
  void aResumedRunGoesOnWithItsScale() {
    try (BertModel whole = halfPrecision();
        BertModel resumed = halfPrecision()) {
      Map<String, FloatBuffer> saved = new LinkedHashMap<>();
      List<TrainingState> states = new ArrayList<>();
      TrainingState start =
          new TrainingState(0, 0, 0, 1, Duration.ZERO, new LossScale(0x1p22, 0, 0));
      trainer(whole, settings(2, 1e-2), new Replacing())
          .train(
              start,
              (report, state) -> {
                if (report.step() == 6) {
                  saved.putAll(values(whole));
                  states.add(state);
                }
                return true;
              });
      saved.forEach(resumed.values()::assign);
      train(resumed, states.get(0), new Replacing());
      assertTrue(states.get(0).scale().skipped() > 0);
      assertEquals(values(whole), values(resumed));
    }
  }

  @Test
  void anEpochSeesOtherFeatures() {
    List<String> seen = new ArrayList<>();
    try (BertModel model = model()) {
      train(model, TrainingState.START, new Replacing(seen));
    }
    // The largest batch is seen once before, when its memory is tried.
    seen = seen.subList(4, seen.size());
    assertEquals(2 * FEATURES, seen.size());
    List<String> first = seen.subList(0, FEATURES).stream().sorted().toList();
    List<String> second = seen.subList(FEATURES, 2 * FEATURES).stream().sorted().toList();
    assertNotEquals(first, second);
  }

  /** From the weights and slots after any step on. */
  @ParameterizedTest
  @ValueSource(ints = {1, 3, 6, 8})
  void resumedRunsEndAsUninterruptedOnes(int stop) {
    try (BertModel whole = model();
        BertModel resumed = model()) {
      Map<String, FloatBuffer> saved = new LinkedHashMap<>();
      List<TrainingState> states = new ArrayList<>();
      trainer(whole, settings(2, 1e-2), new Replacing())
          .train(
              TrainingState.START,
              (report, state) -> {
                if (report.step() == stop) {
                  saved.putAll(values(whole));
                  states.add(state);
                }
                return true;
              });
      saved.forEach(resumed.values()::assign);
      train(resumed, states.get(0), new Replacing());
      assertEquals(values(whole), values(resumed));
      assertNotEquals(saved, values(whole));
    }
  }

  @Test
  void theObserverEndsIt() {
    try (BertModel model = model()) {
      List<Long> steps = new ArrayList<>();
      trainer(model, settings(2, 1e-2), new Replacing())
          .train(
              TrainingState.START,
              (report, state) -> {
                steps.add(report.step());
                return report.step() < 4;
              });
      assertEquals(List.of(1L, 2L, 3L, 4L), steps);
    }
  }

  @Test
  void aTimeBudgetEndsTheRunAndItsSchedule() {
    try (BertModel model = model()) {
      TrainingSettings settings =
          settings(1000, 1e-3, BatchSize.ofSequences(4), Optional.of(Duration.ofMillis(300)));
      List<StepReport> steps = new ArrayList<>();
      Trainer trainer = trainer(model, settings, new Replacing());
      trainer.train(
          TrainingState.START,
          (report, state) -> {
            steps.add(report);
            return true;
          });
      assertTrue(steps.size() < trainer.totalSteps());
      StepReport last = steps.get(steps.size() - 1);
      assertTrue(last.last());
      // What was used before counts too.
      TrainingState late =
          new TrainingState(0, 0, 0, 1, Duration.ofMillis(299).plusNanos(999_999), LossScale.NONE);
      List<Double> rates = new ArrayList<>();
      trainer.train(
          late,
          (report, state) -> {
            rates.add(report.learningRate());
            return true;
          });
      assertEquals(1, rates.size());
      assertEquals(0, rates.get(0), 1e-6);
    }
  }

  private static Map<String, FloatBuffer> values(BertModel model) {
    Map<String, FloatBuffer> values = new LinkedHashMap<>();
    model.values().names().forEach(name -> values.put(name, model.values().read(name).values()));
    return values;
  }

  @Test
  void divergenceIsToldWithTheLearningRate() {
    try (BertModel model = model()) {
      float[] broken = new float[] {Float.NaN, Float.NaN};
      model.values().assign("classifier.bias", FloatBuffer.wrap(broken));
      DivergedException e =
          assertThrows(
              DivergedException.class, () -> train(model, TrainingState.START, new Replacing()));
      assertEquals(
          "training diverged at step 1: loss NaN, gradient norm NaN; lower train.learning-rate (now 0.01)",
          e.getMessage());
      assertEquals(1, e.step().number());
      assertTrue(e.step().features().length > 0);
    }
  }

  @Test
  void aLossThatGrowsBeyondMeasureIsDivergence() {
    Divergence divergence = new Divergence();
    for (int i = 0; i < 100; i++) {
      assertEquals(Optional.empty(), divergence.after(trained(2)));
    }
    Optional<String> problem = Optional.empty();
    int steps = 0;
    while (problem.isEmpty()) {
      problem = divergence.after(trained(50));
      steps++;
    }
    assertEquals(4, steps);
    assertEquals("the mean loss of 10 steps is 21.20, and was 2.000 at first", problem.get());
  }

  @Test
  void aBatchThatCouldBeDividedIsToldWithItsParts() {
    GreedyHead head = GreedyHead.in(folder, LABELS);
    try (BertModel model = model(head)) {
      Trainer trainer = trainer(model, settings(2, 1e-2), new Replacing());
      BatchTooLargeException e =
          assertThrows(
              BatchTooLargeException.class,
              () -> trainer.train(TrainingState.START, leavingRoom(head, 2)));
      assertEquals(1, e.parts());
      assertTrue(
          e.getMessage().startsWith("TensorFlow has not enough memory for a batch (OOM when "),
          e.getMessage());

      head.leaveRoom(GreedyHead.PLENTY);
      TrainingState divided = TrainingState.START.inParts(2);
      assertEquals(
          2,
          assertThrows(
                  BatchTooLargeException.class, () -> trainer.train(divided, leavingRoom(head, 1)))
              .parts());
    }
  }

  @Test
  void aBatchOfOneThatDoesNotFitEndsTheTraining() {
    GreedyHead head = GreedyHead.in(folder, LABELS);
    try (BertModel model = model(head)) {
      Trainer trainer = trainer(model, settings(2, 1e-2), new Replacing());
      TrainingState divided = TrainingState.START.inParts(4);
      assertTooLarge(() -> trainer.train(divided, leavingRoom(head, 0)));
      // Where it has been so from the beginning, that is found out by dividing.
      List<Integer> tried = new ArrayList<>();
      TrainingObserver dividing =
          new TrainingObserver() {
            @Override
            public void divided(int parts) {
              tried.add(parts);
            }

            @Override
            public boolean stepped(StepReport report, TrainingState state) {
              throw new AssertionError("step " + report.step());
            }
          };
      assertTooLarge(() -> trainer.train(TrainingState.START, dividing));
      assertEquals(List.of(2, 4), tried);
    }
  }

  private static void assertTooLarge(Executable training) {
    OutOfDeviceMemoryException e = assertThrows(OutOfDeviceMemoryException.class, training);
    assertTrue(
        e.getMessage()
            .matches(
                "TensorFlow has not enough memory for a batch of one \\(OOM when allocating [^\n]*\\); make max-length smaller, take a smaller model, or set train.gradient-checkpointing: true"),
        e.getMessage());
  }

  private static TrainingObserver leavingRoom(GreedyHead head, int rows) {
    return (report, state) -> {
      head.leaveRoom(rows);
      return true;
    };
  }

  private static BertModel.Trained trained(double loss) {
    return new BertModel.Trained(loss, Map.of(), 1, false);
  }

  /** Two epochs. */
  private void train(BertModel model, TrainingState start, InputPacking<LabelledText> packing) {
    trainer(model, settings(2, 1e-2), packing).train(start, (report, state) -> true);
  }

  private Trainer trainer(
      BertModel model, TrainingSettings settings, InputPacking<LabelledText> packing) {
    SequencePacker packer = new SequencePacker(tokenizer, 16, 2);
    return new Trainer(
        model,
        new TrainingBatches(
            features,
            new FeatureDraws(packing, packer, features, settings.seed()),
            settings,
            packer.padId()),
        settings);
  }

  private static TrainingSettings settings(int epochs, double learningRate) {
    return settings(epochs, learningRate, BatchSize.ofSequences(4), Optional.empty());
  }

  private static TrainingSettings settings(
      int epochs, double learningRate, BatchSize size, Optional<Duration> budget) {
    return new TrainingSettings(
        epochs,
        size,
        Integer.MAX_VALUE,
        true,
        true,
        ScheduleSpec.of(ScheduleSpec.Kind.LINEAR, new Warmup.Share(0.1)),
        learningRate,
        1,
        budget,
        42);
  }

  private static BertModel model() {
    return model(HEAD);
  }

  private static BertModel model(Head head) {
    return model(head, Precision.FLOAT32);
  }

  private static BertModel halfPrecision() {
    assumeTrue(TensorFlowLine.COMPUTES_FLOAT16);
    return model(HEAD, Precision.FLOAT16);
  }

  private static BertModel model(Head head, Precision precision) {
    return RandomModel.of(
        head,
        0.1,
        Optional.of(TrainingSpec.DEFAULT.with(ParameterGroups.uniform(1, 0.01)).with(precision)));
  }

  /** Takes the first sequence and replaces its second token by a random one. */
  private record Replacing(List<String> seen) implements InputPacking<LabelledText> {

    Replacing() {
      this(new ArrayList<>());
    }

    @Override
    public List<Feature> pack(LabelledText example, Packer packer) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Feature draw(Feature packed, Draw draw) {
      Sequence sequence = packed.sequences().get(0);
      int[] ids = sequence.ids().clone();
      ids[1] = 5 + draw.random().nextInt(TinyBert.WORDS.size());
      seen.add(Arrays.toString(ids));
      return Feature.of(sequence.withIds(ids), packed.target());
    }
  }
}
