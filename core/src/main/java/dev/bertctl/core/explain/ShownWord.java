// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.explain;

import dev.bertctl.runtime.explain.Word;

/**
 * A word as its text has it.
 *
 * @param word the word as the model sees it
 * @param before what stands between it and the word before
 * @param text as it is written; in the vocabulary's writing where the text is not known
 */
public record ShownWord(Word word, String before, String text) {}
