// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.language;

import dev.bertctl.spi.Doc;
import dev.bertctl.spi.Essential;
import io.smallrye.config.WithDefault;

/** Options of each task that learns from plain text. */
public interface TextOptions {

  /** How text files are written. */
  @Essential
  @Doc(
      "How text files are written: sentences (one a line, a blank line between documents),"
          + " wikitext (a paragraph a line, headings between = signs) or d2l (wikitext as Dive into"
          + " Deep Learning takes it apart).")
  @WithDefault("sentences")
  Form form();
}
