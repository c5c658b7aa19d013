// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.bertctl.runtime.TinyBert;
import dev.bertctl.runtime.TinyTask;
import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.evaluation.Evaluation;
import dev.bertctl.runtime.graph.BertModel;
import dev.bertctl.runtime.graph.RandomModel;
import dev.bertctl.runtime.packing.FeatureDraws;
import dev.bertctl.runtime.packing.FeatureStore;
import dev.bertctl.runtime.packing.SequencePacker;
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
import org.junit.jupiter.api.io.TempDir;

class TrainerTest {

  private static final int FEATURES = 21;
  private static final Head HEAD = TinyTask.classification(new Labels(List.of("no", "yes"))).head();

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
          epoch -> Optional.empty(),
          new TrainingObserver() {
            @Override
            public void stepped(StepReport report) {
              steps.add(report);
            }

            @Override
            public void epochEnded(TrainingState state, Optional<Evaluation> evaluation) {
              states.add(state);
            }
          });
      assertEquals(steps.size(), trainer.totalSteps());
      assertEquals(
          List.of(
              new TrainingState(1, steps.size() / 3),
              new TrainingState(2, 2 * steps.size() / 3),
              new TrainingState(3, steps.size())),
          states);
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
      train(first, TrainingState.START, new Replacing(seen), epoch -> Optional.empty());
      train(second, TrainingState.START, new Replacing(again), epoch -> Optional.empty());
      assertEquals(seen, again);
      assertEquals(values(first), values(second));
    }
  }

  @Test
  void anEpochSeesOtherFeatures() {
    List<String> seen = new ArrayList<>();
    try (BertModel model = model()) {
      train(model, TrainingState.START, new Replacing(seen), epoch -> Optional.empty());
    }
    assertEquals(2 * FEATURES, seen.size());
    List<String> first = seen.subList(0, FEATURES).stream().sorted().toList();
    List<String> second = seen.subList(FEATURES, 2 * FEATURES).stream().sorted().toList();
    assertNotEquals(first, second);
  }

  /** From the weights and moments after the first epoch on. */
  @Test
  void resumedRunsEndAsUninterruptedOnes() {
    try (BertModel whole = model();
        BertModel resumed = model()) {
      Map<String, FloatBuffer> saved = new LinkedHashMap<>();
      train(
          whole,
          TrainingState.START,
          new Replacing(),
          epoch -> {
            if (epoch == 1) {
              saved.putAll(values(whole));
            }
            return Optional.empty();
          });
      saved.forEach(resumed.values()::assign);
      long steps = trainer(whole, settings(2, 1e-2), new Replacing()).totalSteps();
      train(resumed, new TrainingState(1, steps / 2), new Replacing(), epoch -> Optional.empty());
      assertEquals(values(whole), values(resumed));
      assertNotEquals(saved, values(whole));
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
      UserException e =
          assertThrows(
              UserException.class,
              () -> train(model, TrainingState.START, new Replacing(), epoch -> Optional.empty()));
      assertEquals(
          "training diverged at step 1: loss NaN, gradient norm NaN; lower train.learning-rate (now 0.01)",
          e.getMessage());
    }
  }

  /** Two epochs. */
  private void train(
      BertModel model,
      TrainingState start,
      InputPacking<LabelledText> packing,
      Trainer.EpochEvaluator evaluator) {
    trainer(model, settings(2, 1e-2), packing).train(start, evaluator, observer());
  }

  private static TrainingObserver observer() {
    return new TrainingObserver() {
      @Override
      public void stepped(StepReport report) {}

      @Override
      public void epochEnded(TrainingState state, Optional<Evaluation> evaluation) {}
    };
  }

  private Trainer trainer(
      BertModel model, TrainingSettings settings, InputPacking<LabelledText> packing) {
    SequencePacker packer = new SequencePacker(tokenizer, 16, 2);
    return new Trainer(
        model,
        features,
        new FeatureDraws(packing, packer, features, settings.seed()),
        settings,
        packer.padId());
  }

  private static TrainingSettings settings(int epochs, double learningRate) {
    return new TrainingSettings(
        epochs,
        4,
        true,
        true,
        ScheduleSpec.of(ScheduleSpec.Kind.LINEAR, new Warmup.Share(0.1)),
        learningRate,
        0.01,
        1,
        42);
  }

  private static BertModel model() {
    return RandomModel.of(HEAD, 0.1, BertModel.Mode.TRAINING);
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
