// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.huggingface;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.json.JsonFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What sentence-transformers keeps in a model's folder beside the model: how tokens become one
 * vector ({@code 1_Pooling/config.json}), and the prompts before texts ({@code
 * config_sentence_transformers.json}). All of it may be missing.
 */
public final class SentenceTransformersFolder {

  private static final String POOLING = "1_Pooling/config.json";
  private static final String CONFIG = "config_sentence_transformers.json";

  private static final String MODE = "pooling_mode";

  /** Before version 5 a key for each mode, true or false: {@code pooling_mode_cls_token}. */
  private static final String FLAG = MODE + "_";

  private static final String MEAN = "mean";

  /** Modes that can be computed, by the ends of those keys. */
  private static final Map<String, String> FLAGS =
      Map.of("cls_token", "cls", "mean_tokens", MEAN, "max_tokens", "max");

  private SentenceTransformersFolder() {}

  /** The files, relative to the folder. */
  public static List<String> files() {
    return List.of(POOLING, CONFIG);
  }

  /** The file that tells the pooling. */
  public static Path poolingFile(Path folder) {
    return folder.resolve(POOLING);
  }

  /**
   * How the model's tokens become one vector: {@code cls}, {@code mean} or {@code max}; empty if
   * the folder does not tell.
   *
   * @throws UserException if it is another way, or several
   */
  public static Optional<String> pooling(Path folder) {
    Path file = poolingFile(folder);
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    List<String> modes = modes(JsonFile.read(file));
    if (modes.size() != 1 || !FLAGS.containsValue(modes.get(0))) {
      throw new UserException(
          "%s: the model's pooling is %s, and only cls, mean and max can be computed, one of them; choose another model, or set 'pooling' for vectors that it was not trained for"
              .formatted(file, String.join(" with ", modes)));
    }
    return Optional.of(modes.get(0));
  }

  private static List<String> modes(ObjectNode config) {
    JsonNode mode = config.path(MODE);
    if (mode.isTextual()) {
      return List.of(mode.textValue());
    }
    List<String> modes = new ArrayList<>();
    mode.forEach(one -> modes.add(one.asText()));
    if (config.has(MODE)) {
      return modes;
    }
    for (Map.Entry<String, JsonNode> field : config.properties()) {
      if (field.getKey().startsWith(FLAG) && field.getValue().asBoolean()) {
        String flag = field.getKey().substring(FLAG.length());
        modes.add(FLAGS.getOrDefault(flag, flag));
      }
    }
    return modes.isEmpty() ? List.of(MEAN) : modes;
  }

  /**
   * The model's prompts; none if the folder has none.
   *
   * @throws UserException if the file is damaged
   */
  public static Prompts prompts(Path folder) {
    Path file = folder.resolve(CONFIG);
    if (!Files.isRegularFile(file)) {
      return Prompts.NONE;
    }
    ObjectNode config = JsonFile.read(file);
    Map<String, String> texts = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> prompt : config.path("prompts").properties()) {
      if (!prompt.getValue().isTextual()) {
        throw new UserException(
            "%s: the prompt '%s' is no text; put a whole copy of the file in its place"
                .formatted(file, prompt.getKey()));
      }
      texts.put(prompt.getKey(), prompt.getValue().textValue());
    }
    Optional<String> usual = Optional.ofNullable(config.path("default_prompt_name").textValue());
    if (usual.isPresent() && !texts.containsKey(usual.get())) {
      throw new UserException(
          "%s: default_prompt_name is '%s', which none of its prompts is called (%s); correct it"
              .formatted(file, usual.get(), String.join(", ", texts.keySet())));
    }
    return new Prompts(texts, usual, arePooled(folder));
  }

  private static boolean arePooled(Path folder) {
    Path file = poolingFile(folder);
    return !Files.isRegularFile(file) || JsonFile.read(file).path("include_prompt").asBoolean(true);
  }
}
