// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.distributed;

import dev.bertctl.runtime.graph.BatchShare;
import dev.bertctl.runtime.graph.BertModel;
import dev.bertctl.runtime.graph.ModelWeights;
import dev.bertctl.runtime.graph.SharedSteps;
import dev.bertctl.runtime.predict.PredictorOptions;
import dev.bertctl.runtime.tensorflow.OutOfDeviceMemoryException;
import dev.bertctl.runtime.weights.ElementType;
import dev.bertctl.runtime.weights.Weight;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.zip.CRC32C;

/** What one of several processes holds that train a model together. Not for several threads. */
public final class TrainingProcess implements AutoCloseable {

  private final BertModel model;
  private final SharedSteps steps;
  private final TrainingFolder opened;

  private TrainingProcess(BertModel model, TrainingFolder opened) {
    this.model = model;
    this.steps = model.sharedSteps();
    this.opened = opened;
  }

  /**
   * Opens the model.
   *
   * @param folder what {@link TrainingFolder} wrote
   * @param options where it computes, and where its task is looked for
   * @throws dev.bertctl.runtime.UserException if it cannot be opened
   */
  public static TrainingProcess open(Path folder, PredictorOptions options) {
    TrainingFolder opened = TrainingFolder.read(folder);
    return new TrainingProcess(opened.model(options), opened);
  }

  /**
   * Does what it is told.
   *
   * @param order bytes of a {@link StepOrder}
   * @param transport to the other processes
   * @return bytes of a {@link StepAnswer}
   */
  public byte[] carryOut(byte[] order, Transport transport) {
    StepOrder decoded = StepOrder.decoded(order, opened.padId());
    StepAnswer answer =
        switch (decoded.kind()) {
          case REHEARSE -> rehearsed(decoded);
          case TOGETHER -> together(decoded, transport);
          case ALONE -> alone(decoded);
          case NONE -> StepAnswer.idle();
        };
    if (decoded.average()) {
      // Half the bits are enough for gradients, not for weights, nor for squares of gradients.
      steps.average(transport.processes(), new AllReduce(transport, ElementType.F32));
    }
    return answer.encoded();
  }

  private StepAnswer rehearsed(StepOrder order) {
    try {
      return StepAnswer.of(
          model.rehearse(order.parts().get(0), order.seed()), Duration.ZERO, Duration.ZERO);
    } catch (OutOfDeviceMemoryException e) {
      return StepAnswer.outOfMemory(e.getMessage());
    }
  }

  private StepAnswer together(StepOrder order, Transport transport) {
    long begin = System.nanoTime();
    SharedSteps.Gradients gradients =
        steps.gradients(
            new BatchShare(
                order.parts(), order.first(), order.weights(), order.step().scale(), order.seed()),
            new AllReduce(transport, opened.wire()));
    long exchanged = System.nanoTime();
    BertModel.Trained trained = steps.update(gradients.loss(), order.step());
    Duration update = Duration.ofNanos(System.nanoTime() - exchanged);
    return StepAnswer.of(
        trained, gradients.computed().plus(update), Duration.ofNanos(System.nanoTime() - begin));
  }

  private StepAnswer alone(StepOrder order) {
    if (order.parts().isEmpty()) {
      steps.leaveOut();
      return StepAnswer.idle();
    }
    long begin = System.nanoTime();
    BertModel.Trained trained =
        steps.alone(
            new BatchShare(
                order.parts(),
                order.first(),
                model.lossWeights(order.parts()),
                order.step().scale(),
                order.seed()),
            order.step());
    Duration time = Duration.ofNanos(System.nanoTime() - begin);
    return StepAnswer.of(trained, time, time);
  }

  /** The variables of the model, each copied out when it is asked for. */
  public List<Weight> variables() {
    return ModelWeights.withSlots(model);
  }

  /** Tells models with other variables apart. */
  public long checksum() {
    CRC32C sum = new CRC32C();
    for (Weight weight : variables()) {
      FloatBuffer values = weight.values();
      ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * values.remaining());
      bytes.asFloatBuffer().put(values);
      sum.update(bytes);
    }
    return sum.getValue();
  }

  @Override
  public void close() {
    model.close();
  }
}
