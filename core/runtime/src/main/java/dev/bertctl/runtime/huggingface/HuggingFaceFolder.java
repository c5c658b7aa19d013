// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.huggingface;

import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.encoder.BertConfig;
import dev.bertctl.runtime.encoder.BertParameters;
import dev.bertctl.runtime.files.FileException;
import dev.bertctl.runtime.json.JsonFile;
import dev.bertctl.runtime.tokenize.TokenizerFiles;
import dev.bertctl.runtime.tokenize.Tokenizers;
import dev.bertctl.runtime.weights.SafetensorsFile;
import dev.bertctl.runtime.weights.Weight;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A model folder as Hugging Face transformers reads and writes it: config.json, model.safetensors
 * or pytorch_model.bin (or shards with an index) and the tokenizer's files.
 */
public final class HuggingFaceFolder {

  private static final String CONFIG = "config.json";
  private static final String WEIGHTS = "model.safetensors";

  /** The output layer of a language model that shares no weights with the word embeddings. */
  static final String DECODER = "cls.predictions.decoder.weight";

  private static final String DECODER_BIAS = "cls.predictions.decoder.bias";
  private static final String OUTPUT_BIAS = "cls.predictions.bias";

  private HuggingFaceFolder() {}

  /** Whether a folder has the files of this format; of those no more is read than their start. */
  public static boolean matches(Path folder) {
    return Files.isRegularFile(folder.resolve(CONFIG)) && WeightFiles.in(folder);
  }

  /** The architecture. */
  public static BertConfig config(Path folder) {
    return ConfigFile.read(folder.resolve(CONFIG));
  }

  /**
   * All weights by canonical name, as float32; their values are read when they are asked for.
   *
   * @throws UserException if a file is missing or damaged
   */
  public static Map<String, Weight> weights(Path folder) {
    Map<String, Weight> weights = new LinkedHashMap<>();
    for (Path file : WeightFiles.of(folder)) {
      WeightFiles.read(file)
          .forEach(
              (parameter, weight) -> {
                String name = BertParameters.canonicalName(parameter);
                if (weights.put(name, weight.named(name)) != null) {
                  throw FileException.damaged(file, "weight " + name + " is there twice");
                }
              });
    }
    removeTied(weights, ConfigFile.tiesWordEmbeddings(folder.resolve(CONFIG)));
    return weights;
  }

  /**
   * Some versions of transformers saved the output layer of a language model beside the word
   * embeddings and the bias that it shares. Where they differ they are not shared, and the bias of
   * the output layer is what is computed with.
   */
  private static void removeTied(Map<String, Weight> weights, boolean ties) {
    Weight bias = weights.remove(DECODER_BIAS);
    if (bias != null) {
      weights.put(OUTPUT_BIAS, bias.named(OUTPUT_BIAS));
    }
    Weight decoder = weights.get(DECODER);
    Weight words = weights.get(BertParameters.WORD_EMBEDDINGS);
    if (ties && decoder != null && words != null && decoder.values().equals(words.values())) {
      weights.remove(DECODER);
    }
  }

  /**
   * Writes a model that transformers loads unchanged. The folder must exist; files of these names
   * are replaced.
   *
   * @param head what config.json says of the head
   * @param weights by canonical name, head included; the encoder's get the prefix {@code bert.}
   *     unless the architecture is {@code BertModel} itself
   * @param tokenizer the tokenizer that it has
   */
  public static void write(
      Path folder,
      SavedHead head,
      BertConfig config,
      Collection<? extends Weight> weights,
      TokenizerFiles tokenizer) {
    String prefix = head.architecture().equals("BertModel") ? "" : "bert.";
    SafetensorsFile.write(
        folder.resolve(WEIGHTS),
        withDecoderBias(weights).stream()
            .map(w -> BertParameters.isOfModel(w.name()) ? w.named(prefix + w.name()) : w)
            .toList());
    describe(folder, head, config, tokenizer);
  }

  /**
   * Writes what stands beside the weights: config.json and the tokenizer's files. The folder must
   * exist.
   *
   * @param head what config.json says of the head
   * @param tokenizer the tokenizer that it has
   */
  public static void describe(
      Path folder, SavedHead head, BertConfig config, TokenizerFiles tokenizer) {
    tokenizer.save(folder, config.maxPositions());
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("architectures", List.of(head.architecture()));
    fields.putAll(ConfigFile.fields(config));
    head.problem().ifPresent(type -> fields.put("problem_type", type.toString()));
    if (!head.labels().isEmpty()) {
      fields.putAll(labelFields(head.labels()));
    } else if (head.problem().isPresent()) {
      // transformers takes the number of logits from the labels, and two unless there are any.
      fields.putAll(labelFields(List.of("LABEL_0")));
    }
    JsonFile.write(folder.resolve(CONFIG), fields);
  }

  /** transformers computes with the bias of an output layer that shares nothing. */
  private static List<Weight> withDecoderBias(Collection<? extends Weight> weights) {
    List<Weight> all = new ArrayList<>(weights);
    Set<String> names = weights.stream().map(Weight::name).collect(Collectors.toSet());
    if (names.contains(DECODER) && !names.contains(DECODER_BIAS)) {
      weights.stream()
          .filter(weight -> weight.name().equals(OUTPUT_BIAS))
          .forEach(bias -> all.add(bias.named(DECODER_BIAS)));
    }
    return all;
  }

  private static Map<String, Object> labelFields(List<String> labels) {
    Map<String, Object> names = new LinkedHashMap<>();
    Map<String, Object> indices = new LinkedHashMap<>();
    for (int label = 0; label < labels.size(); label++) {
      names.put(Integer.toString(label), labels.get(label));
      indices.put(labels.get(label), label);
    }
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("id2label", names);
    fields.put("label2id", indices);
    return fields;
  }

  /**
   * The files that decide what a model computes: those of its architecture, weights and tokenizer
   * that there are.
   *
   * @throws UserException if there are no weights
   */
  public static List<Path> files(Path folder) {
    List<Path> files = new ArrayList<>(WeightFiles.of(folder));
    Stream.concat(Stream.of(CONFIG), Tokenizers.files().stream())
        .map(folder::resolve)
        .filter(Files::isRegularFile)
        .forEach(files::add);
    return files;
  }

  /** The names of the files in which transformers looks for weights, in its order. */
  public static List<String> weightFiles() {
    return WeightFiles.names();
  }

  /** Names of the files that an index spreads the weights over. */
  public static Set<String> shards(Path index) {
    return WeightFiles.shards(index);
  }
}
