// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.graph;

import dev.bertctl.spi.head.TargetSpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TInt32;

/**
 * What clients of an exported model feed, as transformers names it: {@code input_ids}, {@code
 * attention_mask} and {@code token_type_ids}, int32 [B,T], and of models that choose [B,C,T]. The
 * rest is computed of them: a choice counts if it has a token, and every token is a position.
 */
final class ServingInputs {

  private static final int[] ROW = {-1};

  private final Map<String, Operand<TInt32>> placeholders = new LinkedHashMap<>();
  private ModelInputs inputs;
  private Operand<TInt32> perSequence;

  /** Makes the inputs of a head's targets. */
  ModelInputs create(Ops tf, List<TargetSpec> targets) {
    boolean choosing = targets.stream().anyMatch(target -> target.form() == TargetSpec.Form.CHOICE);
    Operand<TInt32> ids = placeholder(tf, "input_ids", choosing);
    Operand<TInt32> mask = placeholder(tf, "attention_mask", choosing);
    Operand<TInt32> segments = placeholder(tf, "token_type_ids", choosing);
    Operand<TInt32> zero = tf.constant(0);
    Operand<TInt32> tokens = tf.gather(tf.shape(ids), tf.constant(choosing ? 2 : 1), zero);
    perSequence = tf.stack(List.of(tf.constant(-1), tokens)); // [N,T]
    Operand<TInt32> rows = tf.reshape(mask, perSequence); // [N,T]
    Operand<TInt32> all = tf.gather(tf.shape(tf.reshape(ids, tf.constant(ROW))), zero, zero);
    inputs =
        ModelInputs.of(
            tf,
            targets,
            tf.reshape(ids, perSequence),
            tf.reshape(segments, perSequence),
            rows,
            choosing ? tf.gather(tf.shape(ids), tf.constant(1), zero) : tf.constant(1),
            choosing
                ? tf.max(mask, tf.constant(2))
                : tf.expandDims(tf.max(rows, tf.constant(1)), tf.constant(1)),
            tf.range(zero, all, tf.constant(1)));
    return inputs;
  }

  private Operand<TInt32> placeholder(Ops tf, String name, boolean choosing) {
    long any = Shape.UNKNOWN_SIZE;
    Shape shape = choosing ? Shape.of(any, any, any) : Shape.of(any, any);
    Operand<TInt32> placeholder =
        tf.withName(name).placeholder(TInt32.class, Placeholder.shape(shape));
    placeholders.put(name, placeholder);
    return placeholder;
  }

  /** The placeholders by name. */
  Map<String, Operand<TInt32>> placeholders() {
    return placeholders;
  }

  /** The shape [N,T], with -1 for N. */
  Operand<TInt32> perSequence() {
    return perSequence;
  }
}
