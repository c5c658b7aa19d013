// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spi.decode;

import dev.bertctl.spi.packing.Feature;

/**
 * A feature and the head's output for it.
 *
 * <p>Of a classifier with three labels, {@code logits} is [1,3]; of a tagger with three for a
 * sequence of 12 tokens, [12,3].
 *
 * @param feature what the model saw
 * @param logits what it answered
 */
public record FeatureLogits(Feature feature, Logits logits) {}
