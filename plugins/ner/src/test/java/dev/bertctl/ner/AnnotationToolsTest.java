// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.ner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.bertctl.spi.data.DataException;
import dev.bertctl.spi.data.ExampleReader.Purpose;
import dev.bertctl.spi.testkit.MemoryFile;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Exports of annotation tools, each read as that tool writes it. */
class AnnotationToolsTest {

  private static final String TEXT = "Ann sang.";
  private static final List<String> TAGS = List.of("B-PER", "O", "O");

  @Test
  void doccano() {
    assertTags(Map.of("id", 1, "text", TEXT, "label", List.of(List.of(0, 3, "PER"))));
    assertTags(Map.of("id", 1, "text", TEXT, "labels", List.of(List.of(0, 3, "PER"))));
    Map<String, Object> entity =
        Map.of("id", 7, "label", "PER", "start_offset", 0, "end_offset", 3);
    assertTags(Map.of("text", TEXT, "entities", List.of(entity), "relations", List.of()));
  }

  @Test
  void prodigy() {
    assertTags(prodigy("accept"));
    Map<String, Object> none = Map.of("text", TEXT, "answer", "accept");
    assertEquals(List.of("O", "O", "O"), read(none).tags().get(0));
  }

  @Test
  void whatWasRejectedInProdigyIsNotLearnedAndCounted() {
    Reading reading = read(List.of(prodigy("accept"), prodigy("reject"), prodigy("ignore")));
    assertEquals(List.of(TAGS), reading.tags());
    assertEquals(
        List.of("memory:2 answer 'reject' in Prodigy", "memory:3 answer 'ignore' in Prodigy"),
        reading.skipped());
    Map<String, Object> binary =
        Map.of("text", TEXT, "spans", List.of(), "answer", "accept", "_is_binary", true);
    assertEquals(
        List.of("memory:1 yes to one entity in Prodigy, which says nothing of the others"),
        read(binary).skipped());
    MemoryFile file = MemoryFile.rows(List.of(prodigy("reject")));
    assertEquals(1, Reading.of(file, Purpose.PREDICTION).sentences().size());
  }

  @Test
  void webAnnoIsRefusedByName() {
    MemoryFile file =
        MemoryFile.conll("#FORMAT=WebAnno TSV 3.3", "", "#Text=Ann sang.", "1-1\t0-3\tAnn\tPER");
    DataException e = assertThrows(DataException.class, () -> Reading.of(file, Purpose.TRAINING));
    assertEquals(
        "memory:1: the file is a WebAnno TSV export of INCEpTION or WebAnno, which bertctl does not"
            + " read; export it as CoNLL 2002 or CoNLL 2003 there",
        e.getMessage());
  }

  private static Map<String, Object> prodigy(String answer) {
    return Map.of(
        "text",
        TEXT,
        "tokens",
        List.of(
            Map.of("text", "Ann", "start", 0, "end", 3, "id", 0, "ws", true),
            Map.of("text", "sang.", "start", 4, "end", 9, "id", 1, "ws", false)),
        "spans",
        List.of(Map.of("start", 0, "end", 3, "token_start", 0, "token_end", 0, "label", "PER")),
        "answer",
        answer);
  }

  @Test
  void labelStudio() {
    assertTags(task(annotation(List.of(region(0, 3, "Ann", "PER")))));
    Map<String, Object> min =
        Map.of("text", TEXT, "label", List.of(value(0, 3, "Ann", "PER")), "annotation_id", 5);
    assertTags(min);
    assertEquals(
        List.of("O", "O", "O"), read(Map.of("text", TEXT, "annotation_id", 5)).tags().get(0));
  }

  @Test
  void placesOfLabelStudioAreThoseOfJavaScript() {
    Map<String, Object> row =
        Map.of("text", "😀 Ann sang.", "label", List.of(value(3, 6, "Ann", "PER")));
    assertEquals(List.of("O", "B-PER", "O", "O"), read(row).tags().get(0));
  }

  @Test
  void whatWasSkippedInLabelStudioIsNotLearnedAndCounted() {
    Map<String, Object> cancelled = Map.of("was_cancelled", true, "result", List.of());
    Reading reading = read(List.of(task(cancelled), task()));
    assertEquals(List.of(), reading.sentences());
    assertEquals(
        List.of("memory:1 skipped in Label Studio", "memory:2 not annotated in Label Studio"),
        reading.skipped());
    assertTags(task(cancelled, annotation(List.of(region(0, 3, "Ann", "PER")))));
  }

  @Test
  void annotatorsOfLabelStudioWhoDiffer() {
    Map<String, Object> one = annotation(List.of(region(0, 3, "Ann", "PER")));
    Map<String, Object> other = annotation(List.of());
    assertTags(task(one, one));
    assertProblem(
        "memory:1: 2 annotations of this task differ; mark one as ground truth in Label Studio, or delete the others",
        task(one, other));
    Map<String, Object> truth =
        Map.of("ground_truth", true, "result", List.of(region(0, 3, "Ann", "PER")));
    assertTags(task(other, truth));
  }

  @Test
  void otherProjectsOfLabelStudio() {
    Map<String, Object> choice =
        Map.of("type", "choices", "value", Map.of("choices", List.of("good")));
    assertProblem(
        "memory:1: the annotations are of type 'choices', but entities are of type 'labels' in a plain text of Label Studio; export such a project",
        task(annotation(List.of(choice))));
    assertProblem(
        "memory:1: an entity has the types [PER, LOC], but a word has only one tag; leave all but one out",
        Map.of(
            "text",
            TEXT,
            "label",
            List.of(Map.of("start", 0, "end", 3, "labels", List.of("PER", "LOC")))));
  }

  private static Map<String, Object> task(Object... annotations) {
    return Map.of("id", 1, "data", Map.of("text", TEXT), "annotations", List.of(annotations));
  }

  private static Map<String, Object> annotation(List<Map<String, Object>> result) {
    return Map.of("was_cancelled", false, "ground_truth", false, "result", result);
  }

  private static Map<String, Object> region(int start, int end, String text, String label) {
    return Map.of("type", "labels", "from_name", "label", "value", value(start, end, text, label));
  }

  private static Map<String, Object> value(int start, int end, String text, String label) {
    return Map.of("start", start, "end", end, "text", text, "labels", List.of(label));
  }

  @Test
  void cluener() {
    assertTags(Map.of("text", TEXT, "label", Map.of("PER", Map.of("Ann", List.of(List.of(0, 2))))));
    assertProblem(
        "memory:1: the entity 'Ann' is not at its place: there is 'Ann ' (PER); places count Unicode characters (code points) from 0, and 'end' is one past the last",
        Map.of("text", TEXT, "label", Map.of("PER", Map.of("Ann", List.of(List.of(0, 3))))));
    assertProblem(
        "memory:1: entities in an object must be as CLUENER has them, {\"name\": {\"Ann\": [[0, 2]]}} with the place of the last character, not [0]; or give a list of {\"start\": 0, \"end\": 3, \"type\": \"name\"}",
        Map.of("text", TEXT, "label", Map.of("PER", List.of(0))));
  }

  private static void assertTags(Map<String, Object> row) {
    assertEquals(List.of(TAGS), read(row).tags());
  }

  private static void assertProblem(String message, Map<String, Object> row) {
    assertEquals(message, assertThrows(DataException.class, () -> read(row)).getMessage());
  }

  private static Reading read(Map<String, Object> row) {
    return read(List.of(row));
  }

  private static Reading read(List<Map<String, Object>> rows) {
    return Reading.of(MemoryFile.rows(rows), Purpose.TRAINING);
  }
}
