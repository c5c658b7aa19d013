// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.explain;

import dev.bertctl.runtime.graph.BertModel;
import dev.bertctl.runtime.graph.OutputGradients;
import dev.bertctl.runtime.packing.Batch;
import dev.bertctl.spi.decode.Matrix;
import dev.bertctl.spi.decode.Softmax;
import dev.bertctl.spi.packing.Feature;
import dev.bertctl.spi.packing.Sequence;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** A value of a feature's output, and what becomes of it as words are masked. */
final class ExplainedCase {

  /**
   * Tokens of a batch: from some thousand on larger ones are no faster on a CPU, and gradients keep
   * what is inside all layers.
   */
  private static final int MOST_TOKENS = 2048;

  private final BertModel model;
  private final ExplainableOutput output;
  private final Explained explained;
  private final Feature feature;
  private final List<Word> words;
  private final Vocabulary vocabulary;

  /**
   * @param model the model, made for explanations of the output
   * @param feature what the model sees
   * @param words those of the explained sequence
   */
  ExplainedCase(
      BertModel model,
      ExplainableOutput output,
      Explained explained,
      Feature feature,
      List<Word> words,
      Vocabulary vocabulary) {
    this.model = model;
    this.output = output;
    this.explained = explained;
    this.feature = feature;
    this.words = words;
    this.vocabulary = vocabulary;
  }

  /**
   * What is needed of the model's vocabulary.
   *
   * @param pad the id that fills batches
   * @param mask the id that stands for words which are not known
   * @param temperature what classifiers' logits are divided by for their probabilities
   */
  record Vocabulary(int pad, int mask, double temperature) {}

  Explained explained() {
    return explained;
  }

  ExplainableOutput output() {
    return output;
  }

  Feature feature() {
    return feature;
  }

  List<Word> words() {
    return words;
  }

  OutputGradients gradients() {
    return model.outputGradients();
  }

  /** The attention weights of each layer, [N,A,T,T] each. */
  List<float[]> attentions(Batch batch) {
    return model.attentions(batch);
  }

  Sequence sequence() {
    return feature.sequences().get(explained.sequence());
  }

  /** Copies of the feature, as many as one run takes at most. */
  int batchSize() {
    int longest = feature.sequences().stream().mapToInt(Sequence::length).max().orElseThrow();
    return Math.max(1, MOST_TOKENS / (longest * feature.sequences().size()));
  }

  Batch batch(List<Feature> features) {
    return Batch.of(features, vocabulary.pad());
  }

  /** The feature with {@code [MASK]} in place of all pieces of some words. */
  Feature masked(Collection<Word> hidden) {
    int[] ids = sequence().ids().clone();
    for (Word word : hidden) {
      java.util.Arrays.fill(ids, word.position(), word.end(), vocabulary.mask());
    }
    List<Sequence> sequences = new ArrayList<>(feature.sequences());
    sequences.set(explained.sequence(), sequence().withIds(ids));
    return new Feature(sequences, feature.positions(), feature.targets());
  }

  /** What each value of the output counts in a batch of such features: only what is explained. */
  float[] selector(Batch batch) {
    int columns = output.columns();
    int perFeature =
        switch (output.kind()) {
          case CLASSES, LABELS, NUMBERS -> columns;
          case CHOICES -> batch.choices();
          case TAGS, SPANS -> batch.tokens() * columns;
        };
    float[] selector = new float[batch.size() * perFeature];
    for (int i = 0; i < batch.size(); i++) {
      selector[i * perFeature + explained.row() * columns + explained.column()] = 1;
    }
    return selector;
  }

  /** The value for each of some features. */
  List<Double> scores(List<Feature> features) {
    return outputs(features).stream().map(this::score).toList();
  }

  private double score(Matrix matrix) {
    return matrix.at(explained.row(), explained.column());
  }

  /** What the value stands for in each of some features; the value itself if that is a number. */
  List<Double> probabilities(List<Feature> features) {
    return outputs(features).stream().map(this::probability).toList();
  }

  private double probability(Matrix matrix) {
    return switch (output.kind()) {
      case NUMBERS -> score(matrix);
      case LABELS -> 1 / (1 + Math.exp(-score(matrix)));
      case CLASSES -> softmax(calibrated(matrix.row(0)), explained.column());
      case TAGS -> softmax(matrix.row(explained.row()), explained.column());
      case CHOICES -> softmax(matrix.values(), explained.row());
      case SPANS -> softmax(column(matrix), explained.row());
    };
  }

  private static double softmax(float[] logits, int index) {
    return Softmax.of(logits).get(index);
  }

  private float[] calibrated(float[] logits) {
    for (int i = 0; i < logits.length; i++) {
      logits[i] = (float) (logits[i] / vocabulary.temperature());
    }
    return logits;
  }

  private float[] column(Matrix matrix) {
    float[] column = new float[matrix.rows()];
    for (int row = 0; row < column.length; row++) {
      column[row] = matrix.at(row, explained.column());
    }
    return column;
  }

  private List<Matrix> outputs(List<Feature> features) {
    List<Matrix> outputs = new ArrayList<>(features.size());
    for (int from = 0; from < features.size(); from += batchSize()) {
      int to = Math.min(features.size(), from + batchSize());
      model
          .predict(batch(features.subList(from, to)))
          .forEach(values -> outputs.add(values.get(output.name())));
    }
    return outputs;
  }
}
