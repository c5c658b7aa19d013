// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.trial;

import dev.bertctl.runtime.encoder.BertConfig;
import dev.bertctl.runtime.encoder.BertParameters;
import dev.bertctl.runtime.files.FileException;
import dev.bertctl.runtime.graph.NewWeights;
import dev.bertctl.runtime.huggingface.HuggingFaceFolder;
import dev.bertctl.runtime.huggingface.SavedHead;
import dev.bertctl.runtime.tokenize.TokenizerFiles;
import dev.bertctl.runtime.weights.WeightTensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * A BERT of two small layers with random weights, whose word pieces are the characters of some
 * data: it computes in a moment what a real one does, and knows nothing.
 */
final class TrialModel {

  private static final int HIDDEN = 16;
  private static final int POSITIONS = 512;

  private TrialModel() {}

  /**
   * Writes the model in Hugging Face layout.
   *
   * @param folder where to; an empty folder
   * @param data the characters that it knows
   */
  static void write(Path folder, String data) {
    List<String> vocabulary = vocabulary(data);
    BertConfig config = BertConfig.of(vocabulary.size(), HIDDEN, 2, 2, 2 * HIDDEN, POSITIONS, 0);
    try {
      Files.write(folder.resolve("vocab.txt"), vocabulary);
      Files.writeString(folder.resolve("tokenizer_config.json"), "{\"do_lower_case\": true}\n");
    } catch (IOException e) {
      throw FileException.writing(folder, e);
    }
    HuggingFaceFolder.write(
        folder,
        SavedHead.unlabelled("BertModel"),
        config,
        weights(config),
        TokenizerFiles.of(folder));
  }

  private static List<String> vocabulary(String data) {
    List<String> characters =
        new TreeSet<>(
                data.toLowerCase()
                    .codePoints()
                    .filter(c -> !Character.isWhitespace(c) && !Character.isISOControl(c))
                    .mapToObj(Character::toString)
                    .toList())
            .stream().toList();
    List<String> vocabulary =
        new ArrayList<>(List.of("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"));
    vocabulary.addAll(characters);
    characters.forEach(character -> vocabulary.add("##" + character));
    return vocabulary;
  }

  private static List<WeightTensor> weights(BertConfig config) {
    NewWeights random = NewWeights.of(1, config);
    return Stream.concat(
            BertParameters.encoder(config).stream(), BertParameters.pooler(config).stream())
        .map(random::draw)
        .toList();
  }
}
