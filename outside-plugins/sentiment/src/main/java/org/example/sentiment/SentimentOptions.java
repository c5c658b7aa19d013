// SPDX-License-Identifier: Apache-2.0
package org.example.sentiment;

import dev.bertctl.spi.Doc;
import io.smallrye.config.WithDefault;
import java.util.List;

/** Options of the task {@code sentiment}. */
public interface SentimentOptions {

  /** The labels in the order of the logits. */
  @Doc("The labels, in the order of the logits.")
  @WithDefault("negative,positive")
  List<String> labels();
}
