// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.onnx;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import dev.bertctl.runtime.graph.HeadDefinition.BatchInput;
import dev.bertctl.runtime.onnx.model.ValueType;
import dev.bertctl.spi.head.TargetSpec;
import java.util.List;

/** Names and types of a graph's inputs. */
public final class BatchInputs {

  private static final String BATCH = "batch";
  private static final String SEQUENCE = "sequence";

  private BatchInputs() {}

  /** A part of the batch; the names are those of transformers, as far as it has such. */
  public static String name(BatchInput input) {
    return switch (input) {
      case IDS -> "input_ids";
      case SEGMENTS -> "token_type_ids";
      case MASK -> "attention_mask";
      case CHOICES -> "choices";
      case CHOICE_MASK -> "choice_mask";
      case POSITION_ROWS -> "positions";
    };
  }

  /** A target. */
  public static String name(TargetSpec target) {
    return "target_" + target.name();
  }

  static ValueType type(BatchInput input, DataType type) {
    return new ValueType(
        type,
        switch (input) {
          case IDS, SEGMENTS, MASK -> List.of(BATCH, SEQUENCE);
          case CHOICES -> List.of();
          case CHOICE_MASK -> List.of("examples", "choices");
          case POSITION_ROWS -> List.of("positions");
        });
  }

  static ValueType typeOfChoices(DataType type) {
    return new ValueType(type, List.of(BATCH, "choices", SEQUENCE));
  }

  static ValueType type(TargetSpec target) {
    return new ValueType(
        target.form().isReal() ? DataType.FLOAT : DataType.INT32,
        switch (target.form()) {
          case LABEL, CHOICE, NUMBER -> List.of("examples");
          case LABEL_PER_TOKEN, TOKEN_PER_TOKEN -> List.of(BATCH, SEQUENCE);
          case SPAN -> List.of("examples", "2");
          case NUMBERS -> List.of("examples", Integer.toString(target.size()));
          case TOKEN_PER_POSITION -> List.of("positions");
        });
  }
}
