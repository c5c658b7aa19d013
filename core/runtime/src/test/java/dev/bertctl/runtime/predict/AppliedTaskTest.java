// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.predict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.bertctl.runtime.TinyModel;
import dev.bertctl.runtime.TinyTask;
import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.huggingface.ModelLoader;
import dev.bertctl.runtime.huggingface.PretrainedModel;
import dev.bertctl.runtime.options.ConfigException;
import dev.bertctl.spi.decode.Classification;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AppliedTaskTest {

  private static final TinyTask PLUGIN = TinyTask.classifier();
  private static final Map<String, String> ROW = Map.of("first", "the red cat", "second", "a dog");

  @TempDir private Path folder;

  private PretrainedModel model(String part) {
    TinyModel.write(folder.resolve("model"), PLUGIN, Map.of("labels", "no,yes"), 1);
    return ModelLoader.load(part, folder.resolve(part));
  }

  private static Predictor<Classification> apply(
      PretrainedModel model, Map<String, String> values) {
    return Predictor.apply(model, "tiny", values, Classification.class, OpenTiny.options(PLUGIN));
  }

  @Test
  void aModelWithTheHeadPredictsAsTheSavedOne() {
    PretrainedModel model = model("model");
    try (Predictor<Classification> saved =
            Predictor.open(model.directory(), Classification.class, OpenTiny.options(PLUGIN));
        Predictor<Classification> applied =
            apply(model, Map.of("labels", "no,yes", "max-length", "32"))) {
      assertEquals(saved.predict(ROW).probabilities(), applied.predict(ROW).probabilities());
      assertEquals(List.of("no", "yes"), applied.saved().labels());
    }
  }

  @Test
  void aPredictionComesWithTheLogitsThatItWasDecodedFrom() {
    try (Predictor<Classification> applied = apply(model("model"), Map.of("max-length", "32"))) {
      List<Double> odds = new ArrayList<>();
      applied.compute(
          List.of(applied.prepare(ROW)),
          (prediction, output) -> {
            odds.add(prediction.probabilities().get(1) / prediction.probabilities().get(0));
            odds.add(Math.exp(output.logits().at(0, 1) - output.logits().at(0, 0)));
          });
      assertEquals(odds.get(0), odds.get(1), 1e-6);
    }
  }

  @Test
  void textsAndTokensAreOfTheModel() {
    try (Predictor<Classification> applied = apply(model("model"), Map.of("max-length", "32"))) {
      int[] ids = applied.tokenize("The red CAT").ids();
      assertEquals("the red cat", applied.decode(ids, true));
      assertEquals("red", applied.vocabulary().token(ids[1]));
    }
  }

  @Test
  void settingsAreChecked() {
    PretrainedModel model = model("model");
    ConfigException unknown =
        assertThrows(
            ConfigException.class, () -> apply(model, Map.of("max-length", "32", "label", "no")));
    assertEquals(
        "task 'tiny' of model: unknown key 'label'; did you mean 'labels'?", unknown.getMessage());
    ConfigException missing = assertThrows(ConfigException.class, () -> apply(model, Map.of()));
    assertEquals(
        "task 'tiny' of model: missing key 'max-length': Longest sequence in tokens, special tokens included. Give it a value.",
        missing.getMessage());
  }

  @Test
  void aModelWithoutTheHeadIsRefused() {
    UserException lacking =
        assertThrows(
            UserException.class, () -> apply(model("encoder"), Map.of("max-length", "32")));
    assertEquals(
        "encoder cannot be applied to task 'tiny': it lacks the weights classifier.weight, classifier.bias of the task's head; give a model that has them, or fine-tune one",
        lacking.getMessage());
  }
}
