// SPDX-License-Identifier: Apache-2.0
package org.example;

import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.predict.Predictor;
import dev.bertctl.spi.decode.Classification;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Says what a text classifier makes of texts: {@code java -jar plain-java-1.0.0.jar FOLDER TEXT...} */
public final class Reviews {

  private Reviews() {}

  /**
   * Prints a line for each text: label, probability, text.
   *
   * @param arguments the folder of a run, or of its model, and texts
   */
  public static void main(String[] arguments) {
    if (arguments.length < 2) {
      System.err.println("give the folder of a model, and texts");
      System.exit(2);
    }
    try {
      print(Path.of(arguments[0]), Arrays.asList(arguments).subList(1, arguments.length));
    } catch (UserException e) {
      System.err.println(e.getMessage());
      System.exit(1);
    }
  }

  private static void print(Path model, List<String> texts) {
    List<Map<String, String>> rows = texts.stream().map(text -> Map.of("text", text)).toList();
    try (Predictor<Classification> reviews = Predictor.open(model, Classification.class)) {
      List<Classification> predictions = reviews.predict(rows);
      for (int i = 0; i < texts.size(); i++) {
        Classification prediction = predictions.get(i);
        String label = prediction.labels().name(prediction.label());
        double probability = prediction.probabilities().get(prediction.label());
        System.out.printf(Locale.ROOT, "%s\t%.6f\t%s%n", label, probability, texts.get(i));
      }
    }
  }
}
