// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.distributed;

import dev.bertctl.runtime.encoder.BertConfig;
import dev.bertctl.runtime.graph.BertModel;
import dev.bertctl.runtime.graph.ModelWeights;
import dev.bertctl.runtime.graph.TrainingSpec;
import dev.bertctl.runtime.huggingface.HuggingFaceFolder;
import dev.bertctl.runtime.json.JsonFields;
import dev.bertctl.runtime.json.JsonFile;
import dev.bertctl.runtime.packing.SequencePacker;
import dev.bertctl.runtime.predict.DescribedTask;
import dev.bertctl.runtime.predict.PredictorOptions;
import dev.bertctl.runtime.tensorflow.ComputeDevice;
import dev.bertctl.runtime.tokenize.Tokenizer;
import dev.bertctl.runtime.tokenize.Tokenizers;
import dev.bertctl.runtime.weights.ElementType;
import dev.bertctl.runtime.weights.SafetensorsFile;
import dev.bertctl.spi.Task;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * All that a process needs to train a model together with others, as files: beside those of a saved
 * model without its weights, how it is trained, and its variables as they stand, the optimizer's
 * included.
 *
 * @param folder where it is
 * @param spec how the model is trained
 * @param padId fills padding
 * @param wire what gradients are sent as
 */
public record TrainingFolder(Path folder, TrainingSpec spec, int padId, ElementType wire) {

  /** The file with the variables. */
  public static final String VARIABLES = "variables.safetensors";

  private static final String TRAINING = "training.json";

  /**
   * Writes what is added to the files of a model.
   *
   * @param folder with {@code bertctl.json}, {@code config.json} and the tokenizer's files
   * @param model whose variables are written
   */
  public static void write(
      Path folder, BertModel model, TrainingSpec spec, int padId, ElementType wire) {
    Map<String, Object> fields = new LinkedHashMap<>(TrainingSpecFields.of(spec));
    fields.put("pad_id", padId);
    fields.put("wire", wire.toString());
    JsonFile.write(folder.resolve(TRAINING), fields);
    SafetensorsFile.write(folder.resolve(VARIABLES), ModelWeights.withSlots(model));
  }

  /**
   * Reads what was written.
   *
   * @throws dev.bertctl.runtime.UserException if it is not what {@link #write} writes
   */
  static TrainingFolder read(Path folder) {
    Path file = folder.resolve(TRAINING);
    JsonFields fields = JsonFields.of(file, JsonFile.read(file));
    return new TrainingFolder(
        folder,
        TrainingSpecFields.read(fields),
        fields.integer("pad_id"),
        ElementType.valueOf(fields.text("wire")));
  }

  /** The model, with its variables. */
  BertModel model(PredictorOptions options) {
    Task<?, ?> task = DescribedTask.of(folder, options).task();
    BertConfig config = HuggingFaceFolder.config(folder);
    try (Tokenizer tokenizer = Tokenizers.open(folder)) {
      BertModel model =
          BertModel.create(
              "training",
              config,
              task.head(),
              new SequencePacker(tokenizer, SequencePacker.SHORTEST, config.typeVocabSize())
                  .vocabulary(),
              Optional.of(spec),
              ComputeDevice.of(options.device()));
      model.values().assign(SafetensorsFile.open(folder.resolve(VARIABLES)).weights());
      return model;
    }
  }
}
