// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.distributed;

import dev.bertctl.runtime.graph.LossScale;
import dev.bertctl.runtime.graph.Optimizer;
import dev.bertctl.runtime.packing.Batch;
import dev.bertctl.runtime.packing.BatchCodec;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What a process has to do.
 *
 * @param kind of work
 * @param average whether all take the mean of their weights after it
 * @param step the numbers of the step
 * @param seed of its dropout
 * @param weights of each loss in the whole batch; empty where each process steps alone
 * @param first which part of the batch this process' first one is
 * @param parts its parts of the batch; there may be none
 */
record StepOrder(
    Kind kind,
    boolean average,
    Optimizer.Step step,
    long seed,
    double[] weights,
    int first,
    List<Batch> parts) {

  /** Kinds of work. */
  enum Kind {
    /** Compute the gradients of the first part, and forget them. */
    REHEARSE,
    /** Make a step by the gradients of all processes. */
    TOGETHER,
    /** Make a step by this process' parts, if there are any. */
    ALONE,
    /** Make no step, as no other does. */
    NONE
  }

  byte[] encoded() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(kind.ordinal());
      out.writeBoolean(average);
      out.writeLong(step.number());
      out.writeDouble(step.learningRate());
      out.writeDouble(step.maxNorm());
      out.writeDouble(step.scale().value());
      out.writeInt(step.scale().steps());
      out.writeLong(step.scale().skipped());
      out.writeLong(seed);
      out.writeInt(weights.length);
      for (double weight : weights) {
        out.writeDouble(weight);
      }
      out.writeInt(first);
      out.writeInt(parts.size());
      for (Batch part : parts) {
        BatchCodec.write(part, out);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  static StepOrder decoded(byte[] bytes, int padId) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      Kind kind = Kind.values()[in.readByte()];
      boolean average = in.readBoolean();
      Optimizer.Step step =
          new Optimizer.Step(
              in.readLong(),
              in.readDouble(),
              in.readDouble(),
              new LossScale(in.readDouble(), in.readInt(), in.readLong()));
      long seed = in.readLong();
      double[] weights = new double[in.readInt()];
      for (int i = 0; i < weights.length; i++) {
        weights[i] = in.readDouble();
      }
      int first = in.readInt();
      int count = in.readInt();
      List<Batch> parts = new ArrayList<>(count);
      for (int i = 0; i < count; i++) {
        parts.add(BatchCodec.read(in, padId));
      }
      return new StepOrder(kind, average, step, seed, weights, first, parts);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
