// SPDX-License-Identifier: Apache-2.0
/**
 * Which words a prediction comes from:
 *
 * <pre>{@code
 * try (Predictor<Prediction> reviews = Predictor.open(Path.of("runs/reviews"));
 *     Explainer explainer = Explainer.of(reviews)) {
 *   Prepared review = reviews.prepare(Map.of("text", "Warm, light and cheap."));
 *   List<Explanation> explanations =
 *       explainer.explain(review.features(), ExplanationOptions.DEFAULT);
 * }
 * }</pre>
 *
 * <p>What is explained is a logit, as the head gives it. All methods that compare compare with the
 * same baseline: the sequence with {@code [MASK]} in place of every piece of its texts. It has the
 * length, the segments, the positions and the special tokens of the sequence, and is what BERT was
 * pretrained to see where a word is not known; embeddings of zeros or of padding it never saw.
 */
package dev.bertctl.runtime.explain;
