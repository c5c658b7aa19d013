// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.huggingface;

import dev.bertctl.runtime.encoder.BertConfig;
import dev.bertctl.runtime.tokenize.TokenizerFiles;
import dev.bertctl.runtime.weights.Weight;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * A model on this machine, checked and ready to load.
 *
 * @param reference how the user named it: alias, directory, {@code maven:…} or {@code hf:…}
 * @param directory local folder that holds tokenizer.json or vocab.txt (with tokenizer_config.json
 *     for the casing)
 * @param config its architecture
 * @param weights all of its weights by canonical name (see {@link WeightTensor#name()})
 * @param checkedTokenizer its tokenizer's files as they were when they were checked; empty if they
 *     were not
 */
public record PretrainedModel(
    String reference,
    Path directory,
    BertConfig config,
    Map<String, ? extends Weight> weights,
    Optional<TokenizerFiles> checkedTokenizer) {

  /** A model whose tokenizer was not checked; it is read when it is wanted. */
  public PretrainedModel(
      String reference, Path directory, BertConfig config, Map<String, ? extends Weight> weights) {
    this(reference, directory, config, weights, Optional.empty());
  }

  /**
   * Its tokenizer: that which was checked, whatever has become of the files.
   *
   * @throws dev.bertctl.runtime.UserException as {@link TokenizerFiles#of}
   */
  public TokenizerFiles tokenizer() {
    return checkedTokenizer.orElseGet(() -> TokenizerFiles.of(directory));
  }

  /**
   * What to say where most of the model's words are unknown to its tokenizer, as where the files of
   * two models were mixed: each of those becomes the token for unknown words. Published models have
   * a few rows more than words, as many as make the number a multiple of 64.
   *
   * @param words how many the tokenizer knows
   */
  public Optional<String> fewWords(int words) {
    int rows = config.vocabSize();
    return 2L * words >= rows
        ? Optional.empty()
        : Optional.of(
            "the tokenizer in %s knows %d words, the model has %d: check that both are of the same model"
                .formatted(directory, words, rows));
  }
}
