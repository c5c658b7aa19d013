// SPDX-License-Identifier: Apache-2.0
/**
 * BERT (Devlin et al., 2019) as a TensorFlow graph, one file a part.
 *
 * <p>A part is made for one graph: {@code forward} adds its computation, {@code backward} the
 * gradient of it, given the gradient of its output. The backward is written by hand: it reuses what
 * the forward kept, skips the broadcast bookkeeping that generated gradients carry, and can use ops
 * that have no registered gradient. What stands on top of the encoder (pooler, head, loss) is
 * differentiated by TensorFlow.
 *
 * <p>Hidden states are kept as [R,H] with R = N·T, so that every dense layer is one matrix product.
 */
package dev.bertctl.runtime.encoder;
