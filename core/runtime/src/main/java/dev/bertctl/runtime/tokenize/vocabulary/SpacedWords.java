// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.tokenize.vocabulary;

import java.util.function.Consumer;

/**
 * The words of a text that is tokenised already, such as WikiText's: what stands between white
 * space, unchanged. "the dog 's tail ." gives {@code the}, {@code dog}, {@code 's}, {@code tail}
 * and {@code .}.
 */
public final class SpacedWords implements WordSplitter {

  @Override
  public void split(String text, Consumer<String> words) {
    int start = 0;
    for (int at = 0; at < text.length(); at++) {
      // All white space lies in the first plane of Unicode: one UTF-16 unit each.
      if (CharacterClass.isSpace(text.charAt(at))) {
        if (start < at) {
          words.accept(text.substring(start, at));
        }
        start = at + 1;
      }
    }
    if (start < text.length()) {
      words.accept(text.substring(start));
    }
  }
}
