// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.attention;

import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.attention.AttentionToken.Kind;
import dev.bertctl.runtime.encoder.AttentionMask;
import dev.bertctl.runtime.encoder.BertConfig;
import dev.bertctl.runtime.graph.BertModel;
import dev.bertctl.runtime.graph.EncoderHead;
import dev.bertctl.runtime.graph.ModelWeights;
import dev.bertctl.runtime.huggingface.PretrainedModel;
import dev.bertctl.runtime.packing.Batch;
import dev.bertctl.runtime.packing.SequencePacker;
import dev.bertctl.runtime.tensorflow.ComputeDevice;
import dev.bertctl.runtime.tokenize.Tokenizer;
import dev.bertctl.spi.packing.Feature;
import dev.bertctl.spi.packing.Sequence;
import dev.bertctl.spi.packing.SpecialToken;
import dev.bertctl.spi.packing.Truncation;
import dev.bertctl.spi.packing.Vocabulary;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A model's encoder that shows what its heads attend to:
 *
 * <pre>{@code
 * try (AttentionModel model = AttentionModel.open(ModelLoader.load("nli", Path.of("runs/nli/model")))) {
 *   Attentions seen = model.attentions("A dog sleeps.", "An animal rests.");
 *   float weight = seen.weight(0, 3, 1, 2); // first layer, fourth head, from "a" to "dog"
 * }
 * }</pre>
 *
 * <p>The weights are those of inference, as transformers' {@code output_attentions} gives them. Of
 * a causal language model no token attends to those behind it. Several threads at once may use it;
 * close it to free native memory.
 */
public final class AttentionModel implements AutoCloseable {

  /** As many tokens as BERT was made for; more are taken where a model has the positions. */
  private static final int USUAL_LENGTH = 512;

  private final String reference;
  private final BertConfig config;
  private final Tokenizer tokenizer;
  private final SequencePacker packer;
  private final BertModel model;

  private AttentionModel(
      PretrainedModel pretrained, BertConfig config, int maxLength, ComputeDevice device) {
    this.reference = pretrained.reference();
    this.config = config;
    requirePositions(maxLength);
    this.tokenizer = pretrained.tokenizer().open();
    try {
      this.packer = new SequencePacker(tokenizer, maxLength, config.typeVocabSize());
      this.model = loaded(pretrained, device);
    } catch (RuntimeException e) {
      tokenizer.close();
      throw e;
    }
  }

  /**
   * Opens a model on the CPU, for sequences of 512 tokens or as many as it has positions.
   *
   * @param pretrained its files; those of a causal language model say so in config.json
   * @throws UserException if the encoder lacks a weight
   */
  public static AttentionModel open(PretrainedModel pretrained) {
    return open(
        pretrained,
        pretrained.config().attentionMask(),
        Math.min(USUAL_LENGTH, pretrained.config().maxPositions()),
        ComputeDevice.CPU);
  }

  /**
   * Opens a model.
   *
   * @param pretrained its files
   * @param mask which tokens a token attends to
   * @param maxLength longest sequence in tokens, special tokens included
   * @param device where it computes
   * @throws UserException if the encoder lacks a weight, or has fewer positions
   */
  public static AttentionModel open(
      PretrainedModel pretrained, AttentionMask mask, int maxLength, ComputeDevice device) {
    return new AttentionModel(pretrained, pretrained.config().with(mask), maxLength, device);
  }

  private void requirePositions(int maxLength) {
    if (maxLength > config.maxPositions()) {
      throw new UserException(
          "%s: sequences of %d tokens are more than its %d positions; give a shorter longest sequence"
              .formatted(reference, maxLength, config.maxPositions()));
    }
  }

  private BertModel loaded(PretrainedModel pretrained, ComputeDevice device) {
    EncoderHead head = new EncoderHead(false, config.attentionMask());
    BertModel created = BertModel.applied("attention", config, head, packer.vocabulary(), device);
    try {
      ModelWeights.load(created, head, pretrained, 0);
      return created;
    } catch (RuntimeException e) {
      created.close();
      throw e;
    }
  }

  /** How the user named it. */
  public String reference() {
    return reference;
  }

  /** Its architecture; the mask is the one that it was opened with. */
  public BertConfig config() {
    return config;
  }

  /** Makes sequences of texts. */
  public SequencePacker packer() {
    return packer;
  }

  /** The weights for a text; what is longer than the longest sequence is cut at its end. */
  public Attentions attentions(String text) {
    return attentions(packer.single(packer.tokenize(text)));
  }

  /**
   * The weights for a pair of texts; of what is longer than the longest sequence the longer text is
   * cut first.
   *
   * @throws UserException if the model has one segment only
   */
  public Attentions attentions(String first, String second) {
    return attentions(
        packer.pair(packer.tokenize(first), packer.tokenize(second), Truncation.LONGEST_FIRST));
  }

  /** The weights for a sequence that was packed for this model. */
  public Attentions attentions(Sequence sequence) {
    Batch batch = Batch.of(List.of(Feature.of(sequence)), packer.padId());
    return new Attentions(tokens(sequence), config.heads(), model.attentions(batch));
  }

  /** The tokens of a sequence that was packed for this model. */
  public List<AttentionToken> tokens(Sequence sequence) {
    Vocabulary vocabulary = packer.vocabulary();
    int cls = vocabulary.id(SpecialToken.CLS);
    int sep = vocabulary.id(SpecialToken.SEP);
    int[] ids = sequence.ids();
    return IntStream.range(0, ids.length)
        .mapToObj(
            i ->
                new AttentionToken(
                    vocabulary.token(ids[i]),
                    sequence.segments()[i],
                    ids[i] == cls ? Kind.CLS : ids[i] == sep ? Kind.SEP : Kind.TEXT))
        .toList();
  }

  @Override
  public void close() {
    model.close();
    tokenizer.close();
  }
}
