// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.tensorflow;

import dev.bertctl.runtime.tensorflow.line.TensorFlowLine;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.exceptions.TFResourceExhaustedException;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.ByteDataBuffer;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Op;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;

/** One run of a session; closing it frees what was fed and what was fetched. */
public final class SessionRun implements AutoCloseable {

  private final Session.Runner runner;
  private final List<Tensor> owned = new ArrayList<>();
  private final Map<Output<?>, Integer> places = new HashMap<>();
  private final List<Integer> asked = new ArrayList<>();
  private List<Tensor> fetched = List.of();

  /**
   * @param session the session to run
   */
  public SessionRun(Session session) {
    this.runner = session.runner();
  }

  /** Feeds a value, which is then owned by this run. */
  public SessionRun feed(Operand<?> placeholder, Tensor value) {
    owned.add(value);
    runner.feed(placeholder, value);
    return this;
  }

  /** Feeds a number. */
  public SessionRun feed(Operand<TFloat32> placeholder, double value) {
    return feed(placeholder, TFloat32.scalarOf((float) value));
  }

  /**
   * Feeds real numbers.
   *
   * @param values row-major
   * @param shape their dimensions
   */
  public SessionRun feed(Operand<TFloat32> placeholder, float[] values, long... shape) {
    return feed(placeholder, TFloat32.tensorOf(Shape.of(shape), DataBuffers.of(values)));
  }

  /**
   * Feeds real numbers.
   *
   * @param values row-major, float32 as this machine has them; parts that follow each other, each
   *     backed by an array
   * @param shape their dimensions
   */
  public SessionRun feed(Operand<TFloat32> placeholder, List<ByteBuffer> values, long... shape) {
    return feed(
        placeholder,
        TFloat32.tensorOf(
            Shape.of(shape),
            tensor -> {
              ByteDataBuffer rest = tensor.asRawTensor().data();
              for (ByteBuffer part : values) {
                rest.write(part.array(), part.arrayOffset() + part.position(), part.remaining());
                rest = rest.offset(part.remaining());
              }
            }));
  }

  /** Feeds a list of integers. */
  public SessionRun feedIntegers(Operand<TInt32> placeholder, int[] values) {
    return feed(placeholder, TInt32.tensorOf(Shape.of(values.length), DataBuffers.of(values)));
  }

  /** Feeds an integer of 64 bits. */
  public SessionRun feedLong(Operand<TInt64> placeholder, long value) {
    return feed(placeholder, TInt64.scalarOf(value));
  }

  /** Asks for a value; values are numbered in the order in which they are asked for. */
  public SessionRun fetch(Operand<?> operand) {
    // Of a value that is asked for twice TensorFlow 2.16 complains.
    int next = places.size();
    int place = places.computeIfAbsent(operand.asOutput(), output -> next);
    if (place == next) {
      runner.fetch(operand);
    }
    asked.add(place);
    return this;
  }

  /** Asks for an op to be run. */
  public SessionRun target(Op op) {
    runner.addTarget(op.op());
    return this;
  }

  /**
   * Runs.
   *
   * @throws OutOfDeviceMemoryException if TensorFlow has not the memory for it
   */
  public SessionRun run() {
    try {
      fetched = TensorFlowLine.run(runner);
    } catch (TFResourceExhaustedException e) {
      throw new OutOfDeviceMemoryException(e);
    }
    owned.addAll(fetched);
    return this;
  }

  /** A fetched value; it lives until this run is closed. */
  public TFloat32 tensor(int index) {
    return (TFloat32) fetched.get(asked.get(index));
  }

  /** A fetched scalar. */
  public double number(int index) {
    return tensor(index).getFloat();
  }

  /** Dimensions of a fetched value. */
  public long[] shape(int index) {
    return tensor(index).shape().asArray();
  }

  /** A copy of a fetched value, row-major. */
  public float[] floats(int index) {
    TFloat32 tensor = tensor(index);
    float[] values = new float[Math.toIntExact(tensor.size())];
    tensor.asRawTensor().data().asFloats().read(values);
    return values;
  }

  /** A copy of a fetched value, row-major, float32 as this machine has them. */
  public ByteBuffer bytes(int index) {
    ByteDataBuffer data = tensor(index).asRawTensor().data();
    byte[] bytes = new byte[Math.toIntExact(data.size())];
    data.read(bytes);
    return ByteBuffer.wrap(bytes);
  }

  /** A copy of a fetched list of integers. */
  public int[] integers(int index) {
    TInt32 tensor = (TInt32) fetched.get(asked.get(index));
    int[] values = new int[Math.toIntExact(tensor.size())];
    tensor.asRawTensor().data().asInts().read(values);
    return values;
  }

  @Override
  public void close() {
    owned.forEach(Tensor::close);
  }
}
