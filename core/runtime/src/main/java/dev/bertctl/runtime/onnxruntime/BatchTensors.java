// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.onnxruntime;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import dev.bertctl.runtime.graph.HeadDefinition.BatchInput;
import dev.bertctl.runtime.onnx.BatchInputs;
import dev.bertctl.runtime.packing.Batch;
import dev.bertctl.runtime.packing.TargetValues;
import dev.bertctl.spi.head.TargetSpec;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** A batch as graphs take it; closing it frees the tensors. */
final class BatchTensors implements AutoCloseable {

  private final OrtEnvironment environment = OnnxRuntimeEngine.environment();
  private final Map<String, OnnxTensor> tensors = new HashMap<>();

  /**
   * A batch.
   *
   * @param wanted names of the inputs that are needed
   * @param targets those that the head trains towards
   */
  static BatchTensors of(Batch batch, Collection<String> wanted, Collection<TargetSpec> targets) {
    BatchTensors tensors = new BatchTensors();
    try {
      for (BatchInput input : BatchInput.values()) {
        String name = BatchInputs.name(input);
        if (wanted.contains(name)) {
          tensors.put(name, input, batch);
        }
      }
      for (TargetSpec target : targets) {
        String name = BatchInputs.name(target);
        if (wanted.contains(name)) {
          tensors.put(name, TargetValues.of(batch, target));
        }
      }
      return tensors;
    } catch (OrtException e) {
      tensors.close();
      throw NativeSession.failure("cannot take a batch", e);
    } catch (RuntimeException e) {
      tensors.close();
      throw e;
    }
  }

  /** By the inputs' names. */
  Map<String, OnnxTensor> byName() {
    return tensors;
  }

  private void put(String name, BatchInput input, Batch batch) throws OrtException {
    long sequences = batch.sequences();
    long tokens = batch.tokens();
    switch (input) {
      case IDS -> put(name, batch.ids(), sequences, tokens);
      case SEGMENTS -> put(name, batch.segments(), sequences, tokens);
      case MASK -> put(name, batch.mask(), sequences, tokens);
      case CHOICES -> put(name, new int[] {batch.choices()});
      case CHOICE_MASK -> put(name, batch.choiceMask(), batch.size(), batch.choices());
      case POSITION_ROWS -> put(name, batch.positionRows(), batch.positionRows().length);
    }
  }

  private void put(String name, TargetValues gold) throws OrtException {
    if (gold.numbers().length > 0) {
      tensors.put(
          name,
          OnnxTensor.createTensor(environment, FloatBuffer.wrap(gold.numbers()), gold.shape()));
    } else {
      put(name, gold.integers(), gold.shape());
    }
  }

  private void put(String name, int[] values, long... shape) throws OrtException {
    tensors.put(name, OnnxTensor.createTensor(environment, IntBuffer.wrap(values), shape));
  }

  @Override
  public void close() {
    tensors.values().forEach(OnnxTensor::close);
  }
}
