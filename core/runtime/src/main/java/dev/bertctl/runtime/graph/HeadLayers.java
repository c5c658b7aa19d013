// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.graph;

import dev.bertctl.runtime.encoder.Activation;
import dev.bertctl.runtime.encoder.BertConfig;
import dev.bertctl.runtime.encoder.BertParameters;
import dev.bertctl.runtime.encoder.Dense;
import dev.bertctl.runtime.encoder.Dropout;
import dev.bertctl.runtime.encoder.DropoutSource;
import dev.bertctl.runtime.encoder.LayerNorm;
import dev.bertctl.runtime.encoder.Padding;
import dev.bertctl.runtime.encoder.ParameterSpec;
import dev.bertctl.runtime.encoder.Parameters;
import dev.bertctl.spi.head.EncoderNeed;
import dev.bertctl.spi.head.Head;
import dev.bertctl.spi.head.HeadGraph;
import dev.bertctl.spi.head.TargetSpec;
import dev.bertctl.spi.packing.Vocabulary;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** The layers that a head builds with, each made of ops that TensorFlow can differentiate. */
final class HeadLayers implements HeadGraph {

  private static final String FLATTEN = "use reshape";

  private static final Pattern ENCODERS = Pattern.compile("^(bert|embeddings|encoder|pooler)\\.");

  private final Ops tf;
  private final Parameters parameters;
  private final DropoutSource dropouts;
  private final BertConfig config;
  private final Vocabulary vocabulary;
  private final ModelInputs inputs;
  private final Head head;
  private final Encoded encoded;
  private final HeadLosses losses;

  HeadLayers(
      Ops tf,
      Parameters parameters,
      DropoutSource dropouts,
      BertConfig config,
      Vocabulary vocabulary,
      ModelInputs inputs,
      Head head,
      Encoded encoded,
      HeadLosses losses) {
    this.tf = tf;
    this.parameters = parameters;
    this.dropouts = dropouts;
    this.config = config;
    this.vocabulary = vocabulary;
    this.inputs = inputs;
    this.head = head;
    this.encoded = encoded;
    this.losses = losses;
  }

  @Override
  public Ops tf() {
    return tf;
  }

  @Override
  public Operand<TFloat32> sequence() {
    return encoded.sequence();
  }

  @Override
  public Operand<TFloat32> tokens() {
    return tf.reshape(sequence(), tf.constant(new int[] {-1, config.hiddenSize()}));
  }

  @Override
  public Operand<TFloat32> perToken(Operand<TFloat32> x, int units) {
    Operand<TInt32> shape = tf.concat(List.of(tf.shape(inputs.mask()), tf.array(units)), zero());
    return tf.reshape(x, shape);
  }

  @Override
  public Operand<TFloat32> pooled() {
    require(EncoderNeed.POOLED_OUTPUT, "pooled()");
    return encoded.pooled().orElseThrow();
  }

  @Override
  public List<Operand<TFloat32>> hiddenStates() {
    require(EncoderNeed.HIDDEN_STATES, "hiddenStates()");
    return encoded.hiddenStates();
  }

  @Override
  public List<Operand<TFloat32>> attentions() {
    require(EncoderNeed.ATTENTIONS, "attentions()");
    return encoded.attentions();
  }

  @Override
  public Operand<TFloat32> outputEmbeddings(String name) {
    require(EncoderNeed.WORD_EMBEDDINGS, "outputEmbeddings()");
    return encoded
        .wordEmbeddings()
        .orElseGet(() -> declare(BertParameters.outputEmbeddings(name, config)));
  }

  private void require(EncoderNeed need, String method) {
    if (!head.needs().contains(need)) {
      throw new IllegalStateException(
          "it reads %s, but its needs() have no %s; name it there".formatted(method, need));
    }
  }

  @Override
  public Operand<TInt32> tokenIds() {
    return inputs.ids();
  }

  @Override
  public Operand<TFloat32> atPositions() {
    return tf.gather(tokens(), inputs.positionRows(), zero()); // [M,H]
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
  @SuppressWarnings("unchecked") // by the target's form
  public Operand<TInt32> targets(String name) {
    if (spec(name).form().isReal()) {
      throw new IllegalStateException(
          "it reads targets('%s'), whose form is %s; read numbers('%s'), or name another form"
              .formatted(name, spec(name).form(), name));
    }
    return (Operand<TInt32>) inputs.targets().get(name);
  }

  @Override
  @SuppressWarnings("unchecked") // by the target's form
  public Operand<TFloat32> numbers(String name) {
    if (!spec(name).form().isReal()) {
      throw new IllegalStateException(
          "it reads numbers('%s'), whose form is %s; read targets('%s'), or name another form"
              .formatted(name, spec(name).form(), name));
    }
    return (Operand<TFloat32>) inputs.targets().get(name);
  }

  private TargetSpec spec(String name) {
    TargetSpec spec = inputs.specs().get(name);
    if (spec == null) {
      throw new IllegalStateException(
          "it reads the target '%s', but its targets() are %s; name it there"
              .formatted(name, inputs.specs().keySet()));
    }
    return spec;
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
  public Vocabulary vocabulary() {
    return vocabulary;
  }

  @Override
  public Operand<TFloat32> parameter(String name, Initializer initializer, long... shape) {
    List<Integer> sizes = LongStream.of(shape).mapToObj(Math::toIntExact).toList();
    return declare(ParameterSpec.of(name, sizes, initializer));
  }

  private Operand<TFloat32> declare(ParameterSpec spec) {
    if (ENCODERS.matcher(spec.name()).find()) {
      throw new IllegalStateException(
          "its parameter '%s' has a name that is the encoder's to give; choose another beginning"
              .formatted(spec.name()));
    }
    return parameters.declare(spec);
  }

  @Override
  public Operand<TFloat32> dense(String name, Operand<TFloat32> x, int units) {
    String layer = "dense '%s' takes [rows, in]".formatted(name);
    requireRank(2, x, layer, "tokens() has such rows");
    ParameterSpec.dense(name, width(x, layer), units).forEach(this::declare);
    return new Dense(tf, parameters, name).forward(x);
  }

  @Override
  public Operand<TFloat32> activation(Operand<TFloat32> x) {
    return Activation.apply(tf, config.activation(), x);
  }

  @Override
  public Operand<TFloat32> dropout(Operand<TFloat32> x) {
    Dropout dropout = dropouts.at(config.classifierDropout());
    return dropout.forward(x);
  }

  @Override
  public Operand<TFloat32> layerNorm(String name, Operand<TFloat32> x) {
    String layer = "layerNorm '%s' takes [rows, units]".formatted(name);
    requireRank(2, x, layer, "tokens() has such rows");
    int units = width(x, layer);
    ParameterSpec.layerNorm(name, units).forEach(this::declare);
    return new LayerNorm(tf, parameters, name, units, config.layerNormEpsilon()).forward(x);
  }

  @Override
  public Operand<TFloat32> gather(Operand<TFloat32> x, Operand<TInt32> positions) {
    requireRank(3, x, "gather takes [N,T,units]", "perToken() makes that of rows");
    Operand<TInt32> shape = tf.shape(x);
    Operand<TInt32> sequences = tf.gather(shape, zero(), zero());
    Operand<TInt32> tokens = tf.gather(shape, tf.constant(1), zero());
    Operand<TInt32> units = columns(x, shape);
    Operand<TInt32> starts =
        tf.expandDims(
            tf.math.mul(tf.range(zero(), sequences, tf.constant(1)), tokens),
            tf.constant(1)); // [N,1]
    Operand<TFloat32> flat =
        tf.reshape(x, tf.stack(List.of(tf.constant(-1), units))); // [N·T,units]
    return tf.gather(flat, tf.math.add(positions, starts), zero()); // [N,K,units]
  }

  /** The size of the last axis; as a constant, if known, so that the result has it too. */
  private Operand<TInt32> columns(Operand<TFloat32> x, Operand<TInt32> shape) {
    long known = x.shape().isUnknown() ? Shape.UNKNOWN_SIZE : x.shape().asArray()[2];
    return known == Shape.UNKNOWN_SIZE
        ? tf.gather(shape, tf.constant(2), zero())
        : tf.constant(Math.toIntExact(known));
  }

  @Override
  public Operand<TFloat32> attentionPooling(String name) {
    Operand<TInt32> perSequence = tf.shape(inputs.mask());
    Operand<TFloat32> scores = tf.reshape(dense(name, tokens(), 1), perSequence); // [N,T]
    Operand<TFloat32> weights =
        tf.expandDims(tf.nn.softmax(maskPadding(scores, inputs.mask())), tf.constant(2)); // [N,T,1]
    return tf.sum(tf.math.mul(sequence(), weights), tf.constant(1));
  }

  @Override
  public Operand<TFloat32> maskPadding(Operand<TFloat32> scores, Operand<TInt32> mask) {
    return tf.math.add(scores, Padding.bias(tf, mask));
  }

  /** Columns of a value with rows: they are a parameter's size, which cannot be guessed. */
  private static int width(Operand<TFloat32> x, String layer) {
    Shape shape = x.shape();
    long last = shape.isUnknown() ? Shape.UNKNOWN_SIZE : shape.asArray()[shape.numDimensions() - 1];
    if (last == Shape.UNKNOWN_SIZE) {
      throw new IllegalArgumentException(
          "%s, and the columns of %s are not known; reshape it to [-1, columns]"
              .formatted(layer, shape.isUnknown() ? "its input" : HeadCheck.text(shape)));
    }
    return Math.toIntExact(last);
  }

  @Override
  public Operand<TFloat32> softmaxCrossEntropy(Operand<TFloat32> logits, Operand<TInt32> targets) {
    requireRank(2, logits, "softmaxCrossEntropy takes logits [rows, L]", FLATTEN);
    requireRank(1, targets, "softmaxCrossEntropy takes targets [rows]", FLATTEN);
    return losses.softmaxCrossEntropy(logits, targets);
  }

  @Override
  public Operand<TFloat32> sigmoidCrossEntropy(
      Operand<TFloat32> logits, Operand<TFloat32> targets) {
    return losses.sigmoidCrossEntropy(logits, targets);
  }

  @Override
  public Operand<TFloat32> squaredError(Operand<TFloat32> values, Operand<TFloat32> targets) {
    return losses.squaredError(values, targets);
  }

  @Override
  public Operand<TFloat32> hasTarget(Operand<TInt32> targets) {
    return losses.hasTarget(targets);
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
