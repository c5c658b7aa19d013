// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.graph;

import dev.bertctl.runtime.encoder.EncoderInput;
import dev.bertctl.runtime.packing.Batch;
import dev.bertctl.runtime.packing.TargetValues;
import dev.bertctl.runtime.tensorflow.SessionRun;
import dev.bertctl.spi.head.TargetSpec;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TType;

/** What is fed for each batch; every size may differ from batch to batch. */
final class ModelInputs {

  private final Map<String, TargetSpec> specs;
  private final Operand<TInt32> ids;
  private final Operand<TInt32> segments;
  private final Operand<TInt32> mask;
  private final Operand<TInt32> choices;
  private final Operand<TInt32> choiceMask;
  private final Operand<TInt32> positionRows;
  private final Map<String, Operand<?>> targets;

  /**
   * @param specs the targets, by name
   * @param ids int32 [N,T]
   * @param segments int32 [N,T]
   * @param mask int32 [N,T]
   * @param choices C, int32 scalar
   * @param choiceMask int32 [B,C]
   * @param positionRows for each position of each feature its row among all tokens, int32 [M]
   * @param targets int32 or float32, of the shapes that their {@link TargetSpec.Form}s say, by name
   */
  private ModelInputs(
      Map<String, TargetSpec> specs,
      Operand<TInt32> ids,
      Operand<TInt32> segments,
      Operand<TInt32> mask,
      Operand<TInt32> choices,
      Operand<TInt32> choiceMask,
      Operand<TInt32> positionRows,
      Map<String, Operand<?>> targets) {
    this.specs = specs;
    this.ids = ids;
    this.segments = segments;
    this.mask = mask;
    this.choices = choices;
    this.choiceMask = choiceMask;
    this.positionRows = positionRows;
    this.targets = targets;
  }

  /** The targets, by name. */
  Map<String, TargetSpec> specs() {
    return specs;
  }

  /** What the placeholders stand for, by the names of their nodes. */
  Map<String, HeadDefinition.Input> byNode() {
    Map<String, HeadDefinition.Input> inputs = new LinkedHashMap<>();
    inputs.put(ids.op().name(), HeadDefinition.BatchInput.IDS);
    inputs.put(segments.op().name(), HeadDefinition.BatchInput.SEGMENTS);
    inputs.put(mask.op().name(), HeadDefinition.BatchInput.MASK);
    inputs.put(choices.op().name(), HeadDefinition.BatchInput.CHOICES);
    inputs.put(choiceMask.op().name(), HeadDefinition.BatchInput.CHOICE_MASK);
    inputs.put(positionRows.op().name(), HeadDefinition.BatchInput.POSITION_ROWS);
    targets.forEach(
        (name, target) ->
            inputs.put(target.op().name(), new HeadDefinition.TargetInput(specs.get(name))));
    return inputs;
  }

  /** Int32 [N,T]. */
  Operand<TInt32> ids() {
    return ids;
  }

  /** Int32 [N,T]. */
  Operand<TInt32> segments() {
    return segments;
  }

  /** Int32 [N,T]. */
  Operand<TInt32> mask() {
    return mask;
  }

  /** C, int32 scalar. */
  Operand<TInt32> choices() {
    return choices;
  }

  /** Int32 [B,C]. */
  Operand<TInt32> choiceMask() {
    return choiceMask;
  }

  /** For each position of each feature its row among all tokens, int32 [M]. */
  Operand<TInt32> positionRows() {
    return positionRows;
  }

  /** Int32 or float32, of the shapes that their {@link TargetSpec.Form}s say, by name. */
  Map<String, Operand<?>> targets() {
    return targets;
  }

  /**
   * @throws IllegalArgumentException if two targets have the same name
   */
  static ModelInputs create(Ops tf, List<TargetSpec> targets) {
    return of(
        tf,
        targets,
        placeholder(tf, TInt32.class, 2),
        placeholder(tf, TInt32.class, 2),
        placeholder(tf, TInt32.class, 2),
        placeholder(tf, TInt32.class, 0),
        placeholder(tf, TInt32.class, 2),
        placeholder(tf, TInt32.class, 1));
  }

  /**
   * @throws IllegalArgumentException if two targets have the same name
   */
  static ModelInputs of(
      Ops tf,
      List<TargetSpec> targets,
      Operand<TInt32> ids,
      Operand<TInt32> segments,
      Operand<TInt32> mask,
      Operand<TInt32> choices,
      Operand<TInt32> choiceMask,
      Operand<TInt32> positionRows) {
    Map<String, TargetSpec> specs = new LinkedHashMap<>();
    Map<String, Operand<?>> placeholders = new LinkedHashMap<>();
    for (TargetSpec spec : targets) {
      if (specs.put(spec.name(), spec) != null) {
        throw new IllegalArgumentException(
            "two of its targets are called '%s'; rename one".formatted(spec.name()));
      }
      int rank = rank(spec.form());
      placeholders.put(
          spec.name(),
          spec.form().isReal()
              ? placeholder(tf, TFloat32.class, rank)
              : placeholder(tf, TInt32.class, rank));
    }
    return new ModelInputs(
        Collections.unmodifiableMap(specs),
        ids,
        segments,
        mask,
        choices,
        choiceMask,
        positionRows,
        Collections.unmodifiableMap(placeholders));
  }

  private static int rank(TargetSpec.Form form) {
    return switch (form) {
      case LABEL, CHOICE, NUMBER, TOKEN_PER_POSITION -> 1;
      case LABEL_PER_TOKEN, SPAN, NUMBERS, TOKEN_PER_TOKEN -> 2;
    };
  }

  static <T extends TType> Operand<T> placeholder(Ops tf, Class<T> type, int rank) {
    long[] unknown = new long[rank];
    Arrays.fill(unknown, Shape.UNKNOWN_SIZE);
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
        .feed(choiceMask, ints(batch.choiceMask(), Shape.of(batch.size(), batch.choices())))
        .feed(positionRows, ints(batch.positionRows(), Shape.of(batch.positionRows().length)));
  }

  /** Feeds a batch with its targets. */
  void feedWithTargets(SessionRun run, Batch batch) {
    feed(run, batch);
    specs.forEach(
        (name, spec) -> {
          TargetValues gold = TargetValues.of(batch, spec);
          Shape shape = Shape.of(gold.shape());
          run.feed(
              targets.get(name),
              spec.form().isReal()
                  ? TFloat32.tensorOf(shape, DataBuffers.of(gold.numbers()))
                  : ints(gold.integers(), shape));
        });
  }

  private static TInt32 ints(int[] values, Shape shape) {
    return TInt32.tensorOf(shape, DataBuffers.of(values));
  }
}
