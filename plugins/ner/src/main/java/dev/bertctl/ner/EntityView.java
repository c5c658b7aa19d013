// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.ner;

import dev.bertctl.spi.decode.ExampleView;
import dev.bertctl.spi.decode.ExampleView.Passage;
import dev.bertctl.spi.decode.MarkedText;
import dev.bertctl.spi.decode.MarkedText.Mark;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Shows a sentence twice: with its gold entities marked, and with the predicted ones. */
final class EntityView {

  private static final String NONE = "no entities";

  private EntityView() {}

  static ExampleView of(Sentence sentence, Tagging tagging) {
    List<Span> predicted = ordered(tagging.predicted(), sentence);
    Optional<List<Span>> gold = sentence.gold().map(annotation -> ordered(annotation, sentence));
    List<Passage> passages = new ArrayList<>();
    gold.ifPresent(spans -> passages.add(new Passage("gold", marked(sentence, spans))));
    passages.add(new Passage("predicted", marked(sentence, predicted)));
    ExampleView view =
        ExampleView.of(
            passages, gold.map(spans -> named(sentence, spans)), named(sentence, predicted));
    // As sure as of the entity that it is least sure of.
    return tagging.entities().stream()
        .map(Entity::score)
        .min(Comparator.naturalOrder())
        .map(view::sure)
        .orElse(view);
  }

  private static List<Span> ordered(Annotation annotation, Sentence sentence) {
    return annotation.spans(sentence.words()).stream()
        .sorted(Comparator.comparingInt(Span::start))
        .toList();
  }

  /** Entities of a file may overlap, which marks may not: of these the first is shown. */
  private static MarkedText marked(Sentence sentence, List<Span> spans) {
    CharacterPlaces places = new CharacterPlaces(sentence.text());
    List<Mark> marks = new ArrayList<>();
    int end = 0;
    for (Span span : spans) {
      if (span.start() >= end) {
        marks.add(
            new Mark(places.character(span.start()), places.character(span.end()), span.type()));
        end = span.end();
      }
    }
    return new MarkedText(sentence.text(), marks);
  }

  private static String named(Sentence sentence, List<Span> spans) {
    return spans.isEmpty()
        ? NONE
        : spans.stream()
            .map(span -> span.type() + " " + sentence.text().substring(span.start(), span.end()))
            .collect(Collectors.joining(", "));
  }
}
