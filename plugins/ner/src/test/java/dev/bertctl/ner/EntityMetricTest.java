// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.ner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bertctl.spi.data.Location;
import dev.bertctl.spi.metric.Detail;
import dev.bertctl.spi.metric.Metric.Scorer;
import dev.bertctl.spi.metric.Scores;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class EntityMetricTest {

  private final Scorer<Sentence, Tagging> scorer = new EntityMetric().scorer();

  @Test
  void workedExample() {
    add("B-PER I-PER O B-LOC", "B-PER I-PER O B-PER");
    Scores scores = scorer.scores();
    assertEquals(0.5, scores.values().get("precision"));
    assertEquals(0.5, scores.values().get("recall"));
    assertEquals(0.5, scores.values().get("f1"));
    assertEquals((2.0 / 3 + 0) / 2, scores.values().get("macro_f1"));
    assertEquals(0.75, scores.values().get("accuracy"));
    Map<?, ?> types = ((Detail.Table) scores.detail("per_class").orElseThrow()).rows();
    assertEquals(List.of("LOC", "PER"), List.copyOf(types.keySet()));
    assertEquals(
        Map.of("precision", 0.5, "recall", 1.0, "f1", 2.0 / 3, "support", 1L), types.get("PER"));
    assertEquals(
        Map.of("precision", 0.0, "recall", 0.0, "f1", 0.0, "support", 1L), types.get("LOC"));
  }

  @Test
  void nothingAtAllScoresNothing() {
    add("O", "O");
    assertEquals(
        Map.of("f1", 0.0, "precision", 0.0, "recall", 0.0, "macro_f1", 0.0, "accuracy", 1.0),
        scorer.scores().values());
  }

  @Test
  void entitiesWithinWordsCount() {
    Sentence gold = sentence(new Annotation(List.of("O", "B-X"), List.of(new Span("X", 0, 1))));
    scorer.add(gold, new Tagging(gold.wordTexts(), Annotation.of(List.of("O", "B-X")), List.of()));
    assertEquals(0.5, scorer.scores().values().get("recall"));
    assertEquals(1.0, scorer.scores().values().get("precision"));
    scorer.add(gold, new Tagging(gold.wordTexts(), gold.gold().orElseThrow(), List.of()));
    assertEquals(0.75, scorer.scores().values().get("recall"));
  }

  /** Random tags, most of them not well formed; see src/test/python/conlleval_cases.py. */
  @Test
  void figuresAreThoseOfConlleval() throws IOException {
    List<String> lines;
    try (InputStream file = EntityMetricTest.class.getResourceAsStream("scores.txt")) {
      lines = new String(file.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
    List<Integer> starts =
        Stream.iterate(0, i -> i < lines.size(), i -> i + 1)
            .filter(i -> lines.get(i).startsWith("case "))
            .toList();
    assertTrue(starts.size() > 100);
    for (int i = 0; i < starts.size(); i++) {
      int end = i + 1 < starts.size() ? starts.get(i + 1) : lines.size();
      checkCase(lines.subList(starts.get(i) + 1, end));
    }
  }

  private static void checkCase(List<String> lines) {
    Scorer<Sentence, Tagging> scorer = new EntityMetric().scorer();
    int blank = lines.lastIndexOf("");
    String tags = String.join("\n", lines.subList(0, blank));
    for (String sentence : tags.split("\n\n")) {
      List<String> rows = sentence.strip().lines().toList();
      add(
          scorer,
          rows.stream().map(row -> row.split(" ")[0]).toList(),
          rows.stream().map(row -> row.split(" ")[1]).toList());
    }
    Scores scores = scorer.scores();
    Map<?, ?> types = ((Detail.Table) scores.detail("per_class").orElseThrow()).rows();
    String[] overall = lines.get(blank + 1).split(" ");
    assertFigures(overall, scores.values(), List.of("accuracy", "precision", "recall", "f1"), tags);
    assertEquals(lines.size() - blank - 2, types.size(), tags);
    for (String line : lines.subList(blank + 2, lines.size())) {
      String[] type = line.split(" ", 2);
      assertFigures(
          type[1].split(" "),
          (Map<?, ?>) types.get(type[0]),
          List.of("precision", "recall", "f1"),
          tags);
    }
  }

  /** Half a unit of the last printed digit: scorers differ in how they round a half. */
  private static void assertFigures(
      String[] percent, Map<?, ?> values, List<String> names, String tags) {
    for (int i = 0; i < percent.length; i++) {
      assertEquals(
          Double.parseDouble(percent[i]), 100 * (Double) values.get(names.get(i)), 0.005001, tags);
    }
  }

  private void add(String gold, String predicted) {
    add(scorer, List.of(gold.split(" ")), List.of(predicted.split(" ")));
  }

  private static void add(
      Scorer<Sentence, Tagging> scorer, List<String> gold, List<String> predicted) {
    Sentence sentence = sentence(Annotation.of(gold));
    scorer.add(sentence, new Tagging(sentence.wordTexts(), Annotation.of(predicted), List.of()));
  }

  private static Sentence sentence(Annotation gold) {
    List<String> words = gold.tags().stream().map(tag -> "xx").toList();
    return Sentence.ofWords(new Location("memory", 1), Map.of(), words, Optional.of(gold));
  }
}
