// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.qa;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.bertctl.spi.data.Column;
import dev.bertctl.spi.data.DataException;
import dev.bertctl.spi.data.ExampleReader.Purpose;
import dev.bertctl.spi.data.Location;
import dev.bertctl.spi.data.Row;
import dev.bertctl.spi.testkit.MemoryFile;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class QuestionReaderTest {

  private static final String PASSAGE = "🦉🦉 Owls hunt at night; mice hide at night.";

  private final List<String> skipped = new ArrayList<>();

  @Test
  void readsSquad() {
    Question question =
        squad(
                Purpose.EVALUATION,
                Map.of(
                    "id",
                    "q7",
                    "question",
                    "Who hunts?",
                    "is_impossible",
                    false,
                    "plausible_answers",
                    List.of(),
                    "answers",
                    List.of(Map.of("text", "Owls", "answer_start", 3L))))
            .get(0);
    assertEquals("q7", question.id());
    assertEquals("Who hunts?", question.text());
    assertEquals(PASSAGE, question.passage());
    assertEquals(Map.of("id", "q7", "question", "Who hunts?"), question.columns());
    assertEquals("memory: data[0].paragraphs[0].qas[0]", question.location().toString());
    // Two owls are two characters for Python, four for Java.
    assertEquals(
        Optional.of(List.of(new GoldAnswer("Owls", Optional.of(new Span(5, 9))))),
        question.answers());
  }

  @Test
  void questionWithoutAnswersIsUnanswerable() {
    Question question =
        squad(Purpose.TRAINING, Map.of("id", "q", "question", "Why?", "answers", List.of())).get(0);
    assertEquals(true, question.hasNoAnswer());
    assertEquals(List.of(), skipped);
  }

  @Test
  void rowsGiveAnswersInManyForms() {
    List<Object> forms =
        List.of(
            Map.of("text", List.of("night"), "answer_start", List.of(36L)),
            List.of(Map.of("text", "night", "answer_start", 36L)),
            Map.of("text", "night", "answer_start", 36L),
            List.of("mice"),
            List.of(Map.of("text", "mice")),
            Map.of("text", List.of("mice")),
            "mice");
    for (Object form : forms) {
      Question question = row(Purpose.EVALUATION, Map.of("answers", form)).get(0);
      Span span = question.answers().orElseThrow().get(0).place().orElseThrow();
      String text = PASSAGE.substring(span.start(), span.end());
      assertEquals(form.toString().contains("mice") ? "mice" : "night", text, form.toString());
    }
  }

  @Test
  void aRowsStartMayStandBesideItsAnswer() {
    Question question =
        row(Purpose.EVALUATION, Map.of("answer", "night", "answer_start", "16")).get(0);
    assertEquals(Optional.of(new Span(18, 23)), question.answers().orElseThrow().get(0).place());
  }

  @Test
  void blankAnswersAreNone() {
    for (Object form :
        List.of(
            "", List.of(), List.of(" "), Map.of("text", List.of(), "answer_start", List.of()))) {
      assertEquals(true, row(Purpose.TRAINING, Map.of("answers", form)).get(0).hasNoAnswer());
    }
  }

  @Test
  void whiteSpaceAroundAnAnswerIsNotPartOfItsPlace() {
    GoldAnswer answer = GoldAnswer.at(7, " hunt ", PASSAGE);
    assertEquals(new GoldAnswer(" hunt ", Optional.of(new Span(10, 14))), answer);
  }

  @Test
  void rowWithoutIdIsCalledByItsLine() {
    MemoryFile file =
        MemoryFile.rows(
            List.of(
                Map.of("question", "Who?", "context", PASSAGE),
                Map.of("qid", 12L, "question", "Who?", "passage", PASSAGE)));
    List<Question> questions = Samples.read(file, Purpose.PREDICTION, skipped);
    assertEquals("1", questions.get(0).id());
    assertEquals(
        Map.of("id", "1", "question", "Who?", "context", PASSAGE), questions.get(0).columns());
    assertEquals("12", questions.get(1).id());
    assertEquals(
        Map.of("qid", 12L, "question", "Who?", "passage", PASSAGE), questions.get(1).columns());
  }

  @Test
  void anEmptyIdIsNone() {
    MemoryFile file =
        MemoryFile.rows(
            List.of(
                Map.of("id", "", "question", "Who?", "context", PASSAGE),
                Map.of("id", "", "question", "Where?", "context", PASSAGE)));
    List<Question> questions = Samples.read(file, Purpose.PREDICTION, skipped);
    assertEquals(List.of("1", "2"), questions.stream().map(Question::id).toList());
    assertEquals("2", questions.get(1).columns().get("id"));
  }

  @Test
  void predictionsHaveTheIdWhateverItsColumnIsCalled() {
    Map<String, Object> columns = Map.of("uid", "q7", "question", "Who?", "context", PASSAGE);
    Question question = QuestionRow.read(new MappedRow(columns, "id", "uid"), Purpose.PREDICTION);
    assertEquals("q7", question.id());
    assertEquals("q7", question.columns().get("id"));
    assertEquals("q7", question.columns().get("uid"));
  }

  /** A row of which one column is called by another name than the task's. */
  private record MappedRow(Map<String, Object> columns, String task, String file) implements Row {

    @Override
    public Location location() {
      return new Location("memory", 1);
    }

    @Override
    public boolean has(Column column) {
      return columns.containsKey(name(column));
    }

    @Override
    public Optional<String> find(Column column) {
      return Optional.ofNullable(columns.get(name(column))).map(Object::toString);
    }

    @Override
    public String get(Column column) {
      return find(column).orElseThrow();
    }

    @Override
    public Object value(Column column) {
      return get(column);
    }

    private String name(Column column) {
      return column.name().equals(task) ? file : column.name();
    }
  }

  @Test
  void nullsAreNoValues() {
    Map<String, Object> unanswered = new HashMap<>();
    unanswered.put("answers", null);
    assertEquals(true, row(Purpose.TRAINING, unanswered).get(0).hasNoAnswer());
    Map<String, Object> unasked = new HashMap<>(Map.of("answers", List.of()));
    unasked.put("question", null);
    assertEquals(List.of(), row(Purpose.TRAINING, unasked));
    assertEquals(List.of("memory:1 empty text"), skipped);
    assertEquals("", row(Purpose.PREDICTION, unasked).get(0).text());
  }

  @Test
  void trainingLeavesOutWhatTeachesNothing() {
    assertEquals(List.of(), rows(Purpose.TRAINING));
    assertEquals(
        List.of(
            "memory:1 answer without a clear place in the passage",
            "memory:2 answer without a clear place in the passage",
            "memory:3 answer without a clear place in the passage",
            "memory:4 answer without a clear place in the passage",
            "memory:5 empty text"),
        skipped);
  }

  @Test
  void evaluationAndPredictionKeepEveryQuestion() {
    assertEquals(5, rows(Purpose.EVALUATION).size());
    assertEquals(5, rows(Purpose.PREDICTION).size());
    assertEquals(List.of(), skipped);
  }

  private List<Question> rows(Purpose purpose) {
    return row(
        purpose,
        Map.of("answers", List.of(Map.of("text", "Owls", "answer_start", 4L))),
        Map.of("answers", List.of(Map.of("text", "Owls", "answer_start", -1L))),
        Map.of("answers", List.of("hawks")),
        Map.of("answers", List.of("night")),
        Map.of("answers", List.of("Owls"), "question", ""));
  }

  @Test
  void predictionLooksAtNoAnswers() {
    assertEquals(Optional.empty(), row(Purpose.PREDICTION, Map.of("answers", 5L)).get(0).answers());
    assertEquals(
        Optional.empty(),
        squad(Purpose.PREDICTION, Map.of("id", "1", "question", "Who?")).get(0).answers());
  }

  @Test
  void errorsNameThePath() {
    assertError(
        "memory: data[0].paragraphs[0].qas[1]: has no 'question'; SQuAD's form has one here",
        () -> squad(Purpose.PREDICTION, Map.of("id", "1", "question", "Who?"), Map.of("id", "2")));
    assertError(
        "memory: data[0].paragraphs[0].qas[0]: has no 'answers'; SQuAD's form has one here",
        () -> squad(Purpose.EVALUATION, Map.of("id", "1", "question", "Who?")));
    assertError(
        "memory: data[0].paragraphs[0].qas[0].question: is no text, but a JSON list",
        () -> squad(Purpose.PREDICTION, Map.of("id", "1", "question", List.of())));
    assertError(
        "memory: data: is no list; SQuAD's form has one here",
        () -> Samples.read(MemoryFile.json(Map.of("data", "x")), Purpose.PREDICTION, skipped));
    assertError(
        "memory: is no SQuAD document, {\"data\": [{\"paragraphs\": [...]}]}; a file of one JSON object a line has the format jsonl",
        () -> Samples.read(MemoryFile.json(List.of()), Purpose.PREDICTION, skipped));
    assertError(
        "memory: data[0]: is no JSON object; SQuAD's form has one here, with 'paragraphs'",
        () ->
            Samples.read(
                MemoryFile.json(Map.of("data", List.of("x"))), Purpose.PREDICTION, skipped));
    assertError(
        "memory: data[0].paragraphs[0].qas[0].answers[0].answer_start: is no integer: '1.5'",
        () ->
            squad(
                Purpose.TRAINING,
                Map.of(
                    "id", "1",
                    "question", "Who?",
                    "answers", List.of(Map.of("text", "Owls", "answer_start", 1.5)))));
    assertError(
        "memory:1: answers: 2 texts with 1 answer_start; give each text its start",
        () ->
            row(
                Purpose.TRAINING,
                Map.of(
                    "answers",
                    Map.of("text", List.of("Owls", "mice"), "answer_start", List.of(3L)))));
  }

  @Test
  void evaluationNeedsIdsOfTheirOwn() {
    Map<String, Object> one = Map.of("id", "x", "question", "Who?", "answers", List.of());
    assertError(
        "memory: data[0].paragraphs[0].qas[1]: the question has the id 'x' of another one (memory: data[0].paragraphs[0].qas[0]); give each an id of its own",
        () -> squad(Purpose.EVALUATION, one, one));
    assertEquals(2, squad(Purpose.TRAINING, one, one).size());
  }

  private static void assertError(String message, Executable run) {
    assertEquals(message, assertThrows(DataException.class, run).getMessage());
  }

  private List<Question> squad(Purpose purpose, Object... qas) {
    return Samples.read(MemoryFile.json(Samples.squad(PASSAGE, List.of(qas))), purpose, skipped);
  }

  /** Rows on the passage, with the same question unless they have one. */
  @SafeVarargs
  private List<Question> row(Purpose purpose, Map<String, Object>... columns) {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (Map<String, Object> each : columns) {
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("question", "Who hides?");
      row.put("context", PASSAGE);
      row.putAll(each);
      rows.add(row);
    }
    return Samples.read(MemoryFile.rows(rows), purpose, skipped);
  }
}
