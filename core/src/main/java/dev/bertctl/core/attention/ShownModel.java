// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.attention;

import dev.bertctl.runtime.encoder.AttentionMask;
import dev.bertctl.runtime.huggingface.PretrainedModel;

/**
 * A model whose attention is shown.
 *
 * @param name how the user named it
 * @param files its files
 * @param mask which tokens its tokens attend to
 */
public record ShownModel(String name, PretrainedModel files, AttentionMask mask) {

  /** A model that is shown as its own configuration says. */
  public static ShownModel of(String name, PretrainedModel files) {
    return new ShownModel(name, files, files.config().attentionMask());
  }
}
