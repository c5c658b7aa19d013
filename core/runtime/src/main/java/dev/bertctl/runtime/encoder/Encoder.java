// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.encoder;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** The whole encoder: embeddings, then layers of self-attention and feed-forward. */
public final class Encoder {

  private final Ops tf;
  private final BertConfig config;
  private final AttentionMask attentionMask;
  private final Embeddings embeddings;
  private final List<Layer> layers = new ArrayList<>();
  private final boolean recompute;

  /**
   * @param tf ops of the graph
   * @param parameters where the weights are; {@link BertParameters#encoder} are declared
   * @param dropouts where masks come from
   * @param config the architecture
   * @param attentionMask which tokens a token attends to
   * @param recompute whether {@link #backward} computes the activations of each layer again, so
   *     that they are not kept from {@link #forward} on
   */
  public Encoder(
      Ops tf,
      Parameters parameters,
      DropoutSource dropouts,
      BertConfig config,
      AttentionMask attentionMask,
      boolean recompute) {
    this.tf = tf;
    this.recompute = recompute;
    this.config = config;
    this.attentionMask = attentionMask;
    this.embeddings = new Embeddings(tf, parameters, dropouts, config);
    for (int i = 0; i < config.layers(); i++) {
      String name = BertParameters.layer(i);
      layers.add(
          new Layer(
              new SelfAttention(tf, parameters, dropouts, config, name),
              new FeedForward(tf, parameters, dropouts, config, name)));
    }
  }

  /** The hidden states and attentions of all layers. */
  public EncoderOutput forward(EncoderInput input) {
    SelfAttention.Layout layout = layout(input);
    Operand<TFloat32> maskBias = attentionMask.bias(tf, input);
    Operand<TInt32> perSequence =
        tf.stack(List.of(input.sequences(), input.tokens(), tf.constant(config.hiddenSize())));
    List<Operand<TFloat32>> hiddenStates = new ArrayList<>();
    List<Operand<TFloat32>> attentions = new ArrayList<>();
    Operand<TFloat32> x = embeddings.forward(input); // [R,H]
    hiddenStates.add(tf.reshape(x, perSequence));
    for (Layer layer : layers) {
      x = layer.feedForward().forward(layer.attention().forward(x, maskBias, layout));
      hiddenStates.add(tf.reshape(x, perSequence)); // [N,T,H]
      attentions.add(layer.attention().probabilities());
    }
    return new EncoderOutput(hiddenStates, attentions);
  }

  /**
   * Takes the gradients of the hidden states and gives that of each weight that is trained. Below
   * the lowest of them nothing is computed.
   *
   * @param dHiddenStates [N,T,H] each, by the index of {@link EncoderOutput#hiddenStates}; without
   *     those that nothing depends on, but not without the last, unless the whole encoder is
   *     frozen: its gradient may be 0
   */
  public void backward(Map<Integer, Operand<TFloat32>> dHiddenStates, Gradients gradients) {
    int lowest = gradients.lowestState(layers.size());
    if (lowest > layers.size()) {
      return;
    }
    Operand<TFloat32> d = rows(dHiddenStates.get(layers.size())); // [R,H]
    for (int i = layers.size() - 1; i >= Math.max(lowest - 1, 0); i--) {
      Layer layer = layers.get(i);
      d = layer.attention().backward(layer.feedForward().backward(d, gradients), gradients);
      Operand<TFloat32> more = dHiddenStates.get(i);
      d = more == null ? d : tf.math.add(d, rows(more));
    }
    if (lowest == 0) {
      embeddings.backward(d, gradients);
    }
  }

  private Operand<TFloat32> rows(Operand<TFloat32> x) {
    return tf.reshape(x, tf.constant(new int[] {-1, config.hiddenSize()}));
  }

  private SelfAttention.Layout layout(EncoderInput input) {
    Operand<TInt32> split =
        tf.stack(
            List.of(
                input.sequences(),
                input.tokens(),
                tf.constant(config.heads()),
                tf.constant(config.headSize())));
    return new SelfAttention.Layout(tf, split, tf.constant(new int[] {-1, config.hiddenSize()}));
  }

  private record Layer(SelfAttention attention, FeedForward feedForward) {}
}
