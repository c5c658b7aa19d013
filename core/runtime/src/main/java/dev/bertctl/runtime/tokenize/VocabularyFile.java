// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.tokenize;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bertctl.runtime.UserException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A vocab.txt: one word piece a line, whose id is its line, from 0.
 *
 * @param source the file
 * @param tokens the word pieces by id; of an entry that stands twice the later id counts, as in
 *     Hugging Face
 */
record VocabularyFile(Path source, List<String> tokens) {

  static VocabularyFile read(Path source) {
    try {
      List<String> tokens = Files.readAllLines(source);
      if (tokens.isEmpty()) {
        throw new UserException(source + ": empty; a vocabulary has one word piece a line");
      }
      return new VocabularyFile(source, tokens);
    } catch (CharacterCodingException e) {
      throw new UserException(
          source + ": not valid UTF-8; a vocabulary is a text file with one word piece a line", e);
    } catch (IOException e) {
      throw new UserException(source + ": cannot be read: " + e, e);
    }
  }

  /** Adds all tokens with their ids. */
  void addTo(ObjectNode vocabulary) {
    for (int id = 0; id < tokens.size(); id++) {
      vocabulary.put(tokens.get(id), id);
    }
  }

  /**
   * Whether the vocabulary tells upper from lower case: one made of lower-cased text has no word
   * that changes when lower-cased. Names in brackets, such as {@code [CLS]}, are no words.
   */
  boolean cased() {
    return tokens.stream().anyMatch(VocabularyFile::hasUpperCase);
  }

  private static boolean hasUpperCase(String token) {
    String word = token.startsWith("##") ? token.substring(2) : token;
    return word.codePoints().allMatch(Character::isLetter)
        && word.codePoints().anyMatch(letter -> letter != Character.toLowerCase(letter));
  }
}
