// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.graph;

import dev.bertctl.runtime.packing.Batch;
import dev.bertctl.runtime.tensorflow.SessionRun;
import org.tensorflow.Session;

/**
 * How a head's output depends on the embeddings: hidden state 0, which is the output of
 * transformers' {@code model.bert.embeddings} in evaluation. All is computed as in inference.
 */
public final class OutputGradients {

  private final Session session;
  private final ExplanationGraph graph;

  OutputGradients(Session session, ExplanationGraph graph) {
    this.session = session;
    this.graph = graph;
  }

  /** The embeddings of a batch, [N,T,H] row-major. */
  public float[] embeddings(Batch batch) {
    try (SessionRun run = new SessionRun(session)) {
      graph.inputs().feed(run, batch);
      return run.fetch(graph.embeddings()).run().floats(0);
    }
  }

  /**
   * The gradient of a sum of the output's values with respect to the embeddings.
   *
   * @param embeddings where it is taken, [N,T,H] row-major: of the batch or any others
   * @param selector what each value counts, of the output's shape, row-major: 1 for the one that is
   *     explained of each feature, else 0
   * @return [N,T,H] row-major
   * @throws dev.bertctl.runtime.tensorflow.OutOfDeviceMemoryException if the batch is too large
   */
  public float[] gradient(Batch batch, float[] embeddings, float[] selector) {
    long hidden = embeddings.length / ((long) batch.sequences() * batch.tokens());
    try (SessionRun run = new SessionRun(session)) {
      graph.inputs().feed(run, batch);
      return run.feed(graph.embeddings(), embeddings, batch.sequences(), batch.tokens(), hidden)
          .feed(graph.selector(), selector, shape(batch, selector.length))
          .fetch(graph.gradient())
          .run()
          .floats(0);
    }
  }

  /** The shape of the output. */
  private long[] shape(Batch batch, long values) {
    long features = batch.size();
    return switch (graph.layout()) {
      case PER_FEATURE -> new long[] {features, values / features};
      case PER_TOKEN -> new long[] {features, batch.tokens(), values / features / batch.tokens()};
      case PER_CHOICE -> new long[] {features, batch.choices()};
      case PER_POSITION ->
          new long[] {batch.positionRows().length, values / batch.positionRows().length};
    };
  }
}
