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
  private final boolean recompute;
  private final List<Layer> layers = new ArrayList<>();
  private final List<Operand<TFloat32>> layerInputs = new ArrayList<>(); // [R,H] each
  private SelfAttention.Layout layout;
  private Operand<TFloat32> maskBias;

  /**
   * @param tf ops of the graph
   * @param parameters where the weights are; {@link BertParameters#encoder} are declared
   * @param dropouts where masks come from
   * @param config the architecture
   * @param attentionMask which tokens a token attends to
   * @param recompute whether {@link #backward} computes each layer anew from its input rather than
   *     keep what is inside all layers (gradient checkpointing; Chen et al., 2016)
   */
  public Encoder(
      Ops tf,
      Parameters parameters,
      DropoutSource dropouts,
      BertConfig config,
      AttentionMask attentionMask,
      boolean recompute) {
    this.tf = tf;
    this.config = config;
    this.attentionMask = attentionMask;
    this.recompute = recompute;
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
    layout = layout(input);
    maskBias = attentionMask.bias(tf, input);
    Operand<TInt32> perSequence =
        tf.stack(List.of(input.sequences(), input.tokens(), tf.constant(config.hiddenSize())));
    List<Operand<TFloat32>> hiddenStates = new ArrayList<>();
    List<Operand<TFloat32>> attentions = new ArrayList<>();
    Operand<TFloat32> x = embeddings.forward(input); // [R,H]
    hiddenStates.add(tf.reshape(x, perSequence));
    for (Layer layer : layers) {
      layerInputs.add(x);
      x = layer.forward(x, maskBias, layout);
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
      if (recompute && i < layers.size() - 1) { // what is inside the last layer is needed at once
        again(layer, layerInputs.get(i), d);
      }
      d = layer.backward(d, gradients);
      Operand<TFloat32> more = dHiddenStates.get(i);
      d = more == null ? d : tf.math.add(d, rows(more));
    }
    if (lowest == 0) {
      embeddings.backward(d, gradients);
    }
  }

  /**
   * Computes a layer a second time, with the same dropout masks, which are a function of the step's
   * seed alone. The dependency on the gradient holds it back until then; it also keeps TensorFlow
   * from seeing that it did the same before and keeping that.
   */
  private void again(Layer layer, Operand<TFloat32> x, Operand<TFloat32> dy) {
    layer.forward(tf.withControlDependencies(List.of(dy)).identity(x), maskBias, layout);
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

  private record Layer(SelfAttention attention, FeedForward feedForward) {

    Operand<TFloat32> forward(
        Operand<TFloat32> x, Operand<TFloat32> maskBias, SelfAttention.Layout layout) {
      return feedForward.forward(attention.forward(x, maskBias, layout));
    }

    Operand<TFloat32> backward(Operand<TFloat32> dy, Gradients gradients) {
      return attention.backward(feedForward.backward(dy, gradients), gradients);
    }
  }
}
