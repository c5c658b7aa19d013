// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.huggingface;

import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.encoder.BertConfig;
import dev.bertctl.runtime.encoder.BertParameters;
import dev.bertctl.runtime.encoder.ParameterSpec;
import dev.bertctl.runtime.tokenize.TokenList;
import dev.bertctl.runtime.tokenize.TokenizerFiles;
import dev.bertctl.runtime.weights.Weight;
import dev.bertctl.runtime.weights.WeightAccount;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Reads a folder in Hugging Face layout and checks that its parts fit together. */
public final class ModelLoader {

  private ModelLoader() {}

  /**
   * Loads a model.
   *
   * @param reference how the user named the model, for errors
   * @throws UserException if a file is missing, damaged, or does not fit the others
   */
  public static PretrainedModel load(String reference, Path folder) {
    Map<String, Weight> weights = HuggingFaceFolder.weights(folder);
    BertConfig said = HuggingFaceFolder.config(folder);
    // As transformers has it: an output layer that differs from the word embeddings is not tied to
    // them, whatever the configuration says.
    BertConfig config = weights.containsKey(HuggingFaceFolder.DECODER) ? said.untied() : said;
    WeightAccount.of(
        folder.toString(),
        ParameterSpec.shapes(BertParameters.encoder(config)),
        ParameterSpec.shapes(BertParameters.pooler(config)),
        weights);
    TokenizerFiles tokenizer = TokenizerFiles.of(folder);
    checkIds(folder, tokenizer.vocabulary(), config.vocabSize());
    weights.values().forEach(weight -> checkFinite(folder, weight));
    return new PretrainedModel(reference, folder, config, weights, Optional.of(tokenizer));
  }

  private static void checkIds(Path folder, TokenList tokens, int rows) {
    if (tokens.size() > rows) {
      throw new UserException(
          "%s: the tokenizer has %d ids, the last for '%s', the word embedding only %d rows; check that tokenizer and weights are of the same model"
              .formatted(folder, tokens.size(), tokens.token(tokens.size() - 1), rows));
    }
  }

  private static void checkFinite(Path folder, Weight weight) {
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
