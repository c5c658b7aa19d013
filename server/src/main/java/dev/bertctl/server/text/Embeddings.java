// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.server.text;

import dev.bertctl.server.models.ServedModel;
import dev.bertctl.server.predict.Answers;
import dev.bertctl.spi.decode.Vectors;
import java.util.List;
import java.util.Map;

/** The vectors of answers. */
public final class Embeddings {

  private Embeddings() {}

  /** Rows of texts for a model that reads one. */
  public static List<Map<String, Object>> rows(ServedModel model, List<String> texts) {
    TextColumns columns = TextColumns.of(model);
    return texts.stream().map(text -> columns.row("inputs", List.of(text))).toList();
  }

  /** One for each text. */
  public static List<float[]> ofTexts(Answers answers) {
    return ofTokens(answers).stream().map(vectors -> vectors.get(0)).toList();
  }

  /** One for each token of each text. */
  public static List<List<float[]>> ofTokens(Answers answers) {
    return answers.rows().stream()
        .map(row -> ((Vectors) row.answer().prediction()).vectors())
        .toList();
  }
}
