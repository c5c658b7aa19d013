// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime;

import dev.bertctl.runtime.encoder.BertConfig;
import dev.bertctl.runtime.graph.BertModel;
import dev.bertctl.runtime.graph.ModelWeights;
import dev.bertctl.runtime.huggingface.HuggingFaceFolder;
import dev.bertctl.runtime.huggingface.ModelLoader;
import dev.bertctl.runtime.huggingface.PretrainedModel;
import dev.bertctl.runtime.huggingface.SavedHead;
import dev.bertctl.runtime.options.Binder;
import dev.bertctl.runtime.options.Origin;
import dev.bertctl.runtime.options.Schema;
import dev.bertctl.runtime.options.Value;
import dev.bertctl.runtime.packing.SequencePacker;
import dev.bertctl.runtime.saved.SavedPlugin;
import dev.bertctl.runtime.saved.SavedTask;
import dev.bertctl.runtime.tensorflow.ComputeDevice;
import dev.bertctl.runtime.tokenize.Tokenizer;
import dev.bertctl.runtime.tokenize.TokenizerFiles;
import dev.bertctl.runtime.tokenize.Tokenizers;
import dev.bertctl.spi.TaskPlugin;
import dev.bertctl.spi.head.Head;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A {@link TinyBert} with a task's head of random weights, saved as a run saves its model. */
public final class TinyModel {

  private TinyModel() {}

  /**
   * Saves a model with {@link TinyBert#WORDS} and 32 positions.
   *
   * @param folder where to; its folder {@code encoder} beside it holds the encoder
   * @param options the plugin's own, by key; lists separated by commas
   * @param seed of the head's weights: another seed gives another model
   */
  public static Path write(
      Path folder, TaskPlugin<?> plugin, Map<String, String> options, long seed) {
    return write(folder, TinyBert.config(0), TinyBert.VOCABULARY, plugin, options, seed);
  }

  /**
   * Saves a model with a vocabulary of its own.
   *
   * @param folder where to; its folder {@code encoder} beside it holds the encoder
   * @param options the plugin's own, by key; lists separated by commas
   * @param seed of the head's weights: another seed gives another model
   */
  public static <O> Path write(
      Path folder,
      BertConfig config,
      List<String> vocabulary,
      TaskPlugin<O> plugin,
      Map<String, String> options,
      long seed) {
    Path encoder = TinyBert.write(folder.resolveSibling("encoder"), config, vocabulary);
    Head head = plugin.create(bound(plugin.optionsType(), options)).head();
    PretrainedModel pretrained = ModelLoader.load(encoder.toString(), encoder);
    int length = config.maxPositions();
    try (Tokenizer tokenizer = Tokenizers.open(encoder);
        BertModel model =
            BertModel.create(
                plugin.name(),
                config,
                head,
                new SequencePacker(tokenizer, length, config.typeVocabSize()).vocabulary(),
                Optional.empty(),
                ComputeDevice.CPU)) {
      ModelWeights.load(model, head, pretrained, seed);
      folder.toFile().mkdirs();
      HuggingFaceFolder.write(
          folder, SavedHead.of(head), config, ModelWeights.of(model), TokenizerFiles.of(encoder));
    }
    Map<String, String> values = new HashMap<>(options);
    values.put("model", encoder.toString());
    values.put("max-length", Integer.toString(length));
    SavedTask.write(
        folder,
        plugin.name(),
        SavedPlugin.fields(plugin, Optional.empty()),
        encoder.toString(),
        head,
        values);
    return folder;
  }

  private static <O> O bound(Class<O> type, Map<String, String> options) {
    Binder binder = new Binder(Schema.of(List.of(type)));
    Origin origin = Origin.of("test");
    options.forEach((key, text) -> binder.add(Value.scalar(key, text, origin)));
    return binder.bind(origin, "").as(type);
  }
}
