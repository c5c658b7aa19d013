// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.export;

import dev.bertctl.core.models.NewFolder;
import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.encoder.AttentionMask;
import dev.bertctl.runtime.encoder.BertConfig;
import dev.bertctl.runtime.encoder.BertParameters;
import dev.bertctl.runtime.engine.Quantize;
import dev.bertctl.runtime.graph.EncoderHead;
import dev.bertctl.runtime.graph.HeadDefinition;
import dev.bertctl.runtime.graph.ModelWeights;
import dev.bertctl.runtime.graph.ServingModel;
import dev.bertctl.runtime.huggingface.HuggingFaceFolder;
import dev.bertctl.runtime.huggingface.PretrainedModel;
import dev.bertctl.runtime.huggingface.SavedHead;
import dev.bertctl.runtime.onnx.ExportedModel;
import dev.bertctl.runtime.onnx.OnnxFile;
import dev.bertctl.runtime.onnx.Quantization;
import dev.bertctl.runtime.onnx.model.OnnxDefinition;
import dev.bertctl.runtime.tokenize.TokenizerFiles;
import dev.bertctl.runtime.weights.Weight;
import dev.bertctl.runtime.weights.WeightAccount;
import dev.bertctl.spi.head.Head;
import dev.bertctl.spi.packing.Vocabulary;
import java.nio.file.Path;
import java.util.Map;

/**
 * Writes a model for other runtimes, with its tokenizer (tokenizer.json, vocab.txt) and config.json
 * beside it. The folder is complete when it gets its name.
 */
public final class ModelExport {

  private final String task;
  private final Head head;
  private final PretrainedModel model;
  private final BertConfig config;

  private ModelExport(String task, Head head, PretrainedModel model) {
    this.task = task;
    this.head = head;
    this.model = model;
    this.config = model.config().with(AttentionMask.of(head));
  }

  /**
   * Of a model with the head of a task.
   *
   * @param task the task's name
   */
  public static ModelExport of(String task, Head head, PretrainedModel model) {
    return new ModelExport(task, head, model);
  }

  /** Of a model's encoder alone, with its pooler where it has one: a {@code BertModel}. */
  public static ModelExport ofEncoder(PretrainedModel model) {
    boolean pooled =
        BertParameters.pooler(model.config()).stream()
            .allMatch(parameter -> model.weights().containsKey(parameter.name()));
    return new ModelExport("encoder", new EncoderHead(pooled, AttentionMask.BIDIRECTIONAL), model);
  }

  /**
   * Writes the model.
   *
   * @param quantize what the weights are rounded to
   * @param directory where to; must not exist, or be empty
   * @return what was written, and what was left over
   * @throws UserException if the model lacks weights of the head, or the directory cannot be
   *     written
   */
  public WeightAccount write(ExportFormat format, Quantize quantize, Path directory) {
    if (quantize != Quantize.NONE && format != ExportFormat.ONNX) {
      throw new UserException(
          "%s is written in float32 alone; weights are rounded to %s in onnx"
              .formatted(format, quantize));
    }
    return NewFolder.write(directory, folder -> fill(format, quantize, folder));
  }

  private WeightAccount fill(ExportFormat format, Quantize quantize, Path folder) {
    TokenizerFiles tokenizer = model.tokenizer();
    Vocabulary vocabulary = tokenizer.vocabulary();
    HeadDefinition definition = HeadDefinition.of(task, config, head, vocabulary);
    WeightAccount account = ModelWeights.account(definition.parameters(), model);
    requireWhole(account);
    Map<String, Weight> weights = ModelWeights.all(definition.parameters(), account, model, 0);
    SavedHead saved = SavedHead.of(head);
    switch (format) {
      case HUGGINGFACE ->
          HuggingFaceFolder.write(folder, saved, config, weights.values(), tokenizer);
      case SAVEDMODEL -> {
        HuggingFaceFolder.describe(folder, saved, config, tokenizer);
        ServingModel.write(folder, task, config, head, vocabulary, model);
      }
      case ONNX -> {
        HuggingFaceFolder.describe(folder, saved, config, tokenizer);
        OnnxDefinition graph =
            ExportedModel.of(definition, config, head.architecture(), weights::get);
        OnnxFile.write(
            folder.resolve("model.onnx"),
            quantize.bits().map(bits -> Quantization.of(graph, bits)).orElse(graph),
            Map.of("task", task, "architecture", head.architecture()));
      }
    }
    return account;
  }

  private void requireWhole(WeightAccount account) {
    if (!account.initialized().isEmpty()) {
      throw new UserException(
          "model %s cannot be exported with the head of task '%s': it lacks the weights %s; fine-tune it on the task, or export its encoder alone"
              .formatted(model.reference(), task, String.join(", ", account.initialized())));
    }
  }
}
