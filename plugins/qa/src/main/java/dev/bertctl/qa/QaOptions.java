// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.qa;

import dev.bertctl.spi.Doc;
import dev.bertctl.spi.Essential;
import io.smallrye.config.WithDefault;
import java.util.Optional;

/** Options of the task {@code qa}. */
public interface QaOptions {

  /** Longest question in word pieces. */
  @Doc(
      "Longest question in word pieces; longer ones are cut at their end. A question never takes more than half of a sequence.")
  @WithDefault("64")
  int maxQuestionLength();

  /** Overlap of neighbouring windows. */
  @Essential
  @Doc(
      "Word pieces that neighbouring windows over a long passage share, as in Hugging Face (in the original BERT: the distance of their beginnings); at most half of a window.")
  @WithDefault("128")
  int docStride();

  /** Longest answer. */
  @Essential
  @Doc("Longest answer that is predicted, in word pieces.")
  @WithDefault("30")
  int maxAnswerLength();

  /** Answers kept for each question. */
  @Doc(
      "Answers kept for each question, the best ones; their probabilities add up to 1, and nbest_predictions.json has them all.")
  @WithDefault("20")
  int nBestSize();

  /** Whether a passage may lack the answer. */
  @Doc(
      "Whether questions may have no answer in their passage, as in SQuAD 2.0; if left out, whether the training data has such questions.")
  Optional<Boolean> unanswerable();

  /** From which odds on there is no answer. */
  @Doc(
      "If questions may have no answer: a question has none if the score of 'no answer' exceeds that of the best answer by more than this.")
  @WithDefault("0")
  double nullThreshold();

  /** Whether the threshold is chosen on the validation set. */
  @Doc(
      "If questions may have no answer: whether null-threshold is set to the value that is best for F1 on the validation set, at each evaluation.")
  @WithDefault("true")
  boolean tuneNullThreshold();
}
