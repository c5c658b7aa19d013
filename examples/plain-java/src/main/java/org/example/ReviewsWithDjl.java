// SPDX-License-Identifier: Apache-2.0
package org.example;

import ai.djl.inference.Predictor;
import ai.djl.modality.Classifications;
import ai.djl.repository.zoo.Criteria;
import ai.djl.repository.zoo.ZooModel;
import dev.bertctl.runtime.djl.BertctlTranslatorFactory;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The same as {@link Reviews} by the interfaces of DJL. */
public final class ReviewsWithDjl {

  private ReviewsWithDjl() {}

  /**
   * Prints a line for each text: label, probability, text.
   *
   * @param arguments the folder of a run, or of its model, and texts
   * @throws Exception if DJL cannot load the model, or compute with it
   */
  public static void main(String[] arguments) throws Exception {
    List<String> texts = Arrays.asList(arguments).subList(1, arguments.length);
    Criteria<String, Classifications> criteria =
        Criteria.builder()
            .setTypes(String.class, Classifications.class)
            .optModelPath(Path.of(arguments[0]))
            .optEngine("Bertctl")
            .optTranslatorFactory(new BertctlTranslatorFactory())
            .build();
    try (ZooModel<String, Classifications> reviews = criteria.loadModel();
        Predictor<String, Classifications> predictor = reviews.newPredictor()) {
      List<Classifications> predictions = predictor.batchPredict(texts);
      for (int i = 0; i < texts.size(); i++) {
        Classifications.Classification best = predictions.get(i).best();
        System.out.printf(
            Locale.ROOT,
            "%s\t%.6f\t%s%n",
            best.getClassName(),
            best.getProbability(),
            texts.get(i));
      }
    }
  }
}
