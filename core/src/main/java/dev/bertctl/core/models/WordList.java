// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.models;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.files.FileException;
import dev.bertctl.runtime.json.JsonFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * The vocab.json of a model of "Dive into Deep Learning": a list of words, whose places are their
 * ids; or an object with such a list as {@code idx_to_token}; or an object of words and their ids.
 *
 * <p>{@code ["<unk>", "the"]}, {@code {"idx_to_token": ["<unk>", "the"]}} and {@code {"the": 1,
 * "<unk>": 0}} are the same.
 */
public final class WordList {

  private static final String LIST = "idx_to_token";

  /** More words than any text has distinct ones. */
  private static final int MOST = 10_000_000;

  private WordList() {}

  /**
   * Reads a file.
   *
   * @return the words by id; an id without a word has an empty text
   * @throws UserException if it holds neither
   */
  public static List<String> read(Path file) {
    JsonNode root = JsonFile.readAny(file);
    JsonNode list = root.isArray() ? root : root.path(LIST);
    if (list.isArray()) {
      return ofList(file, list);
    }
    if (!root.isObject()) {
      throw FileException.damaged(file, "it is neither a list of words nor an object of their ids");
    }
    return ofIds(file, root);
  }

  private static List<String> ofList(Path file, JsonNode list) {
    List<String> words = new ArrayList<>(list.size());
    for (JsonNode word : list) {
      if (!word.isTextual()) {
        throw FileException.damaged(file, "word %d is %s".formatted(words.size(), word));
      }
      words.add(word.textValue());
    }
    return words;
  }

  private static List<String> ofIds(Path file, JsonNode ids) {
    List<String> words = new ArrayList<>();
    for (Map.Entry<String, JsonNode> word : ids.properties()) {
      JsonNode id = word.getValue();
      if (!id.isInt() || id.intValue() < 0 || id.intValue() > MOST) {
        throw FileException.damaged(
            file, "word '%s' has the id %s; ids are integers from 0".formatted(word.getKey(), id));
      }
      words.addAll(Collections.nCopies(Math.max(0, id.intValue() + 1 - words.size()), ""));
      words.set(id.intValue(), word.getKey());
    }
    return words;
  }
}
