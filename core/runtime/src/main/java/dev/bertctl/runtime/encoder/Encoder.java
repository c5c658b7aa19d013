// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.encoder;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
    return layered(input, embeddings.forward(input));
  }

  /** Hidden state 0, [N,T,H]: what the layers begin with. */
  public Operand<TFloat32> embeddings(EncoderInput input) {
    return tf.reshape(embeddings.forward(input), perSequence(input));
  }

  /**
   * The hidden states and attentions of all layers, which begin with given embeddings.
   *
   * @param embedded hidden state 0, [N,T,H]
   */
  public EncoderOutput forward(EncoderInput input, Operand<TFloat32> embedded) {
    return layered(input, rows(embedded));
  }

  /** From the embeddings' output [R,H] on. */
  private EncoderOutput layered(EncoderInput input, Operand<TFloat32> embedded) {
    layout = layout(input);
    maskBias = attentionMask.bias(tf, input);
    Operand<TInt32> perSequence = perSequence(input);
    List<Operand<TFloat32>> hiddenStates = new ArrayList<>();
    List<Operand<TFloat32>> attentions = new ArrayList<>();
    Operand<TFloat32> x = embedded; // [R,H]
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
    Operand<TFloat32> d = backward(dHiddenStates, gradients, Math.max(lowest - 1, 0));
    if (lowest == 0) {
      embeddings.backward(d, gradients);
    }
  }

  /**
   * Takes the gradients of the hidden states and gives that of hidden state 0; no weight has one.
   *
   * @param dHiddenStates as of {@link #backward}
   * @return [N,T,H]
   */
  public Operand<TFloat32> embeddingsGradient(
      EncoderInput input, Map<Integer, Operand<TFloat32>> dHiddenStates) {
    return tf.reshape(backward(dHiddenStates, new Gradients(tf, Set.of()), 0), perSequence(input));
  }

  /** The gradient of what the layer {@code first} takes, [R,H]. */
  private Operand<TFloat32> backward(
      Map<Integer, Operand<TFloat32>> dHiddenStates, Gradients gradients, int first) {
    Operand<TFloat32> d = rows(dHiddenStates.get(layers.size())); // [R,H]
    for (int i = layers.size() - 1; i >= first; i--) {
      Layer layer = layers.get(i);
      if (recompute && i < layers.size() - 1) { // what is inside the last layer is needed at once
        again(layer, layerInputs.get(i), d);
      }
      d = layer.backward(d, gradients);
      Operand<TFloat32> more = dHiddenStates.get(i);
      d = more == null ? d : tf.math.add(d, rows(more));
    }
    return d;
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

  /** The shape [N,T,H]. */
  private Operand<TInt32> perSequence(EncoderInput input) {
    return tf.stack(List.of(input.sequences(), input.tokens(), tf.constant(config.hiddenSize())));
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
