// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.server.text;

import dev.bertctl.server.models.SampleRow;
import dev.bertctl.server.models.ServedModel;
import dev.bertctl.spi.head.Head;
import dev.bertctl.spi.head.ProblemType;
import java.util.List;
import java.util.stream.Stream;

/** What a model can be asked for by clients that know no tasks. */
public enum ModelKind {
  /** A score for each label of a text or a pair. */
  CLASSIFIER("a classifier of texts"),
  /** One number for a pair of texts. */
  RERANKER("a model that gives pairs of texts one number"),
  /** A vector for each text. */
  EMBEDDING("an embeddings model"),
  /** A vector for each token of a text. */
  TOKEN_EMBEDDING("an embeddings model with a vector for each token (pooling=token)"),
  /** Anything else. */
  OTHER("a model of another kind");

  private static final String CLASSIFICATION = "BertForSequenceClassification";
  private static final String ENCODER = "BertModel";

  private final String text;

  ModelKind(String text) {
    this.text = text;
  }

  /** What it is, with an article. */
  public String text() {
    return text;
  }

  /** A model's kind. */
  public static ModelKind of(ServedModel model) {
    Head head = model.predictor().task().head();
    int texts = TextColumns.of(model).names().size();
    if (head.architecture().equals(CLASSIFICATION) && (texts == 1 || texts == 2)) {
      return isOneNumber(head) && texts == 2 ? RERANKER : CLASSIFIER;
    }
    if (head.architecture().equals(ENCODER) && texts == 1) {
      return embedding(model);
    }
    return OTHER;
  }

  /** Whether the head gives a number, and not several or labels. */
  static boolean isOneNumber(Head head) {
    return head.problemType().filter(ProblemType.REGRESSION::equals).isPresent()
        && head.labels().size() <= 1;
  }

  /** Told by what was predicted for a sample: vectors are lists of numbers. */
  private static ModelKind embedding(ServedModel model) {
    List<Object> values =
        model.sample().stream()
            .map(SampleRow::prediction)
            .flatMap(prediction -> prediction.values().stream())
            .toList();
    if (values.stream().anyMatch(ModelKind::isVector)) {
      return EMBEDDING;
    }
    boolean perToken =
        values.stream()
            .flatMap(value -> value instanceof List<?> list ? list.stream() : Stream.empty())
            .anyMatch(ModelKind::isVector);
    return perToken ? TOKEN_EMBEDDING : OTHER;
  }

  private static boolean isVector(Object value) {
    return value instanceof List<?> list
        && !list.isEmpty()
        && list.stream().allMatch(Number.class::isInstance);
  }
}
