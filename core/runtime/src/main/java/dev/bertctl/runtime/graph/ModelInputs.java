// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.graph;

import dev.bertctl.runtime.encoder.EncoderInput;
import dev.bertctl.runtime.packing.Batch;
import dev.bertctl.runtime.packing.Targets;
import dev.bertctl.runtime.tensorflow.SessionRun;
import dev.bertctl.spi.head.TargetSpec;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TType;

/**
 * What is fed for each batch; every size may differ from batch to batch.
 *
 * @param spec the form of the targets
 * @param ids int32 [N,T]
 * @param segments int32 [N,T]
 * @param mask int32 [N,T]
 * @param choices C, int32 scalar
 * @param choiceMask int32 [B,C]
 * @param targets int32, of the shape that the head's {@link TargetSpec} says
 * @param numbers float32 [B] or [B,L]
 */
record ModelInputs(
    TargetSpec spec,
    Operand<TInt32> ids,
    Operand<TInt32> segments,
    Operand<TInt32> mask,
    Operand<TInt32> choices,
    Operand<TInt32> choiceMask,
    Operand<TInt32> targets,
    Operand<TFloat32> numbers) {

  static ModelInputs create(Ops tf, TargetSpec spec) {
    int rank = spec == TargetSpec.LABEL || spec == TargetSpec.NUMBER ? 1 : 2;
    return new ModelInputs(
        spec,
        placeholder(tf, TInt32.class, 2),
        placeholder(tf, TInt32.class, 2),
        placeholder(tf, TInt32.class, 2),
        placeholder(tf, TInt32.class, 0),
        placeholder(tf, TInt32.class, 2),
        placeholder(tf, TInt32.class, rank),
        placeholder(tf, TFloat32.class, rank));
  }

  static <T extends TType> Operand<T> placeholder(Ops tf, Class<T> type, int rank) {
    long[] unknown = new long[rank];
    java.util.Arrays.fill(unknown, Shape.UNKNOWN_SIZE);
    return tf.placeholder(type, Placeholder.shape(Shape.of(unknown)));
  }

  EncoderInput encoderInput(Ops tf) {
    return EncoderInput.of(tf, ids, segments, mask);
  }

  /** Feeds a batch without targets. */
  void feed(SessionRun run, Batch batch) {
    Shape perToken = Shape.of(batch.sequences(), batch.tokens());
    run.feed(ids, ints(batch.ids(), perToken))
        .feed(segments, ints(batch.segments(), perToken))
        .feed(mask, ints(batch.mask(), perToken))
        .feed(choices, TInt32.scalarOf(batch.choices()))
        .feed(choiceMask, ints(batch.choiceMask(), Shape.of(batch.size(), batch.choices())));
  }

  /** Feeds a batch with its targets. */
  void feedWithTargets(SessionRun run, Batch batch) {
    feed(run, batch);
    Targets gold = Targets.of(batch, spec);
    Shape shape = Shape.of(gold.shape());
    if (spec.isReal()) {
      run.feed(numbers, TFloat32.tensorOf(shape, DataBuffers.of(gold.numbers())));
    } else {
      run.feed(targets, ints(gold.labels(), shape));
    }
  }

  private static TInt32 ints(int[] values, Shape shape) {
    return TInt32.tensorOf(shape, DataBuffers.of(values));
  }
}
