// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.predict;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bertctl.runtime.TinyBert;
import dev.bertctl.runtime.TinyModel;
import dev.bertctl.runtime.TinyTask;
import dev.bertctl.runtime.huggingface.ModelLoader;
import dev.bertctl.runtime.huggingface.PretrainedModel;
import dev.bertctl.spi.decode.Classification;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tokenizer that a model was checked with is the one that it is applied with. */
class CheckedTokenizerTest {

  private static final TinyTask PLUGIN = TinyTask.classifier();

  @TempDir private Path folder;
  private Path model;

  @BeforeEach
  void write() {
    model = TinyModel.write(folder.resolve("model"), PLUGIN, Map.of("labels", "no,yes"), 1);
  }

  /** Only the special tokens and one word are left. */
  private void shorten() throws IOException {
    Files.delete(model.resolve("tokenizer.json"));
    Files.write(model.resolve("vocab.txt"), TinyBert.VOCABULARY.subList(0, 6));
  }

  private List<String> notices(PretrainedModel pretrained, List<Integer> words) {
    List<String> notices = new ArrayList<>();
    try (Predictor<Classification> predictor =
        Predictor.apply(
            pretrained,
            "tiny",
            Map.of("max-length", "32"),
            Classification.class,
            OpenTiny.options(PLUGIN).withNotice(notices::add))) {
      words.add(predictor.vocabulary().size());
    }
    return notices;
  }

  @Test
  void whatWasCheckedIsOpenedWhateverBecomesOfTheFiles() throws IOException {
    PretrainedModel checked = ModelLoader.load("model", model);
    shorten();
    List<Integer> words = new ArrayList<>();
    assertEquals(List.of(), notices(checked, words));
    assertEquals(List.of(TinyBert.VOCABULARY.size()), words);
  }

  @Test
  void aTokenizerOfFarFewerWordsIsToldOf() throws IOException {
    shorten();
    assertEquals(
        List.of(
            "the tokenizer in %s knows 6 words, the model has %d: check that both are of the same model"
                .formatted(model, TinyBert.VOCABULARY.size())),
        notices(ModelLoader.load("model", model), new ArrayList<>()));
  }
}
