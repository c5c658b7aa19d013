// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.graph;

import dev.bertctl.spi.head.Layout;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * An inference computation that can begin with any embeddings.
 *
 * @param inference what it gives
 * @param inputs what is fed for each batch
 * @param embeddings hidden state 0 [N,T,H]: of the ids, unless it is fed
 * @param layout of the output that is explained
 * @param selector what the output's values are multiplied with, of their shape
 * @param gradient of the sum of these products with respect to the embeddings, [N,T,H]
 */
record ExplanationGraph(
    BertGraph.Inference inference,
    ModelInputs inputs,
    Operand<TFloat32> embeddings,
    Layout layout,
    Operand<TFloat32> selector,
    Operand<TFloat32> gradient) {}
