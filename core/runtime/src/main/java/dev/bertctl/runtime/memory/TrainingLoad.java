// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.memory;

import dev.bertctl.runtime.encoder.BertConfig;

/**
 * What takes memory whatever the batch.
 *
 * @param config the architecture
 * @param parameters values of all weights, head included
 * @param trained values of the weights that are trained
 * @param slots values that the optimizer keeps for each trained one: 2 of AdamW and Adam, 1 of SGD
 *     with momentum, 0 of SGD without
 * @param accumulated whether gradients are summed up over parts of a batch
 * @param gradientCheckpointing whether layers are computed a second time rather than kept
 * @param lowestTrained the lowest trained layer, from 0; -1 if the embeddings are trained; the
 *     number of layers if all of the encoder is frozen
 */
public record TrainingLoad(
    BertConfig config,
    long parameters,
    long trained,
    int slots,
    boolean accumulated,
    boolean gradientCheckpointing,
    int lowestTrained) {}
