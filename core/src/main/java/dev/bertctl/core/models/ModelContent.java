// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.models;

import dev.bertctl.runtime.encoder.BertConfig;
import dev.bertctl.runtime.encoder.BertParameters;
import dev.bertctl.runtime.encoder.ParameterSpec;
import dev.bertctl.runtime.huggingface.HuggingFaceFolder;
import dev.bertctl.runtime.huggingface.SavedHead;
import dev.bertctl.runtime.tokenize.Tokenizer;
import dev.bertctl.runtime.tokenize.TokenizerFiles;
import dev.bertctl.runtime.tokenize.Tokenizers;
import dev.bertctl.runtime.weights.Weight;
import dev.bertctl.runtime.weights.WeightAccount;
import dev.bertctl.spi.packing.SpecialToken;
import java.nio.file.Path;
import java.util.Map;

/** A model read from a format that is not Hugging Face's, ready to be converted. */
final class ModelContent {

  private final BertConfig config;
  private final Map<String, Weight> weights;
  private final Path tokenizer;

  /**
   * @param config its architecture
   * @param weights its weights by canonical name
   * @param tokenizer folder with its tokenizer, as {@link dev.bertctl.runtime.tokenize.Tokenizers}
   *     opens it
   */
  ModelContent(BertConfig config, Map<String, Weight> weights, Path tokenizer) {
    this.config = config;
    this.weights = weights;
    this.tokenizer = tokenizer;
  }

  /** Id of {@code [PAD]}, for formats that do not say. */
  static int padId(Path tokenizer) {
    try (Tokenizer opened = Tokenizers.open(tokenizer)) {
      return opened.vocabulary().id(SpecialToken.PAD);
    }
  }

  /**
   * Writes all of it in Hugging Face layout.
   *
   * @param source what it was read from, for errors
   */
  void writeTo(Path folder, String source) {
    WeightAccount.of(
        source,
        ParameterSpec.shapes(BertParameters.encoder(config)),
        ParameterSpec.shapes(BertParameters.pooler(config)),
        weights);
    // As Hugging Face publishes original checkpoints: the masked-language-model head is kept.
    boolean languageModel = weights.containsKey("cls.predictions.bias");
    boolean pretraining = languageModel && weights.containsKey("cls.seq_relationship.bias");
    HuggingFaceFolder.write(
        folder,
        SavedHead.unlabelled(
            pretraining ? "BertForPreTraining" : languageModel ? "BertForMaskedLM" : "BertModel"),
        config,
        weights.values(),
        TokenizerFiles.of(tokenizer));
  }
}
