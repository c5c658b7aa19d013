// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.onnxruntime;

import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxTensorLike;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.onnx.model.Constant;
import dev.bertctl.runtime.onnx.model.OnnxDefinition;
import dev.bertctl.runtime.tensorflow.OutOfDeviceMemoryException;
import java.nio.FloatBuffer;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** A graph in ONNX Runtime's memory. Its weights are copied out of Java's heap once. */
final class NativeSession implements AutoCloseable {

  private final OrtSession session;
  private final Map<String, OnnxTensor> constants;

  private NativeSession(OrtSession session, Map<String, OnnxTensor> constants) {
    this.session = session;
    this.constants = constants;
  }

  /**
   * Loads a graph.
   *
   * @throws OutOfDeviceMemoryException if there is not enough memory for it
   */
  static NativeSession open(OnnxDefinition graph) {
    Map<String, OnnxTensor> constants = new LinkedHashMap<>();
    try (SessionOptions options = OnnxRuntimeEngine.options()) {
      for (Constant constant : graph.initializers()) {
        if (isWeight(constant)) {
          constants.put(constant.name(), tensor(constant));
        }
      }
      Map<String, OnnxTensorLike> outside = new HashMap<>(constants);
      options.addExternalInitializers(outside);
      byte[] model = graph.toModel(NativeSession::stored, Map.of()).toByteArray();
      return new NativeSession(
          OnnxRuntimeEngine.environment().createSession(model, options), constants);
    } catch (OrtException e) {
      constants.values().forEach(OnnxTensor::close);
      throw failure("cannot load the model", e);
    } catch (RuntimeException e) {
      constants.values().forEach(OnnxTensor::close);
      throw e;
    }
  }

  private static boolean isWeight(Constant constant) {
    return !constant.name().startsWith("/");
  }

  private static OnnxTensor tensor(Constant constant) throws OrtException {
    long[] shape = constant.shape().stream().mapToLong(Long::longValue).toArray();
    return constant.values().get() instanceof FloatBuffer floats
        ? OnnxTensor.createTensor(OnnxRuntimeEngine.environment(), floats, shape)
        : OnnxTensor.createTensor(
            OnnxRuntimeEngine.environment(), constant.toBytes(), shape, type(constant));
  }

  private static OnnxJavaType type(Constant constant) {
    return switch (constant.type()) {
      case INT8 -> OnnxJavaType.INT8;
      case UINT8 -> OnnxJavaType.UINT8;
      default -> throw new IllegalStateException("no weight is of type " + constant.type());
    };
  }

  /** Weights are named only: the session is given their values. */
  private static TensorProto stored(Constant constant) {
    return isWeight(constant)
        ? OnnxDefinition.described(constant)
            .setDataLocation(TensorProto.DataLocation.EXTERNAL)
            .addExternalData(entry("location", "weights"))
            .addExternalData(entry("offset", "0"))
            .addExternalData(entry("length", Long.toString(constant.bytes())))
            .build()
        : OnnxDefinition.inside(constant);
  }

  private static StringStringEntryProto entry(String key, String value) {
    return StringStringEntryProto.newBuilder().setKey(key).setValue(value).build();
  }

  /**
   * Computes some outputs; to be closed by the caller.
   *
   * @throws OutOfDeviceMemoryException if there is not enough memory for it
   */
  OrtSession.Result run(Map<String, ? extends OnnxTensorLike> inputs, Set<String> outputs) {
    try {
      return session.run(inputs, outputs);
    } catch (OrtException e) {
      throw failure("cannot compute a batch", e);
    }
  }

  static UserException failure(String what, OrtException cause) {
    String message = String.valueOf(cause.getMessage());
    String reason = message.lines().findFirst().orElse("");
    return message.contains("Failed to allocate memory") || message.contains("bad_alloc")
        ? new OutOfDeviceMemoryException("ONNX Runtime", reason, cause)
        : new UserException(
            "ONNX Runtime %s: %s; let TensorFlow compute it".formatted(what, reason), cause);
  }

  @Override
  public void close() {
    try {
      session.close();
    } catch (OrtException e) {
      throw failure("cannot close the model", e);
    } finally {
      constants.values().forEach(OnnxTensor::close);
    }
  }
}
