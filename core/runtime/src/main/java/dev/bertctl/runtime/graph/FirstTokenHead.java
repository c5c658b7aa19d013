// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.graph;

import dev.bertctl.spi.head.EncoderNeed;
import dev.bertctl.spi.head.Head;
import dev.bertctl.spi.head.HeadGraph;
import dev.bertctl.spi.head.HeadOutput;
import dev.bertctl.spi.head.Layout;
import dev.bertctl.spi.head.ProblemType;
import dev.bertctl.spi.head.TargetSpec;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * A task's head that also gives the last hidden state of {@code [CLS]}, as {@value #FIRST_TOKEN}
 * [B,H]; of a feature with several sequences, as of choices, that of the first.
 *
 * @param task the task's head
 * @param alone whether nothing but that state is wanted, as of a model that lacks the task's head
 */
public record FirstTokenHead(Head task, boolean alone) implements Head {

  /** Name of the output. */
  public static final String FIRST_TOKEN = "first_token";

  @Override
  public String architecture() {
    return alone ? "BertModel" : task.architecture();
  }

  @Override
  public List<TargetSpec> targets() {
    return alone ? List.of() : task.targets();
  }

  @Override
  public List<String> labels() {
    return alone ? List.of() : task.labels();
  }

  @Override
  public Optional<ProblemType> problemType() {
    return alone ? Optional.empty() : task.problemType();
  }

  @Override
  public Set<EncoderNeed> needs() {
    return alone
        ? task.needs().stream()
            .filter(EncoderNeed.CAUSAL_ATTENTION::equals)
            .collect(Collectors.toSet())
        : task.needs();
  }

  @Override
  public HeadOutput build(HeadGraph graph) {
    Operand<TFloat32> first = firstToken(graph);
    return alone
        ? HeadOutput.of(FIRST_TOKEN, Layout.PER_FEATURE, first)
        : task.build(graph).and(FIRST_TOKEN, Layout.PER_FEATURE, first);
  }

  private static Operand<TFloat32> firstToken(HeadGraph graph) {
    Ops tf = graph.tf();
    Operand<TInt32> zero = tf.constant(0);
    Operand<TInt32> one = tf.constant(1);
    Operand<TFloat32> perSequence = tf.gather(graph.sequence(), zero, one); // [N,H]
    Operand<TInt32> shape =
        tf.stack(List.of(tf.constant(-1), graph.choices(), tf.constant(graph.hiddenSize())));
    return tf.gather(tf.reshape(perSequence, shape), zero, one); // [B,C,H] to [B,H]
  }
}
