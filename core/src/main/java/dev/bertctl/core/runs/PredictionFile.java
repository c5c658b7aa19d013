// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.runs;

import dev.bertctl.runtime.files.WholeFile;
import dev.bertctl.runtime.json.JsonLines;
import dev.bertctl.spi.data.Example;
import dev.bertctl.spi.decode.Prediction;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * predictions.jsonl: one line an example, in the input's order: the input's columns, then the
 * prediction.
 */
final class PredictionFile {

  private PredictionFile() {}

  /** The fields of one line. A field of the prediction replaces an input column of its name. */
  static Map<String, Object> fields(Example example, Prediction prediction) {
    Map<String, Object> fields = new LinkedHashMap<>(example.columns());
    fields.putAll(prediction.fields());
    return fields;
  }

  /** Writes all of them; an existing file is replaced at the end. */
  static void write(
      Path file, List<? extends Example> examples, List<? extends Prediction> predictions) {
    WholeFile.write(
        file,
        partial -> {
          try (JsonLines lines = new JsonLines(partial)) {
            for (int i = 0; i < examples.size(); i++) {
              lines.write(fields(examples.get(i), predictions.get(i)));
            }
          }
        });
  }
}
