// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.onnxruntime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import ai.onnxruntime.OrtException;
import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.tensorflow.OutOfDeviceMemoryException;
import org.junit.jupiter.api.Test;

class NativeSessionTest {

  @Test
  void tooLittleMemoryIsTold() {
    UserException e =
        NativeSession.failure(
            "cannot compute a batch",
            new OrtException("Failed to allocate memory for requested buffer of size 123\nat x"));
    assertInstanceOf(OutOfDeviceMemoryException.class, e);
    assertEquals(
        "ONNX Runtime has not enough memory for a batch (Failed to allocate memory for requested buffer of size 123); make train.batch-size, train.evaluation-batch-size or max-length smaller",
        e.getMessage());
  }

  @Test
  void otherFailuresNameTheOtherEngine() {
    assertEquals(
        "ONNX Runtime cannot load the model: no kernel; let TensorFlow compute it",
        NativeSession.failure("cannot load the model", new OrtException("no kernel")).getMessage());
  }
}
