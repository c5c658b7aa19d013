// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.language;

import dev.bertctl.spi.Doc;
import dev.bertctl.spi.Essential;
import io.smallrye.config.WithDefault;

/** Options of the task {@code pretrain}. */
public interface PretrainOptions extends MaskingOptions, PairingOptions {

  /** Most masked word pieces of a sequence. */
  @Essential
  @Doc(
      "Most word pieces of a sequence that are to be predicted; give about max-length times"
          + " masked-share: 20 for 128, 77 for 512.")
  @WithDefault("20")
  int maxPredictions();

  /** Whether the loss counts places that are left over. */
  @Doc(
      "Whether a sequence with fewer predictions than max-predictions is filled up with predictions"
          + " of the unknown token at the first one, as the loss of Dive into Deep Learning's PyTorch"
          + " code counts them.")
  @WithDefault("false")
  boolean fillPredictions();
}
