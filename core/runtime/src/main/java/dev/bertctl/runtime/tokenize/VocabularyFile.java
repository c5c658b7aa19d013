// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.tokenize;

import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.files.FileException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A vocab.txt: one word piece a line, whose id is its line, from 0. As in Hugging Face's library,
 * only a line feed ends a line, white space at its end is none of the piece, and a blank line has
 * an id too.
 *
 * @param source the file
 * @param tokens the word pieces by id; of an entry that stands twice the later id counts, as in
 *     Hugging Face
 */
record VocabularyFile(Path source, List<String> tokens) {

  /** In a model folder. */
  static final String NAME = "vocab.txt";

  /** No vocabulary is larger; another file would fill the memory. */
  private static final long LARGEST = 256L << 20;

  static VocabularyFile read(Path source) {
    String text = text(source);
    if (text.isBlank()) {
      throw new UserException(source + ": empty; a vocabulary has one word piece a line");
    }
    if (text.charAt(0) == '\ufeff') {
      throw new UserException(
          source
              + ": begins with a byte order mark, which would be a part of its first word piece; save it as UTF-8 without one");
    }
    String[] lines = text.split("\n", -1);
    int count = lines[lines.length - 1].isEmpty() ? lines.length - 1 : lines.length;
    return new VocabularyFile(
        source, Arrays.stream(lines, 0, count).map(VocabularyFile::withoutSpaceAtEnd).toList());
  }

  private static String text(Path source) {
    try {
      if (Files.size(source) > LARGEST) {
        throw new UserException(source + ": larger than 256 MiB, which no vocabulary is");
      }
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(Files.readAllBytes(source)))
          .toString();
    } catch (CharacterCodingException e) {
      throw new UserException(
          source + ": not valid UTF-8; a vocabulary is a text file with one word piece a line", e);
    } catch (IOException e) {
      throw FileException.reading(source, e);
    }
  }

  private static String withoutSpaceAtEnd(String line) {
    int end = line.length();
    while (end > 0 && isSpace(line.charAt(end - 1))) {
      end--;
    }
    return line.substring(0, end);
  }

  /** Unicode's White_Space, all of which is in the basic plane. */
  private static boolean isSpace(char character) {
    return (character >= '\t' && character <= '\r')
        || character == 0x85 // next line
        || Character.isSpaceChar(character);
  }

  /**
   * The lines of a file for tokens by id. Those that no line can hold, which have a line break or
   * end in white space, are blank, and so are ids without a token: other ids stay as they are.
   */
  static List<String> lines(List<String> tokens) {
    return tokens.stream()
        .map(
            token ->
                token.equals(withoutSpaceAtEnd(token))
                        && token.indexOf('\n') < 0
                        && token.indexOf('\r') < 0
                    ? token
                    : "")
        .toList();
  }

  /** The ids by token. */
  Map<String, Integer> ids() {
    Map<String, Integer> ids = new LinkedHashMap<>();
    for (int id = 0; id < tokens.size(); id++) {
      ids.put(tokens.get(id), id);
    }
    return ids;
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
