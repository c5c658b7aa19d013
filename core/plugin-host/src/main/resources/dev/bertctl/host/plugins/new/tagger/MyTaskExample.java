package org.example.mytask;

import dev.bertctl.spi.data.Example;
import dev.bertctl.spi.data.Location;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A text with a tag for each word.
 *
 * @param location where it was read
 * @param columns the row's own columns
 * @param text words with single spaces between
 * @param tags the gold tags, by index, if known
 */
record MyTaskExample(
    Location location, Map<String, Object> columns, String text, Optional<List<Integer>> tags)
    implements Example {

  /** The number of words. */
  int words() {
    return text.split(" ").length;
  }

  /** The word that a character belongs to, from 0. */
  int word(int character) {
    return (int) text.chars().limit(character).filter(c -> c == ' ').count();
  }

  /** Whether a word begins at a character. */
  boolean startsWord(int character) {
    return character == 0 || text.charAt(character - 1) == ' ';
  }
}
