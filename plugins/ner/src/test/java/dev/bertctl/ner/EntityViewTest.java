// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.ner;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bertctl.spi.data.Location;
import dev.bertctl.spi.decode.ExampleView;
import dev.bertctl.spi.decode.ExampleView.Passage;
import dev.bertctl.spi.decode.MarkedText;
import dev.bertctl.spi.decode.MarkedText.Mark;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class EntityViewTest {

  private static final List<String> WORDS = List.of("\ud83d\ude02", "Ann", "Lee", "in", "Bonn");
  private static final String TEXT = "\ud83d\ude02 Ann Lee in Bonn";

  private static Sentence sentence(Optional<Annotation> gold) {
    return Sentence.ofWords(new Location("dev.conll", 1), Map.of(), WORDS, gold);
  }

  private static final Tagging TAGGING =
      new Tagging(
          WORDS,
          Annotation.of(List.of("O", "B-PER", "I-PER", "O", "B-PER")),
          List.of(new Entity("Ann Lee", "PER", 2, 9, 0.9), new Entity("Bonn", "PER", 13, 17, 0.6)));

  @Test
  void goldAndPredictedEntitiesAreMarkedInCharacters() {
    ExampleView view =
        EntityView.of(
            sentence(Optional.of(Annotation.of(List.of("O", "B-PER", "I-PER", "O", "B-LOC")))),
            TAGGING);
    assertEquals(
        List.of(
            new Passage(
                "gold",
                new MarkedText(TEXT, List.of(new Mark(2, 9, "PER"), new Mark(13, 17, "LOC")))),
            new Passage(
                "predicted",
                new MarkedText(TEXT, List.of(new Mark(2, 9, "PER"), new Mark(13, 17, "PER"))))),
        view.passages());
    assertEquals(Optional.of("PER Ann Lee, LOC Bonn"), view.gold());
    assertEquals("PER Ann Lee, PER Bonn", view.predicted());
    assertEquals(OptionalDouble.of(0.6), view.confidence());
  }

  @Test
  void withoutGoldThereIsOnlyWhatWasPredicted() {
    ExampleView view = EntityView.of(sentence(Optional.empty()), TAGGING);
    assertEquals(List.of("predicted"), view.passages().stream().map(Passage::name).toList());
    assertEquals(Optional.empty(), view.gold());
  }

  @Test
  void whereNothingIsFoundThatIsSaid() {
    ExampleView view =
        EntityView.of(
            sentence(Optional.of(Annotation.of(List.of("O", "O", "O", "O", "O")))),
            new Tagging(WORDS, Annotation.of(List.of("O", "O", "O", "O", "O")), List.of()));
    assertEquals(Optional.of("no entities"), view.gold());
    assertEquals("no entities", view.predicted());
    assertEquals(OptionalDouble.empty(), view.confidence());
  }

  @Test
  void ofEntitiesThatOverlapTheFirstIsMarked() {
    ExampleView view =
        EntityView.of(
            sentence(
                Optional.of(
                    new Annotation(
                        List.of("O", "O", "O", "O", "O"),
                        List.of(new Span("PER", 3, 10), new Span("ORG", 7, 13))))),
            TAGGING);
    assertEquals(List.of(new Mark(2, 9, "PER")), view.passages().get(0).text().marks());
  }
}
