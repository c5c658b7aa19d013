// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spi.decode;

import dev.bertctl.spi.packing.Feature;

/**
 * A feature and the head's output for it.
 *
 * @param feature what the model saw
 * @param logits what it answered
 */
public record FeatureLogits(Feature feature, Logits logits) {}
