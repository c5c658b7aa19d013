// SPDX-License-Identifier: Apache-2.0
/**
 * Models of bertctl for users of DJL, who open them by {@link ai.djl.repository.zoo.Criteria} like
 * any other:
 *
 * <pre>{@code
 * Criteria<String, Classifications> criteria =
 *     Criteria.builder()
 *         .setTypes(String.class, Classifications.class)
 *         .optModelPath(Path.of("runs/reviews"))
 *         .optEngine("Bertctl")
 *         .optTranslatorFactory(new BertctlTranslatorFactory())
 *         .build();
 * try (ZooModel<String, Classifications> model = criteria.loadModel();
 *     Predictor<String, Classifications> predictor = model.newPredictor()) {
 *   Classifications prediction = predictor.predict("Warm, light and cheap.");
 * }
 * }</pre>
 *
 * <p>The engine computes by {@link dev.bertctl.runtime.predict.Predictor}. What DJL passes on from
 * translator to model and back are rows that were tokenised, and predictions, not arrays of
 * numbers. Beside {@code dev.bertctl.runtime.predict} this is an interface that bertctl promises to
 * keep.
 */
package dev.bertctl.runtime.djl;
