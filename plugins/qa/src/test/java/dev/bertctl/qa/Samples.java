// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.qa;

import dev.bertctl.spi.data.ExampleReader.Purpose;
import dev.bertctl.spi.data.Location;
import dev.bertctl.spi.decode.FeatureOutput;
import dev.bertctl.spi.decode.Matrix;
import dev.bertctl.spi.packing.Feature;
import dev.bertctl.spi.packing.Target;
import dev.bertctl.spi.testkit.MemoryFile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** Questions, documents and logits for tests. */
final class Samples {

  private Samples() {}

  /** A question whose answers are where they first occur in the passage. */
  static Question question(String id, String passage, String... answers) {
    return new Question(
        new Location("memory", 0),
        Map.of("id", id),
        id,
        "Which is it?",
        passage,
        Optional.of(
            Arrays.stream(answers)
                .map(text -> GoldAnswer.at(index(passage, text), text, passage))
                .toList()));
  }

  private static int index(String passage, String text) {
    int found = passage.indexOf(text);
    return found < 0 ? -1 : passage.codePointCount(0, found);
  }

  /** A prediction as it is read from a file. */
  static Answer answer(String text) {
    return new Answer(Optional.of(text), OptionalDouble.empty(), List.of());
  }

  static Answer answer(String text, double nullOdds) {
    return new Answer(Optional.of(text), OptionalDouble.of(nullOdds), List.of());
  }

  /** A SQuAD document of one paragraph. */
  static Map<String, Object> squad(String context, List<?> qas) {
    return Map.of(
        "version",
        "1.1",
        "data",
        List.of(
            Map.of("title", "T", "paragraphs", List.of(Map.of("context", context, "qas", qas)))));
  }

  static List<Question> read(MemoryFile file, Purpose purpose, List<String> skipped) {
    return new QuestionReader()
        .read(file, purpose, (location, reason) -> skipped.add(location + " " + reason))
        .toList();
  }

  /** The logits of a model that is sure of the targets. */
  static List<FeatureOutput> perfect(List<Feature> features) {
    List<FeatureOutput> outputs = new ArrayList<>();
    for (Feature feature : features) {
      float[] values = new float[2 * feature.sequence().length()];
      int[] target = ((Target.Ints) feature.target()).values();
      values[2 * target[0]] = 10;
      values[2 * target[1] + 1] = 10;
      outputs.add(FeatureOutput.of(feature, new Matrix(values, values.length / 2, 2)));
    }
    return outputs;
  }
}
