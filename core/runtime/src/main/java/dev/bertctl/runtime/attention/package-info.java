// SPDX-License-Identifier: Apache-2.0
/**
 * What the heads of a model attend to: {@link dev.bertctl.runtime.attention.AttentionModel} gives
 * the weights of one input, {@link dev.bertctl.runtime.attention.HeadFacts} what is said of a head
 * in a few numbers, and {@link dev.bertctl.runtime.attention.HeadDifference} where two models
 * differ.
 *
 * <p>Attention weights say from which tokens a head mixes its values. They do not say why a model
 * predicts what it predicts.
 */
package dev.bertctl.runtime.attention;
