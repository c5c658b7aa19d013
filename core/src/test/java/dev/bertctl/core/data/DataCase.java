// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.data;

import dev.bertctl.core.content.Encoding;
import dev.bertctl.core.content.Quotes;
import dev.bertctl.spi.data.Column;
import dev.bertctl.spi.data.DataFile;
import dev.bertctl.spi.data.ExampleReader.Purpose;
import dev.bertctl.spi.data.LabelledText;
import dev.bertctl.spi.data.LabelledTextReader;
import dev.bertctl.spi.data.Labels;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Files of pairs in each form, and what is read of them. */
final class DataCase {

  static final Labels LABELS = new Labels(List.of("no", "yes"));

  static final LabelledTextReader PAIRS =
      LabelledTextReader.pairs(
          Column.named("premise"), Column.named("hypothesis"), Column.named("label"), LABELS);

  /** The same two pairs in every form, with lines that end in LF. */
  static final Map<String, String> FORMS =
      Map.of(
          "pairs.csv",
          "premise,hypothesis,label\nÜber uns,Größe,yes\n\"a, b\",c,no\n",
          "pairs.tsv",
          "premise\thypothesis\tlabel\nÜber uns\tGröße\tyes\na, b\tc\tno\n",
          "pairs.txt",
          "premise\thypothesis\tlabel\nÜber uns\tGröße\tyes\na, b\tc\tno\n",
          "pairs.jsonl",
          """
          {"premise": "Über uns", "hypothesis": "Größe", "label": "yes"}
          {"premise": "a, b", "hypothesis": "c", "label": "no"}
          """,
          "pairs.json",
          """
          [{"premise": "Über uns", "hypothesis": "Größe", "label": "yes"},
           {"premise": "a, b", "hypothesis": "c", "label": "no"}]
          """);

  static final List<String> READ = List.of("Über uns|Größe", "a, b|c");

  private DataCase() {}

  static DataFile open(Path file) {
    return open(file, FileSettings.DEFAULT);
  }

  static DataFile open(Path file, FileSettings settings) {
    return DataFiles.open(List.of(file), Optional.empty(), Optional.empty(), settings);
  }

  static FileSettings in(String encoding) {
    return new FileSettings(Encoding.of(encoding), Quotes.AUTO, List.of(), Map.of(), Map.of());
  }

  static Path write(Path file, String text) throws IOException {
    return write(file, text, StandardCharsets.UTF_8);
  }

  static Path write(Path file, String text, Charset charset) throws IOException {
    return Files.write(file, text.getBytes(charset));
  }

  static List<LabelledText> read(DataFile file, Purpose purpose) {
    return new Split<>("input", file, PAIRS, purpose, Selection.ALL).readAll(new Skips());
  }

  /** The pairs, read to train on and to predict for, which must give the same. */
  static List<String> pairs(DataFile file) {
    List<LabelledText> training = read(file, Purpose.TRAINING);
    List<LabelledText> prediction = read(file, Purpose.PREDICTION);
    List<String> texts = texts(training);
    if (!texts.equals(texts(prediction))) {
      throw new AssertionError(texts + " to train on, " + texts(prediction) + " to predict for");
    }
    return texts;
  }

  private static List<String> texts(List<LabelledText> examples) {
    return examples.stream()
        .map(example -> example.first() + "|" + example.second().orElseThrow())
        .toList();
  }
}
