// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.ner;

import java.util.Set;

/**
 * A word's tag, such as {@code B-PER}: where in an entity the word stands, and the entity's type.
 *
 * @param position O outside, B begin, I inside, E end, S single; other schemes' letters are
 *     translated (L of BILOU is E, U is S, M and W of BMEW are I and S), unknown ones are kept
 * @param type what follows the first dash; {@code _} where there is none, as in plain B, I and O
 */
record Tag(String position, String type) {

  /** The tag of words outside entities. */
  static final String OUTSIDE = "O";

  private static final Set<String> POSITIONS = Set.of("B", "I", "E", "S");

  /** Takes a tag as it stands in data apart. */
  static Tag parse(String tag) {
    int dash = tag.indexOf('-');
    String letters = dash < 0 ? tag : tag.substring(0, dash);
    String position =
        switch (letters) {
          case "L" -> "E";
          case "U", "W" -> "S";
          case "M" -> "I";
          case "." -> OUTSIDE;
          default -> letters;
        };
    return new Tag(position, dash < 0 ? "_" : tag.substring(dash + 1));
  }

  /** Whether the tag is of one of the schemes: no label without a position is. */
  static boolean isTag(String tag) {
    return tag.equals(OUTSIDE) || POSITIONS.contains(parse(tag).position());
  }

  /** What {@link #isTag} wants, for error messages. */
  static String form() {
    return "tags are O, and B, I, E, S (or L, U, M, W) with a type, such as B-PER";
  }

  boolean isOutside() {
    return position.equals(OUTSIDE);
  }

  /** Whether an entity begins with this tag, after a word with the given one. */
  boolean beginsAfter(Tag previous) {
    return switch (position) {
      case OUTSIDE -> false;
      case "B", "S", "[", "]" -> true;
      case "I", "E" ->
          !type.equals(previous.type)
              || previous.isOutside()
              || previous.position.equals("E")
              || previous.position.equals("S");
      default -> !type.equals(previous.type);
    };
  }

  /** Whether an entity that reaches a word with this tag ends there, whatever follows. */
  boolean ends() {
    return switch (position) {
      case "E", "S", "[", "]" -> true;
      default -> false;
    };
  }
}
