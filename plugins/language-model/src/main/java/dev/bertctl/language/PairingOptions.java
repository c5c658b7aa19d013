// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.language;

import dev.bertctl.spi.Doc;
import dev.bertctl.spi.Essential;
import io.smallrye.config.WithDefault;

/** Options of each task that makes pairs of documents. */
public interface PairingOptions extends TextOptions {

  /** How pairs are made of a document. */
  @Essential
  @Doc(
      "How pairs are made of a document: spans (of several sentences, that fill the sequence) or"
          + " sentences (each with the next, as in Dive into Deep Learning).")
  @WithDefault("spans")
  Pairing pairs();

  /** The share of documents packed into shorter sequences. */
  @Doc(
      "The share of documents whose spans are packed into sequences shorter than max-length, of a"
          + " random length, so that the model sees such, too.")
  @WithDefault("0.1")
  double shortSequenceShare();

  /** How often each document is packed. */
  @Doc("How often each document is packed for training; of spans each time into other pairs.")
  @WithDefault("10")
  int duplicates();

  /** Seed of the choices made when packing. */
  @Doc("Seed of the choices made when documents are packed into pairs.")
  @WithDefault("12345")
  long randomSeed();
}
