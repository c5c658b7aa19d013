// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.tokenize.vocabulary;

import java.util.function.Consumer;

/** Splits texts into words. */
@FunctionalInterface
public interface WordSplitter {

  /** Passes on the words of a text, normalised, in their order; none is empty. */
  void split(String text, Consumer<String> words);
}
