// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.language;

/** How text files are written. */
public enum Form {
  /** A sentence a line, a blank line between documents, as the original BERT reads them. */
  SENTENCES,

  /**
   * A paragraph a line, as in WikiText; headings such as {@code = Valkyria Chronicles III =} begin
   * articles and are left out. Each paragraph is a document, and its sentences end at {@code " .
   * "}.
   */
  WIKITEXT,

  /**
   * As "Dive into Deep Learning" reads WikiText (section 15.9): lines without {@code " . "} are
   * left out; what stands between those is a sentence.
   */
  D2L
}
