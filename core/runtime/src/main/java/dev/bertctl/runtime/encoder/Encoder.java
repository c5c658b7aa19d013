// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.encoder;

import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** The whole encoder: embeddings, then layers of self-attention and feed-forward. */
public final class Encoder {

  /** Added to the scores of padding; after softmax nothing of it is left in float32. */
  private static final float PADDING_SCORE = -1e9f;

  private final Ops tf;
  private final BertConfig config;
  private final Embeddings embeddings;
  private final List<Layer> layers = new ArrayList<>();

  /**
   * @param tf ops of the graph
   * @param parameters where the weights are declared
   * @param dropouts where masks come from
   * @param config the architecture
   */
  public Encoder(Ops tf, Parameters parameters, DropoutSource dropouts, BertConfig config) {
    this.tf = tf;
    this.config = config;
    this.embeddings = new Embeddings(tf, parameters, dropouts, config);
    for (int i = 0; i < config.layers(); i++) {
      String name = "encoder.layer." + i;
      layers.add(
          new Layer(
              new SelfAttention(tf, parameters, dropouts, config, name),
              new FeedForward(tf, parameters, dropouts, config, name)));
    }
  }

  /** Whether a parameter of this name is the encoder's, not the pooler's or a head's. */
  public static boolean owns(String name) {
    return name.startsWith("embeddings.") || name.startsWith("encoder.");
  }

  /** The last hidden states, [N,T,H]. */
  public Operand<TFloat32> forward(EncoderInput input) {
    SelfAttention.Layout layout = layout(input);
    Operand<TFloat32> maskBias = maskBias(input);
    Operand<TFloat32> x = embeddings.forward(input); // [R,H]
    for (Layer layer : layers) {
      x = layer.feedForward().forward(layer.attention().forward(x, maskBias, layout));
    }
    return tf.reshape(
        x, tf.stack(List.of(input.sequences(), input.tokens(), tf.constant(config.hiddenSize()))));
  }

  /** Takes the gradient of the last hidden states, [N,T,H], and gives that of each weight. */
  public void backward(Operand<TFloat32> dy, Gradients gradients) {
    Operand<TFloat32> d = tf.reshape(dy, tf.constant(new int[] {-1, config.hiddenSize()})); // [R,H]
    for (int i = layers.size() - 1; i >= 0; i--) {
      Layer layer = layers.get(i);
      d = layer.attention().backward(layer.feedForward().backward(d, gradients), gradients);
    }
    embeddings.backward(d, gradients);
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

  /** 0 for tokens and a large negative number for padding, [N,1,1,T]. */
  private Operand<TFloat32> maskBias(EncoderInput input) {
    Operand<TFloat32> padding =
        tf.dtypes.cast(tf.math.sub(tf.constant(1), input.mask()), TFloat32.class); // [N,T]
    return tf.reshape(
        tf.math.mul(padding, tf.constant(PADDING_SCORE)),
        tf.stack(List.of(input.sequences(), tf.constant(1), tf.constant(1), input.tokens())));
  }

  private record Layer(SelfAttention attention, FeedForward feedForward) {}
}
