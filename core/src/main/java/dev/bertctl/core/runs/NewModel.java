// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.runs;

import dev.bertctl.core.config.NewModelSettings;
import dev.bertctl.core.config.NewModelSettings.Architecture;
import dev.bertctl.core.config.TaskConfig;
import dev.bertctl.runtime.encoder.BertConfig;
import dev.bertctl.runtime.encoder.BertParameters;
import dev.bertctl.runtime.encoder.ParameterSpec;
import dev.bertctl.runtime.graph.NewWeights;
import dev.bertctl.runtime.huggingface.HuggingFaceFolder;
import dev.bertctl.runtime.huggingface.SavedHead;
import dev.bertctl.runtime.tokenize.TokenList;
import dev.bertctl.runtime.tokenize.TokenizerFiles;
import dev.bertctl.runtime.weights.Weight;
import dev.bertctl.spi.Task;
import dev.bertctl.spi.head.EncoderNeed;
import dev.bertctl.spi.packing.SpecialToken;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A model with random weights, and a vocabulary that is given or learned. */
final class NewModel {

  /** As in all of the original BERT models. */
  private static final int HEAD_SIZE = 64;

  private static final int MAX_POSITIONS = 512;

  private final TaskConfig<?> config;
  private final NewModelSettings settings;
  private final Task<?, ?> task;

  NewModel(TaskConfig<?> config, NewModelSettings settings, Task<?, ?> task) {
    this.config = config;
    this.settings = settings;
    this.task = task;
  }

  /** Writes it in Hugging Face layout into an empty folder. */
  void write(Path folder) {
    // Before a vocabulary is learned, which takes long.
    Sizes sizes = sizes();
    TaskSetup.checkLength(config, sizes.positions, "new");
    BertConfig architecture =
        architecture(sizes, new NewTokenizer(config, settings, task).write(folder));
    NewWeights random = NewWeights.of(config.settings().train().seed(), architecture);
    List<ParameterSpec> parameters = new ArrayList<>(BertParameters.encoder(architecture));
    if (task.head().needs().contains(EncoderNeed.POOLED_OUTPUT)) {
      parameters.addAll(BertParameters.pooler(architecture));
    }
    List<Weight> weights = parameters.stream().<Weight>map(random::draw).toList();
    HuggingFaceFolder.write(
        folder,
        SavedHead.unlabelled("BertModel"),
        architecture,
        weights,
        TokenizerFiles.of(folder));
  }

  private Sizes sizes() {
    int layers =
        settings
            .layers()
            .orElseThrow(
                () -> config.wrong("model.new.layers", "a new model needs its layers; give them"));
    int hidden = settings.hidden().orElseGet(() -> HEAD_SIZE * settings.heads().orElse(1));
    int heads = settings.heads().orElseGet(() -> Math.max(1, hidden / HEAD_SIZE));
    if (hidden % heads != 0) {
      throw config.wrong(
          "model.new.heads",
          "%d heads do not divide the hidden size %d; give a divisor".formatted(heads, hidden));
    }
    return new Sizes(layers, hidden, heads, settings.maxPositions().orElse(MAX_POSITIONS));
  }

  private BertConfig architecture(Sizes sizes, TokenList vocabulary) {
    BertConfig original =
        BertConfig.of(
            vocabulary.size(),
            sizes.hidden,
            sizes.layers,
            sizes.heads,
            settings.intermediate().orElse(4 * sizes.hidden),
            sizes.positions,
            vocabulary.id(SpecialToken.PAD));
    return switch (settings.architecture().orElse(Architecture.BERT)) {
      case BERT -> original;
      case D2L -> original.asInD2l();
    };
  }

  /** L, H and A, which fit together, and the longest sequence in tokens. */
  private record Sizes(int layers, int hidden, int heads, int positions) {}
}
