// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.models;

import dev.bertctl.core.UserException;
import dev.bertctl.core.weights.WeightAccount;
import dev.bertctl.core.weights.WeightTensor;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalInt;

/** Reads a folder in Hugging Face layout and checks that its parts fit together. */
final class ModelLoader {

  private ModelLoader() {}

  /**
   * @param reference how the user named the model, for errors
   * @throws UserException if a file is missing, damaged, or does not fit the others
   */
  static PretrainedModel load(String reference, Path folder) {
    BertConfig config = HuggingFaceFolder.config(folder);
    Map<String, WeightTensor> weights = HuggingFaceFolder.weights(folder);
    WeightAccount.of(
        folder.toString(), BertWeights.encoder(config), BertWeights.pooler(config), weights);
    int ids = VocabularySize.of(folder);
    if (ids > config.vocabSize()) {
      throw new UserException(
          folder
              + ": the tokenizer has "
              + ids
              + " ids, the word embedding only "
              + config.vocabSize()
              + " rows; check that tokenizer and weights are of the same model");
    }
    weights.values().forEach(weight -> checkFinite(folder, weight));
    return new PretrainedModel(reference, folder, config, weights);
  }

  private static void checkFinite(Path folder, WeightTensor weight) {
    OptionalInt index = weight.firstNonFinite();
    if (index.isPresent()) {
      throw new UserException(
          folder
              + ": weight "
              + weight.name()
              + " holds "
              + weight.values().get(index.getAsInt())
              + " at index "
              + index.getAsInt()
              + "; the model was damaged while it was trained or saved");
    }
  }
}
