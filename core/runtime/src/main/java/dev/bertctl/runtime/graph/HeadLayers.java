// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.graph;

import dev.bertctl.runtime.encoder.BertConfig;
import dev.bertctl.runtime.encoder.Dropout;
import dev.bertctl.runtime.encoder.DropoutSource;
import dev.bertctl.runtime.encoder.Parameters;
import dev.bertctl.spi.head.HeadGraph;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.linalg.MatMul;
import org.tensorflow.op.math.Mean;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** The layers that a head builds with, each made of ops that TensorFlow can differentiate. */
final class HeadLayers implements HeadGraph {

  /** Added to the scores of padding: its softmax is 0 in float32. */
  private static final float PADDING = -1e4f;

  private static final String FLATTEN = "use reshape";

  private static final Pattern ENCODERS = Pattern.compile("^(bert|embeddings|encoder|pooler)\\.");

  private final Ops tf;
  private final Parameters parameters;
  private final DropoutSource dropouts;
  private final BertConfig config;
  private final ModelInputs inputs;
  private final Operand<TFloat32> sequence;
  private final Optional<Operand<TFloat32>> pooled;
  private final Map<String, Initializer> initializers = new LinkedHashMap<>();

  HeadLayers(
      Ops tf,
      Parameters parameters,
      DropoutSource dropouts,
      BertConfig config,
      ModelInputs inputs,
      Operand<TFloat32> sequence,
      Optional<Operand<TFloat32>> pooled) {
    this.tf = tf;
    this.parameters = parameters;
    this.dropouts = dropouts;
    this.config = config;
    this.inputs = inputs;
    this.sequence = sequence;
    this.pooled = pooled;
  }

  /** How each of the head's own parameters begins. */
  Map<String, Initializer> initializers() {
    return initializers;
  }

  @Override
  public Ops tf() {
    return tf;
  }

  @Override
  public Operand<TFloat32> sequence() {
    return sequence;
  }

  @Override
  public Operand<TFloat32> tokens() {
    return tf.reshape(sequence, tf.constant(new int[] {-1, config.hiddenSize()}));
  }

  @Override
  public Operand<TFloat32> perToken(Operand<TFloat32> x, int units) {
    Operand<TInt32> shape = tf.concat(List.of(tf.shape(inputs.mask()), tf.array(units)), zero());
    return tf.reshape(x, shape);
  }

  @Override
  public Operand<TFloat32> pooled() {
    return pooled.orElseThrow(
        () ->
            new IllegalStateException(
                "it reads pooled(), but its usesPooler() says no; make it say yes, or read sequence()"));
  }

  @Override
  public Operand<TInt32> attentionMask() {
    return inputs.mask();
  }

  @Override
  public Operand<TInt32> choices() {
    return inputs.choices();
  }

  @Override
  public Operand<TInt32> choiceMask() {
    return inputs.choiceMask();
  }

  @Override
  public Operand<TInt32> targets() {
    if (inputs.spec().isReal()) {
      throw new IllegalStateException(
          "it reads targets(), but its target() is %s; read numbers(), or name another target"
              .formatted(inputs.spec()));
    }
    return inputs.targets();
  }

  @Override
  public Operand<TFloat32> numbers() {
    if (!inputs.spec().isReal()) {
      throw new IllegalStateException(
          "it reads numbers(), but its target() is %s; read targets(), or name another target"
              .formatted(inputs.spec()));
    }
    return inputs.numbers();
  }

  @Override
  public boolean training() {
    return dropouts.training();
  }

  @Override
  public int hiddenSize() {
    return config.hiddenSize();
  }

  @Override
  public int maxTokens() {
    return config.maxPositions();
  }

  @Override
  public Operand<TFloat32> parameter(String name, Initializer initializer, long... shape) {
    if (ENCODERS.matcher(name).find()) {
      throw new IllegalStateException(
          "its parameter '%s' has a name that is the encoder's to give; choose another beginning"
              .formatted(name));
    }
    initializers.put(name, initializer);
    return parameters.value(name, shape);
  }

  @Override
  public Operand<TFloat32> dense(String name, Operand<TFloat32> x, int units) {
    requireRank(2, x, "dense '%s' takes [rows, in]".formatted(name), "tokens() has such rows");
    Operand<TFloat32> weight = parameter(name + ".weight", Initializer.NORMAL, units, width(x));
    Operand<TFloat32> bias = parameter(name + ".bias", Initializer.ZEROS, units);
    return tf.nn.biasAdd(tf.linalg.matMul(x, weight, MatMul.transposeB(true)), bias);
  }

  @Override
  public Operand<TFloat32> dropout(Operand<TFloat32> x) {
    Dropout dropout = dropouts.at(config.classifierDropout());
    return dropout.forward(x);
  }

  @Override
  public Operand<TFloat32> layerNorm(String name, Operand<TFloat32> x) {
    requireRank(
        2, x, "layerNorm '%s' takes [rows, units]".formatted(name), "tokens() has such rows");
    Operand<TFloat32> scale = parameter(name + ".weight", Initializer.ONES, width(x));
    Operand<TFloat32> shift = parameter(name + ".bias", Initializer.ZEROS, width(x));
    Operand<TInt32> last = tf.constant(1);
    Operand<TFloat32> mean = tf.math.mean(x, last, Mean.keepDims(true)); // [rows,1]
    Operand<TFloat32> centered = tf.math.sub(x, mean); // [rows,units]
    Operand<TFloat32> variance =
        tf.math.mean(tf.math.square(centered), last, Mean.keepDims(true)); // [rows,1]
    Operand<TFloat32> epsilon = tf.constant((float) config.layerNormEpsilon());
    Operand<TFloat32> normalized =
        tf.math.mul(centered, tf.math.rsqrt(tf.math.add(variance, epsilon)));
    return tf.math.add(tf.math.mul(normalized, scale), shift);
  }

  @Override
  public Operand<TFloat32> gather(Operand<TFloat32> x, Operand<TInt32> positions) {
    requireRank(3, x, "gather takes [N,T,units]", "perToken() makes that of rows");
    Operand<TInt32> shape = tf.shape(x);
    Operand<TInt32> sequences = tf.gather(shape, zero(), zero());
    Operand<TInt32> tokens = tf.gather(shape, tf.constant(1), zero());
    Operand<TInt32> units = tf.gather(shape, tf.constant(2), zero());
    Operand<TInt32> starts =
        tf.expandDims(
            tf.math.mul(tf.range(zero(), sequences, tf.constant(1)), tokens),
            tf.constant(1)); // [N,1]
    Operand<TFloat32> flat =
        tf.reshape(x, tf.stack(List.of(tf.constant(-1), units))); // [N·T,units]
    return tf.gather(flat, tf.math.add(positions, starts), zero()); // [N,K,units]
  }

  @Override
  public Operand<TFloat32> attentionPooling(String name) {
    Operand<TInt32> perSequence = tf.shape(inputs.mask());
    Operand<TFloat32> scores = tf.reshape(dense(name, tokens(), 1), perSequence); // [N,T]
    Operand<TFloat32> weights =
        tf.expandDims(tf.nn.softmax(maskPadding(scores, inputs.mask())), tf.constant(2)); // [N,T,1]
    return tf.sum(tf.math.mul(sequence, weights), tf.constant(1));
  }

  @Override
  public Operand<TFloat32> maskPadding(Operand<TFloat32> scores, Operand<TInt32> mask) {
    Operand<TFloat32> padding =
        tf.math.sub(tf.constant(1f), tf.dtypes.cast(mask, TFloat32.class)); // 1 where it is
    return tf.math.add(scores, tf.math.mul(padding, tf.constant(PADDING)));
  }

  /** Of a value with rows; the model's own where the graph does not know it. */
  private long width(Operand<TFloat32> x) {
    long last = x.shape().size(x.shape().numDimensions() - 1);
    return last > 0 ? last : config.hiddenSize();
  }

  @Override
  public Operand<TFloat32> softmaxCrossEntropy(Operand<TFloat32> logits, Operand<TInt32> targets) {
    requireRank(2, logits, "softmaxCrossEntropy takes logits [rows, L]", FLATTEN);
    requireRank(1, targets, "softmaxCrossEntropy takes targets [rows]", FLATTEN);
    Operand<TInt32> classes = tf.gather(tf.shape(logits), tf.constant(1), zero());
    // A negative target has an all-zero row here, and so a loss of 0.
    Operand<TFloat32> expected =
        tf.oneHot(targets, classes, tf.constant(1f), tf.constant(0f)); // [rows,L]
    return tf.nn.softmaxCrossEntropyWithLogits(logits, expected).loss();
  }

  /** {@code softplus(x) - x·y}, which neither overflows nor takes a logarithm of 0. */
  @Override
  public Operand<TFloat32> sigmoidCrossEntropy(
      Operand<TFloat32> logits, Operand<TFloat32> targets) {
    return tf.math.sub(tf.math.softplus(logits), tf.math.mul(logits, targets));
  }

  @Override
  public Operand<TFloat32> squaredError(Operand<TFloat32> values, Operand<TFloat32> targets) {
    return tf.math.square(tf.math.sub(values, targets));
  }

  @Override
  public Operand<TFloat32> hasTarget(Operand<TInt32> targets) {
    return tf.dtypes.cast(tf.math.greaterEqual(targets, zero()), TFloat32.class);
  }

  /** TensorFlow would complain of sizes when the graph is run, without a word of the layer. */
  private static void requireRank(int rank, Operand<?> x, String takes, String remedy) {
    Shape shape = x.shape();
    if (!shape.isUnknown() && shape.numDimensions() != rank) {
      throw new IllegalArgumentException(
          "%s, and not %s; %s".formatted(takes, HeadCheck.text(shape), remedy));
    }
  }

  private Operand<TInt32> zero() {
    return tf.constant(0);
  }
}
