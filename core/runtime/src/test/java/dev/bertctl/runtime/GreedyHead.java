// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime;

import dev.bertctl.spi.head.ClassifierHead;
import dev.bertctl.spi.head.EncoderNeed;
import dev.bertctl.spi.head.Head;
import dev.bertctl.spi.head.HeadGraph;
import dev.bertctl.spi.head.HeadOutput;
import dev.bertctl.spi.head.Layout;
import dev.bertctl.spi.head.TargetSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.TString;

/**
 * A classifier that in training asks TensorFlow for 256 TiB, more than a process can address, when
 * a batch has more rows than a file says; the file may change while the model is trained.
 *
 * @param classifier what it is otherwise
 * @param room the file
 */
public record GreedyHead(ClassifierHead classifier, Path room) implements Head {

  /** Room for any batch. */
  public static final int PLENTY = 1000;

  /** Of float32. */
  private static final long TOO_MANY = 1L << 46;

  /**
   * Makes one with room for any batch.
   *
   * @param folder where its file goes
   */
  public static GreedyHead in(Path folder, List<String> labels) {
    GreedyHead head = new GreedyHead(new ClassifierHead(labels), folder.resolve("room"));
    head.leaveRoom(PLENTY);
    return head;
  }

  /** From now on memory suffices for this many rows at once. */
  public void leaveRoom(int rows) {
    try {
      Files.writeString(room, Integer.toString(rows));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String architecture() {
    return classifier.architecture();
  }

  @Override
  public List<TargetSpec> targets() {
    return classifier.targets();
  }

  @Override
  public List<String> labels() {
    return classifier.labels();
  }

  @Override
  public Set<EncoderNeed> needs() {
    return classifier.needs();
  }

  @Override
  public HeadOutput build(HeadGraph graph) {
    HeadOutput output = classifier.build(graph);
    if (!graph.training()) {
      return output;
    }
    HeadOutput.Loss loss = output.losses().get(HeadOutput.LOSS);
    return HeadOutput.logits(Layout.PER_FEATURE, output.values().get(HeadOutput.LOGITS).values())
        .trainedOn(graph.tf().math.add(loss.values(), zero(graph)), loss.weights());
  }

  /** A scalar, the least of as many zeros as it asks for. */
  private Operand<TFloat32> zero(HeadGraph graph) {
    Ops tf = graph.tf();
    Operand<TInt32> rows = tf.gather(tf.shape(graph.targets()), tf.constant(0), tf.constant(0));
    Operand<TFloat32> suffices = tf.strings.toNumber(tf.io.readFile(file(tf, rows)));
    Operand<TInt64> isTooLarge =
        tf.dtypes.cast(
            tf.math.greater(tf.dtypes.cast(rows, TFloat32.class), suffices), TInt64.class);
    Operand<TInt64> count =
        tf.math.add(tf.math.mul(isTooLarge, tf.constant(TOO_MANY)), tf.constant(1L));
    return tf.min(tf.fill(tf.expandDims(count, tf.constant(0)), tf.constant(0f)), tf.constant(0));
  }

  /** With nothing of the batch behind it: of a constant name TensorFlow would read it once. */
  private Operand<TString> file(Ops tf, Operand<TInt32> rows) {
    Operand<TString> nothing =
        tf.strings.substr(tf.dtypes.asString(rows), tf.constant(0), tf.constant(0));
    return tf.strings.join(List.of(tf.constant(room.toString()), nothing));
  }
}
