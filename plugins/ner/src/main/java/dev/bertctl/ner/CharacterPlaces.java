// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.ner;

import java.util.Arrays;

/**
 * Places in a text, told in Unicode characters (code points), as in data and predictions, and in
 * indices into the Java string. In {@code 😀 Bergen} the town is at character 2 and index 3.
 */
final class CharacterPlaces {

  private final String text;

  /** The index of each character, and the text's length; null where the two are the same. */
  private final int[] indices;

  CharacterPlaces(String text) {
    this.text = text;
    int length = text.codePointCount(0, text.length());
    this.indices = length == text.length() ? null : new int[length + 1];
    if (indices != null) {
      int index = 0;
      for (int character = 0; character <= length; character++) {
        indices[character] = index;
        index += index < text.length() ? Character.charCount(text.codePointAt(index)) : 0;
      }
    }
  }

  /** How many characters the text has. */
  int length() {
    return indices == null ? text.length() : indices.length - 1;
  }

  /** Where a character is in the string. */
  int index(int character) {
    return indices == null ? character : indices[character];
  }

  /** Which character is at an index. */
  int character(int index) {
    return indices == null ? index : Arrays.binarySearch(indices, index);
  }
}
