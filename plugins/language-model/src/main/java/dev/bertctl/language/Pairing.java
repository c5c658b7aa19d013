// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.language;

/** How pairs are made of a document. */
public enum Pairing {
  /** Two spans of several sentences that fill the sequence, as the original BERT has them. */
  SPANS,
  /** Each sentence with the one after it, as in "Dive into Deep Learning". */
  SENTENCES
}
