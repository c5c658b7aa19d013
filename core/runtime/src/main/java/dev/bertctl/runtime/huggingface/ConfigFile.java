// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.huggingface;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.encoder.AttentionMask;
import dev.bertctl.runtime.encoder.BertConfig;
import dev.bertctl.runtime.encoder.BertConfig.Activation;
import dev.bertctl.runtime.encoder.BertConfig.Variant;
import dev.bertctl.runtime.files.FileException;
import dev.bertctl.runtime.json.JsonFile;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** config.json as Hugging Face writes it, and the bert_config.json of original checkpoints. */
public final class ConfigFile {

  /** The names of their weights must fit the memory. */
  private static final int MOST_LAYERS = 1000;

  private final Path file;
  private final JsonNode root;

  private ConfigFile(Path file) {
    this.file = file;
    this.root = JsonFile.read(file);
  }

  /**
   * Reads an architecture.
   *
   * @throws UserException if it cannot be read, or describes something that is no BERT encoder or
   *     that bertctl cannot compute
   */
  public static BertConfig read(Path file) {
    return new ConfigFile(file).config();
  }

  /** Whether output layers share the word embeddings; nothing else is read. */
  static boolean tiesWordEmbeddings(Path file) {
    return new ConfigFile(file).tiesWordEmbeddings();
  }

  /** The architecture's fields by Hugging Face's names. */
  static Map<String, Object> fields(BertConfig config) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("model_type", modelType(config.variant()));
    fields.put("vocab_size", config.vocabSize());
    fields.put("hidden_size", config.hiddenSize());
    fields.put("num_hidden_layers", config.layers());
    fields.put("num_attention_heads", config.heads());
    fields.put("intermediate_size", config.intermediateSize());
    fields.put("hidden_act", name(config.activation()));
    fields.put("hidden_dropout_prob", config.hiddenDropout());
    fields.put("attention_probs_dropout_prob", config.attentionDropout());
    fields.put("classifier_dropout", config.classifierDropout());
    fields.put("max_position_embeddings", config.maxPositions());
    fields.put("type_vocab_size", config.typeVocabSize());
    fields.put("initializer_range", config.initializerRange());
    fields.put("layer_norm_eps", config.layerNormEpsilon());
    fields.put("position_embedding_type", "absolute");
    fields.put("pad_token_id", config.padTokenId());
    fields.put("use_cache", true);
    if (!config.tiesWordEmbeddings()) {
      fields.put("tie_word_embeddings", false);
    }
    if (config.attentionMask() == AttentionMask.CAUSAL) {
      fields.put("is_decoder", true);
    }
    return fields;
  }

  private BertConfig config() {
    require("position_embedding_type", "absolute");
    require("add_cross_attention", "false");
    int hidden = size("hidden_size");
    int heads = size("num_attention_heads");
    if (hidden % heads != 0) {
      throw new UserException(
          file + ": hidden_size " + hidden + " is not a multiple of num_attention_heads " + heads);
    }
    return new BertConfig(
        size("vocab_size"),
        hidden,
        layers(),
        heads,
        size("intermediate_size"),
        activation(),
        size("max_position_embeddings"),
        size("type_vocab_size"),
        // Original checkpoints do not name the epsilon; their code has 1e-12.
        number("layer_norm_eps", 1e-12, 1),
        number("hidden_dropout_prob", 0.1, 1),
        number("attention_probs_dropout_prob", 0.1, 1),
        number("classifier_dropout", number("hidden_dropout_prob", 0.1, 1), 1),
        number("initializer_range", 0.02, Double.MAX_VALUE),
        (int) number("pad_token_id", 0, Integer.MAX_VALUE),
        flag("is_decoder", false) ? AttentionMask.CAUSAL : AttentionMask.BIDIRECTIONAL,
        variant(),
        tiesWordEmbeddings());
  }

  /** Fields that may be left out, but where given must say what bertctl computes. */
  private void require(String field, String supported) {
    JsonNode value = root.path(field);
    if (!value.isMissingNode() && !value.isNull() && !value.asText().equals(supported)) {
      throw new UserException(
          file
              + ": "
              + field
              + " is "
              + value
              + "; bertctl runs BERT encoders, whose "
              + field
              + " is "
              + supported);
    }
  }

  private int size(String field) {
    JsonNode value = root.path(field);
    if (value.isMissingNode()) {
      throw FileException.damaged(file, field + " is missing");
    }
    if (!value.canConvertToInt() || !value.isIntegralNumber() || value.asInt() < 1) {
      throw FileException.damaged(file, field + " is " + value + ", not a size");
    }
    return value.asInt();
  }

  private int layers() {
    int layers = size("num_hidden_layers");
    if (layers > MOST_LAYERS) {
      throw new UserException(
          file + ": num_hidden_layers is " + layers + "; no BERT has more than " + MOST_LAYERS);
    }
    return layers;
  }

  private boolean flag(String field, boolean standard) {
    JsonNode value = root.path(field);
    if (!value.isMissingNode() && !value.isNull() && !value.isBoolean()) {
      throw FileException.damaged(file, field + " is " + value + ", neither true nor false");
    }
    return value.asBoolean(standard);
  }

  private double number(String field, double standard, double most) {
    JsonNode value = root.path(field);
    if (value.isMissingNode() || value.isNull()) {
      return standard;
    }
    if (!value.isNumber() || !(value.asDouble() >= 0 && value.asDouble() <= most)) {
      throw FileException.damaged(file, field + " is " + value);
    }
    return value.asDouble();
  }

  private boolean tiesWordEmbeddings() {
    return flag("tie_word_embeddings", true);
  }

  private Variant variant() {
    JsonNode value = root.path("model_type");
    String type = value.isMissingNode() || value.isNull() ? "bert" : value.asText();
    return Arrays.stream(Variant.values())
        .filter(known -> modelType(known).equals(type))
        .findFirst()
        .orElseThrow(
            () ->
                new UserException(
                    file
                        + ": model_type is "
                        + root.path("model_type")
                        + "; bertctl runs BERT encoders, whose model_type is bert"));
  }

  /**
   * A name that transformers does not know keeps it from computing something else than bertctl: its
   * BERT cannot do without what the variant lacks.
   */
  private static String modelType(Variant variant) {
    return switch (variant) {
      case ORIGINAL -> "bert";
      case D2L -> "d2l_bert";
    };
  }

  private Activation activation() {
    String name = root.path("hidden_act").asText("gelu");
    return Arrays.stream(Activation.values())
        .filter(known -> name(known).equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new UserException(
                    file
                        + ": hidden_act is "
                        + root.path("hidden_act")
                        + "; known are "
                        + Arrays.stream(Activation.values())
                            .map(ConfigFile::name)
                            .collect(Collectors.joining(", "))));
  }

  private static String name(Activation activation) {
    return activation.name().toLowerCase(Locale.ROOT);
  }
}
