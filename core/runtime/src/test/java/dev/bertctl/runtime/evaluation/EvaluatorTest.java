// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bertctl.runtime.TinyBert;
import dev.bertctl.runtime.TinyTask;
import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.graph.BertModel;
import dev.bertctl.runtime.graph.RandomModel;
import dev.bertctl.runtime.packing.PackedSplit;
import dev.bertctl.runtime.packing.SequencePacker;
import dev.bertctl.runtime.tokenize.Tokenizer;
import dev.bertctl.runtime.tokenize.Tokenizers;
import dev.bertctl.spi.Task;
import dev.bertctl.spi.data.LabelledText;
import dev.bertctl.spi.data.Labels;
import dev.bertctl.spi.data.Location;
import dev.bertctl.spi.decode.Classification;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluatorTest {

  private final Task<LabelledText, Classification> task =
      TinyTask.classification(new Labels(List.of("no", "yes")));

  @TempDir Path folder;

  @Test
  void predictionsStandInTheDatasOrderWhateverTheBatches() throws InterruptedException {
    PackedSplit<LabelledText> split =
        split("the cat sees a big old tree", "dog", "a boat is on the river", "red bird", "cat");
    try (BertModel model = RandomModel.of(task.head(), BertModel.Mode.INFERENCE)) {
      List<Long> progress = new ArrayList<>();
      List<Classification> together =
          new Evaluator<>(task, model, 2, 0)
              .predict(split, (done, total) -> progress.add(10 * done + total));
      assertEquals(List.of(25L, 45L, 55L), progress);
      for (int i = 0; i < 5; i++) {
        List<Classification> alone =
            new Evaluator<>(task, model, 2, 0)
                .predict(split(split.examples().get(i).first()), Progress.NONE);
        assertEquals(
            alone.get(0).probabilities().get(0), together.get(i).probabilities().get(0), 1e-5);
      }
    }
  }

  @Test
  void lossIsTheMeanOverAllExamples() throws InterruptedException {
    PackedSplit<LabelledText> split = split("the cat sees a tree", "dog", "a boat");
    try (BertModel model = RandomModel.of(task.head(), BertModel.Mode.INFERENCE)) {
      Evaluation<Classification> evaluation =
          new Evaluator<>(task, model, 2, 0).evaluate(split, Progress.NONE);
      double expected =
          evaluation.predictions().stream()
              .mapToDouble(prediction -> -Math.log(prediction.probabilities().get(1)))
              .average()
              .orElseThrow();
      assertTrue(expected > 0.1);
      assertEquals(expected, evaluation.loss(), 1e-5);
    }
  }

  @Test
  void logitsThatAreNotFiniteAreRefused() throws InterruptedException {
    PackedSplit<LabelledText> split = split("dog", "the cat");
    try (BertModel model = RandomModel.of(task.head(), BertModel.Mode.INFERENCE)) {
      model
          .values()
          .assign("classifier.bias", FloatBuffer.wrap(new float[] {Float.NaN, Float.NaN}));
      Evaluator<LabelledText, Classification> evaluator = new Evaluator<>(task, model, 1, 0);
      String message =
          ": the model's logits for this example are not finite (NaN): its weights are broken; fine-tune"
              + " again with a lower train.learning-rate, or use another model";
      UserException e =
          assertThrows(UserException.class, () -> evaluator.evaluate(split, Progress.NONE));
      // The longest example is the first to be computed.
      assertEquals("dev.csv:3" + message, e.getMessage());
      e = assertThrows(UserException.class, () -> evaluator.predict(split("dog"), Progress.NONE));
      assertEquals("dev.csv:2" + message, e.getMessage());
    }
  }

  /** Texts whose label is yes. */
  private PackedSplit<LabelledText> split(String... texts) throws InterruptedException {
    List<LabelledText> examples = new ArrayList<>();
    for (String text : texts) {
      examples.add(
          new LabelledText(
              new Location("dev.csv", examples.size() + 2),
              Map.of(),
              text,
              Optional.empty(),
              OptionalInt.of(1)));
    }
    TinyBert.write(folder, 0);
    try (Tokenizer tokenizer = Tokenizers.open(folder)) {
      return PackedSplit.pack(examples, task.packing(), new SequencePacker(tokenizer, 16));
    }
  }
}
