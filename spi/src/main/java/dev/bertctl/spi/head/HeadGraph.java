// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spi.head;

import dev.bertctl.spi.Experimental;
import dev.bertctl.spi.packing.Target;
import dev.bertctl.spi.packing.Vocabulary;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * What a head builds on: the encoder's output, the targets, and layers that are safe to train.
 *
 * <p>A head is built twice, once for training and once for inference; variables of the same name
 * are the same.
 */
public interface HeadGraph {

  /**
   * {@return TensorFlow's ops} Not all have a gradient: the host names the one that has none, if
   * any.
   */
  Ops tf();

  /** {@return the encoder's last hidden states, float32 [N,T,H]; N is B times C} */
  Operand<TFloat32> sequence();

  /**
   * {@return {@link #sequence()} with one row a token, float32 [N·T,H]: what {@link #dense} takes}
   */
  Operand<TFloat32> tokens();

  /**
   * One row a token back to one matrix a sequence.
   *
   * @param x [N·T,units]
   * @param units columns of x
   * @return [N,T,units]
   */
  Operand<TFloat32> perToken(Operand<TFloat32> x, int units);

  /**
   * {@return the pooler's output (dense and tanh on the first token), float32 [N,H]} Needs {@link
   * EncoderNeed#POOLED_OUTPUT}.
   */
  Operand<TFloat32> pooled();

  /**
   * {@return the hidden states before the first layer (the embeddings) and after each layer, one
   * more than layers, float32 [N,T,H] each; the last is {@link #sequence()}} Needs {@link
   * EncoderNeed#HIDDEN_STATES}.
   */
  List<Operand<TFloat32>> hiddenStates();

  /**
   * {@return the attention probabilities of each layer, before dropout, float32 [N,A,T,T] with the
   * attending token before the attended one} Needs {@link EncoderNeed#ATTENTIONS}. For outputs
   * only: no gradient flows through them.
   */
  List<Operand<TFloat32>> attentions();

  /**
   * The weights [V,H] of an output layer over the vocabulary: the word embeddings, if the model
   * ties them, as BERT does; the layer's gradient is then added to theirs. In a model that does not
   * (config.json says {@code tie_word_embeddings}: false) they are a parameter of the head. Needs
   * {@link EncoderNeed#WORD_EMBEDDINGS}.
   *
   * @param name of the parameter, such as {@code cls.predictions.decoder.weight}
   * @return float32 [V,H]
   */
  Operand<TFloat32> outputEmbeddings(String name);

  /** {@return the vocabulary's ids, padding included, int32 [N,T]} */
  Operand<TInt32> tokenIds();

  /** {@return 1 for tokens, 0 for padding, int32 [N,T]} */
  Operand<TInt32> attentionMask();

  /** {@return number of choices C of this batch, int32 scalar; features with fewer are padded} */
  Operand<TInt32> choices();

  /** {@return 1 for choices, 0 for choices that are padding, int32 [B,C]} */
  Operand<TInt32> choiceMask();

  /**
   * {@return the hidden states at the features' positions, one feature after the other, float32
   * [M,H]; M is the number of {@link dev.bertctl.spi.packing.Feature#positions()} in the batch}
   */
  Operand<TFloat32> atPositions();

  /** {@return the targets of a head that has one, of integers} Only for losses and weights. */
  default Operand<TInt32> targets() {
    return targets(Target.MAIN);
  }

  /**
   * {@return targets that are integers, int32 of the shape that {@link TargetSpec.Form} says} Only
   * for losses and weights: outputs that depend on them are an error.
   *
   * @param name one of the head's targets
   */
  Operand<TInt32> targets(String name);

  /** {@return the targets of a head that has one, of real numbers} Only for losses and weights. */
  default Operand<TFloat32> numbers() {
    return numbers(Target.MAIN);
  }

  /**
   * {@return targets that are real numbers, float32 of the shape that {@link TargetSpec.Form} says}
   * Only for losses and weights.
   *
   * @param name one of the head's targets
   */
  Operand<TFloat32> numbers(String name);

  /**
   * {@return whether this is the computation that trains} For what evaluation must leave out, such
   * as noise; {@link #dropout}, label smoothing and class weights see to themselves.
   */
  boolean training();

  /** {@return the hidden size H} */
  int hiddenSize();

  /**
   * {@return the most tokens that the model can take: T is never more} BERT's own models have 512.
   */
  int maxTokens();

  /** {@return the model's vocabulary, V tokens} */
  Vocabulary vocabulary();

  /**
   * A trained parameter, saved under its name. Asked for again, it is the same; with another shape
   * that is an error.
   *
   * @param name a Hugging Face parameter name, such as {@code classifier.weight}; names that begin
   *     with {@code bert.}, {@code embeddings.}, {@code encoder.} or {@code pooler.} are the
   *     encoder's
   * @param initializer how it begins where the checkpoint has none
   * @param shape its sizes, all known
   * @return the parameter, float32 of that shape
   */
  Operand<TFloat32> parameter(String name, Initializer initializer, long... shape);

  /**
   * {@code x·Wᵀ + b} with {@code name.weight} [units, in] and {@code name.bias} [units]; x is
   * [rows, in].
   *
   * @param name what the two parameters are called before the dot
   * @param x float32 [rows, in]
   * @param units columns of the result
   * @return [rows, units]
   */
  Operand<TFloat32> dense(String name, Operand<TFloat32> x, int units);

  /**
   * The activation of the model's own layers: GELU unless its configuration says otherwise.
   *
   * @param x float32 of any shape
   * @return the same shape
   */
  Operand<TFloat32> activation(Operand<TFloat32> x);

  /**
   * Zeroes a share of the values, the model's classifier dropout, and scales the rest; nothing when
   * not training.
   *
   * @param x float32 of any shape
   * @return the same shape
   */
  Operand<TFloat32> dropout(Operand<TFloat32> x);

  /**
   * Layer normalisation of each row, with {@code name.weight} (begins at 1) and {@code name.bias}
   * (begins at 0), both [units]: the row (1, 3) becomes (-1, 1).
   *
   * @param name what the two parameters are called before the dot
   * @param x [rows, units]
   * @return [rows, units]
   */
  Operand<TFloat32> layerNorm(String name, Operand<TFloat32> x);

  /**
   * The hidden states at some positions of each sequence.
   *
   * @param x [N,T,units]
   * @param positions from 0 to T - 1, [N,K]
   * @return [N,K,units]
   */
  Operand<TFloat32> gather(Operand<TFloat32> x, Operand<TInt32> positions);

  /**
   * The mean of a sequence's hidden states, each weighted by a softmax over the tokens of a dense
   * layer with a single output; padding weighs nothing. {@code name.weight} is [1,H], {@code
   * name.bias} [1].
   *
   * @param name what the two parameters are called before the dot
   * @return [N,H]
   */
  @Experimental("the names and shapes of its parameters: no Hugging Face model has such a pooler")
  Operand<TFloat32> attentionPooling(String name);

  /**
   * Scores for a softmax that passes padding over: those of padding are lowered by 30,000, after
   * which their probability is 0.
   *
   * @param scores of any shape
   * @param mask 1 for what counts, 0 for padding, of the same shape; see {@link #attentionMask} and
   *     {@link #choiceMask}
   * @return the same shape
   */
  Operand<TFloat32> maskPadding(Operand<TFloat32> scores, Operand<TInt32> mask);

  /**
   * Softmax cross-entropy of integer targets, one value a row: {@code -log
   * softmax(logits)[target]}. Logits (0, ln 3) and target 1 give {@code -ln 0.75 = 0.2877}. A row
   * whose target is negative gives 0.
   *
   * <p>In training with label smoothing e the row is trained towards its target with the share 1 -
   * e, and towards all classes alike with the rest: {@code (1 - e)·CE + e·mean(-log softmax)}. With
   * e = 0.2 the loss above is {@code 0.8·0.2877 + 0.2·(1.3863 + 0.2877)/2 = 0.3975}. Classes that
   * {@link #maskPadding} lowered take no part.
   *
   * @param logits [rows, L]
   * @param targets [rows]
   * @return [rows]
   */
  Operand<TFloat32> softmaxCrossEntropy(Operand<TFloat32> logits, Operand<TInt32> targets);

  /**
   * Sigmoid cross-entropy, for labels that do not exclude each other ({@link
   * TargetSpec.Form#NUMBERS}): {@code -y·log σ(x) - (1 - y)·log(1 - σ(x))}. A logit of ln 3 gives
   * 0.2877 for the target 1 and 1.3863 for 0.
   *
   * @param logits of any shape
   * @param targets from 0 to 1, of the same shape
   * @return the same shape
   */
  Operand<TFloat32> sigmoidCrossEntropy(Operand<TFloat32> logits, Operand<TFloat32> targets);

  /**
   * Squared error, for regression; the host takes the mean. The value 1.5 and the target 1 give
   * 0.25.
   *
   * @param values of any shape
   * @param targets of the same shape
   * @return the same shape
   */
  Operand<TFloat32> squaredError(Operand<TFloat32> values, Operand<TFloat32> targets);

  /**
   * The weights of losses whose targets may be missing: 1 where the target counts, 0 where it is
   * {@link dev.bertctl.spi.packing.Target#IGNORED}.
   *
   * <p>Given to {@link HeadOutput#trainedOn} as they are, the weights of targets that are the
   * head's {@link Head#labels} become in training those of their classes, where class weights are
   * configured: with the weight 3 of label 0 the targets (0, 1, none) weigh (3, 1, 0), and the loss
   * is the mean weighted so. A head whose losses have other weights, made of these or not, takes no
   * class weights.
   *
   * @param targets of any shape
   * @return float32 of the same shape
   */
  Operand<TFloat32> hasTarget(Operand<TInt32> targets);

  /** How a parameter begins. */
  enum Initializer {
    /** Normal with the model's {@code initializer_range} (0.02) as standard deviation. */
    NORMAL,
    /** All 0. */
    ZEROS,
    /** All 1. */
    ONES
  }
}
