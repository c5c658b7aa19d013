// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.download;

import dev.bertctl.runtime.Remedy;

/**
 * Let something be fetched once; it is kept.
 *
 * @param what what is to be fetched
 */
public record AllowNetwork(What what) implements Remedy {

  /** What is fetched. */
  public enum What {
    /** A pretrained model. */
    MODEL,
    /** A plugin that is installed. */
    PLUGIN
  }
}
