// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spi.contract;

import dev.bertctl.spi.decode.FeatureOutput;

/** A tagger whose head gives one number a token: by how much it is rather a name than none. */
public final class ToyMargin extends ToyTagger {

  @Override
  boolean isName(FeatureOutput window, int token) {
    return window.get("margins").at(token, 0) > 0;
  }
}
