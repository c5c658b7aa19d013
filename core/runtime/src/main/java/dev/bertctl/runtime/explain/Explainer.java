// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.explain;

import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.encoder.AttentionMask;
import dev.bertctl.runtime.encoder.BertConfig;
import dev.bertctl.runtime.encoder.Parameter;
import dev.bertctl.runtime.engine.Engine;
import dev.bertctl.runtime.engine.EngineChoice;
import dev.bertctl.runtime.engine.OpenedModel;
import dev.bertctl.runtime.evaluation.Temperature;
import dev.bertctl.runtime.graph.BertModel;
import dev.bertctl.runtime.graph.HeadDefinition;
import dev.bertctl.runtime.graph.ModelWeights;
import dev.bertctl.runtime.huggingface.ModelLoader;
import dev.bertctl.runtime.huggingface.PretrainedModel;
import dev.bertctl.runtime.packing.Batch;
import dev.bertctl.runtime.predict.Predictor;
import dev.bertctl.runtime.tensorflow.ComputeDevice;
import dev.bertctl.runtime.tensorflow.TensorFlowEngine;
import dev.bertctl.runtime.weights.WeightAccount;
import dev.bertctl.spi.decode.Matrix;
import dev.bertctl.spi.head.Head;
import dev.bertctl.spi.packing.Feature;
import dev.bertctl.spi.packing.SpecialToken;
import dev.bertctl.spi.packing.Vocabulary;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Explains what a model predicts by the words that it sees. TensorFlow computes it, whatever
 * computes the predictions: no other engine has gradients. Thread-safe; its memory is freed by
 * {@link #close}.
 */
public final class Explainer implements AutoCloseable {

  private static final String REASON = "explanations need gradients";

  /** Weights of a head that the model lacks are an error in the end. */
  private static final long SEED = 0;

  private final ExplainableOutput output;
  private final Vocabulary vocabulary;
  private final BertModel model;
  private final WeightAccount weights;
  private final ExplainedCase.Vocabulary ids;

  private Explainer(
      ExplainableOutput output,
      Vocabulary vocabulary,
      BertModel model,
      WeightAccount weights,
      ExplainedCase.Vocabulary ids) {
    this.output = output;
    this.vocabulary = vocabulary;
    this.model = model;
    this.weights = weights;
    this.ids = ids;
  }

  /**
   * Opens a model, by itself and on the CPU: the predictor has its own.
   *
   * @param predictor of a saved model; it may be closed first
   * @throws UserException if what the task gives cannot be explained, or the vocabulary has no
   *     {@code [MASK]}
   */
  public static Explainer of(Predictor<?> predictor) {
    Path folder = predictor.saved().folder();
    return open(
        predictor.saved().task(),
        predictor.task().head(),
        predictor.vocabulary(),
        ModelLoader.load(folder.toString(), folder),
        predictor.saved().temperature(),
        ComputeDevice.CPU);
  }

  /**
   * Opens a model.
   *
   * @param task name of the task, for errors
   * @param head the task's
   * @param vocabulary of the model's tokenizer
   * @param pretrained the model, with the head's weights
   * @param temperature what a classifier is calibrated with; probabilities are, scores are not
   * @param device where it computes
   * @throws UserException if what the task gives cannot be explained, the vocabulary has no {@code
   *     [MASK]}, or the model lacks weights of the head
   */
  public static Explainer open(
      String task,
      Head head,
      Vocabulary vocabulary,
      PretrainedModel pretrained,
      Temperature temperature,
      ComputeDevice device) {
    BertConfig config = pretrained.config().with(AttentionMask.of(head));
    ExplainableOutput output =
        ExplainableOutput.of(task, head, HeadDefinition.of(task, config, head, vocabulary));
    ExplainedCase.Vocabulary ids =
        new ExplainedCase.Vocabulary(
            vocabulary.id(SpecialToken.PAD), mask(vocabulary), temperature.value());
    BertModel model = BertModel.explaining(task, config, head, vocabulary, output.name(), device);
    try {
      WeightAccount weights = ModelWeights.load(model, head, pretrained, SEED);
      if (!weights.initialized().isEmpty()) {
        throw new UserException(
            "what %s predicts for task '%s' cannot be explained: it lacks the weights %s of the task's head; explain a model that has them"
                .formatted(pretrained.reference(), task, String.join(", ", weights.initialized())));
      }
      return new Explainer(output, vocabulary, model, weights, ids);
    } catch (RuntimeException e) {
      model.close();
      throw e;
    }
  }

  private static int mask(Vocabulary vocabulary) {
    return vocabulary
        .find(SpecialToken.MASK.token())
        .orElseThrow(
            () ->
                new UserException(
                    "the model's vocabulary has no [MASK], which takes the place of words to find out what they do; explain a model whose vocabulary has it"));
  }

  /** What is explained. */
  public ExplainableOutput output() {
    return output;
  }

  /** The model, which also predicts; it is closed with this. */
  public OpenedModel opened() {
    return new OpenedModel(
        model,
        model.parameters().stream().map(Parameter::spec).toList(),
        weights,
        new EngineChoice(Engine.TENSORFLOW, TensorFlowEngine.load(), REASON));
  }

  /**
   * Explains what is predicted for an example, or what is asked for.
   *
   * @param features what the model sees of the example
   * @return one or a few: of a classifier one, of an answer two, its start and its end; none if a
   *     tagger gives no word a tag
   * @throws UserException if there is nothing of what is asked for
   */
  public List<Explanation> explain(List<Feature> features, ExplanationOptions options) {
    List<Explanation> explanations = new ArrayList<>();
    for (Explained explained : explained(features, options)) {
      ExplainedCase one = of(explained, features.get(explained.feature()));
      List<Feature> both = List.of(one.feature(), one.masked(one.words()));
      List<Double> scores = one.scores(both);
      explanations.add(
          new Explanation(
              output.kind(),
              explained,
              one.feature(),
              one.words(),
              scores.get(0),
              scores.get(1),
              output.kind() == ExplainableOutput.Kind.NUMBERS
                  ? Double.NaN
                  : one.probabilities(both).get(0),
              options.methods().stream()
                  .map(method -> attribution(one, method, options))
                  .toList()));
    }
    return explanations;
  }

  private static Attribution attribution(
      ExplainedCase explained, ExplanationMethod method, ExplanationOptions options) {
    return switch (method) {
      case INTEGRATED_GRADIENTS ->
          new IntegratedGradients(explained, options.steps()).attribution();
      case GRADIENT_X_INPUT -> new GradientTimesInput(explained).attribution();
      case ATTENTION_ROLLOUT -> new AttentionRollout(explained).attribution();
      case LEAVE_ONE_OUT -> new LeaveOneOut(explained).attribution();
    };
  }

  private List<Explained> explained(List<Feature> features, ExplanationOptions options) {
    List<Matrix> outputs =
        features.stream()
            .map(feature -> model.predict(Batch.of(List.of(feature), ids.pad())).get(0))
            .map(values -> values.get(output.name()))
            .toList();
    if (output.kind() != ExplainableOutput.Kind.TAGS && options.word().isPresent()) {
      throw new UserException(
          "there is no tag of the word '%s' to explain: the task gives words none"
              .formatted(options.word().get()));
    }
    return switch (output.kind()) {
      case CLASSES, LABELS, NUMBERS, CHOICES ->
          new ExplainedValues(output, outputs, options.label()).chosen();
      case TAGS ->
          new TagValues(output.labels(), outputs, options.label())
              .chosen(words(features), options.word());
      case SPANS -> new SpanValues(outputs, options.label()).chosen(features, words(features));
    };
  }

  private List<List<Word>> words(List<Feature> features) {
    return features.stream().map(feature -> Word.of(feature.sequence(), vocabulary)).toList();
  }

  /** What becomes of an explained value. */
  ExplainedCase of(Explained explained, Feature feature) {
    List<Word> words = Word.of(feature.sequences().get(explained.sequence()), vocabulary);
    return new ExplainedCase(model, output, explained, feature, words, ids);
  }

  /** Frees the model's memory. */
  @Override
  public void close() {
    model.close();
  }
}
