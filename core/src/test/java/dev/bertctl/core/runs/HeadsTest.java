// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.runs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bertctl.runtime.TinyTask;
import dev.bertctl.spi.Task;
import dev.bertctl.spi.data.LabelledText;
import dev.bertctl.spi.decode.FeatureOutput;
import dev.bertctl.spi.decode.Matrix;
import dev.bertctl.spi.decode.ModelOutput;
import dev.bertctl.spi.decode.Prediction;
import dev.bertctl.spi.head.ChoiceHead;
import dev.bertctl.spi.head.Head;
import dev.bertctl.spi.head.RegressionHead;
import dev.bertctl.spi.head.SpanHead;
import dev.bertctl.spi.head.TaggerHead;
import dev.bertctl.spi.metric.Metric;
import dev.bertctl.spi.metric.Scores;
import dev.bertctl.spi.packing.Feature;
import dev.bertctl.spi.packing.InputPacking;
import dev.bertctl.spi.packing.Packer;
import dev.bertctl.spi.packing.Pieces;
import dev.bertctl.spi.packing.Sequence;
import dev.bertctl.spi.packing.Target;
import dev.bertctl.spi.packing.Truncation;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A head for each form of target learns a few rows, from the data file to metrics.json. */
class HeadsTest {

  @TempDir Path folder;
  private TinyRun run;

  @BeforeEach
  void settings() {
    run = new TinyRun(folder, 0).set("train.epochs", 40).set("train.learning-rate", 1e-2);
  }

  /** The label of a word is whether its id is odd; every fifth word has none. */
  @Test
  void labelForEachToken() {
    InputPacking<LabelledText> packing =
        (example, packer) -> {
          Sequence sequence = packer.single(packer.tokenize(example.first()));
          int[] target =
              Arrays.stream(sequence.ids())
                  .map(id -> id < 5 || id % 5 == 0 ? Target.IGNORED : id % 2)
                  .toArray();
          return List.of(Feature.of(sequence, Target.of(target)));
        };
    run.pairs("train", 8, 1);
    learns(new TaggerHead(List.of("even", "odd")), packing, HeadsTest::tagsAreRight);
  }

  /** The span is the word "red" and the one after it. */
  @Test
  void firstAndLastTokenOfASpan() {
    InputPacking<LabelledText> packing =
        (example, packer) -> {
          Pieces pieces = packer.tokenize(example.first());
          int red = packer.tokenize("red").ids()[0];
          int start = 1 + Arrays.stream(pieces.ids()).boxed().toList().indexOf(red);
          return List.of(Feature.of(packer.single(pieces), Target.of(start, start + 1)));
        };
    run.rows(
        "train",
        List.of(
            "the red cat,-x,no",
            "red dog sees a tree,x,no",
            "a bird likes the old red house,x,no",
            "the dog eats red tree and boat,x,no",
            "red river,x,no",
            "a big red boat,x,no"));
    learns(new SpanHead(), packing, HeadsTest::spanIsRight);
  }

  /** Yes is 1.5, no is -0.5. */
  @Test
  void number() {
    InputPacking<LabelledText> packing =
        (example, packer) ->
            List.of(
                Feature.of(
                    packer.single(packer.tokenize(example.first())),
                    Target.of(example.label().orElseThrow() * 2 - 0.5f)));
    run.pairs("train", 8, 1);
    learns(new RegressionHead(), packing, HeadsTest::numberIsRight);
  }

  /** Two or three choices; the right one is about an animal. */
  @Test
  void oneOfSeveralChoices() {
    InputPacking<LabelledText> packing = HeadsTest::choices;
    run.set("labels", "1,2,3")
        .rows(
            "train",
            List.of(
                "a,the tree|the cat,2",
                "the,a dog|a house|a river,1",
                "a,big boat|old house|new bird,3",
                "the,cat|tree,1",
                "the,a river|a boat|a dog,3",
                "a,green house|blue bird|red tree,2"));
    learns(new ChoiceHead(), packing, HeadsTest::choiceIsRight);
  }

  private void learns(
      Head head, InputPacking<LabelledText> packing, Predicate<FeatureOutput> right) {
    run.set("data.validation", folder.resolve("train.csv"))
        .task(
            new TinyTask(
                labels ->
                    Task.of(
                            TinyTask.reader(labels),
                            packing,
                            head,
                            (LabelledText example, ModelOutput output) ->
                                new Answer(right.test(output.feature())))
                        .scoredBy(new ShareRight(), (file, gold, skipped) -> List.of())));
    run.run();
    JsonNode epochs = run.json("metrics.json").get("evaluations");
    double first = epochs.get(0).get("loss").asDouble();
    double last = epochs.get(39).get("loss").asDouble();
    assertTrue(last < first / 10, "loss " + first + " to " + last);
    assertEquals(1, epochs.get(39).get("metrics").get("right").asDouble());
    assertTrue(epochs.get(0).get("metrics").get("right").asDouble() < 1, epochs::toString);
  }

  private static List<Feature> choices(LabelledText example, Packer packer) {
    Pieces first = packer.tokenize(example.first());
    List<Sequence> sequences =
        Stream.of(example.second().orElseThrow().split("\\|"))
            .map(text -> packer.pair(first, packer.tokenize(text), Truncation.LONGEST_FIRST))
            .toList();
    return List.of(Feature.of(sequences, Target.of(example.label().orElseThrow())));
  }

  private static boolean tagsAreRight(FeatureOutput output) {
    int[] target = target(output);
    Matrix logits = output.logits();
    assertEquals(target.length, logits.rows());
    return IntStream.range(0, target.length)
        .filter(token -> target[token] != Target.IGNORED)
        .allMatch(token -> highest(logits.row(token)) == target[token]);
  }

  private static boolean spanIsRight(FeatureOutput output) {
    Matrix logits = output.logits();
    assertEquals(output.feature().sequence().length(), logits.rows());
    int[] found = new int[2];
    for (int column = 0; column < 2; column++) {
      float[] values = new float[logits.rows()];
      for (int row = 0; row < values.length; row++) {
        values[row] = logits.at(row, column);
      }
      found[column] = highest(values);
    }
    return Arrays.equals(target(output), found);
  }

  private static boolean numberIsRight(FeatureOutput output) {
    float gold = ((Target.Floats) output.feature().target()).values()[0];
    return Math.abs(output.logits().at(0, 0) - gold) < 0.3;
  }

  private static boolean choiceIsRight(FeatureOutput output) {
    assertEquals(output.feature().sequences().size(), output.logits().values().length);
    return highest(output.logits().values()) == target(output)[0];
  }

  private static int[] target(FeatureOutput output) {
    return ((Target.Ints) output.feature().target()).values();
  }

  private static int highest(float[] values) {
    return IntStream.range(0, values.length)
        .reduce(0, (best, i) -> values[i] > values[best] ? i : best);
  }

  private record Answer(boolean right) implements Prediction {
    @Override
    public Map<String, Object> fields() {
      return Map.of("right", right);
    }
  }

  private record ShareRight() implements Metric<LabelledText, Answer> {

    @Override
    public String primary() {
      return "right";
    }

    @Override
    public Scorer<LabelledText, Answer> scorer() {
      int[] counts = new int[2];
      return new Scorer<>() {
        @Override
        public void add(LabelledText example, Answer answer) {
          counts[answer.right() ? 1 : 0]++;
        }

        @Override
        public Scores scores() {
          return Scores.of(Map.of("right", (double) counts[1] / (counts[0] + counts[1])));
        }
      };
    }
  }
}
