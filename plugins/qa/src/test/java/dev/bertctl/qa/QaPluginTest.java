// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.qa;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.bertctl.spi.OptionException;
import dev.bertctl.spi.Task;
import dev.bertctl.spi.decode.OutputFile;
import dev.bertctl.spi.testkit.MemoryFile;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class QaPluginTest {

  private static final Map<String, Object> ANSWERED =
      Map.of(
          "id", "1",
          "question", "Who?",
          "answers", List.of(Map.of("text", "Owls", "answer_start", 0L)));

  private static final Map<String, Object> UNANSWERED =
      Map.of("id", "2", "question", "Why?", "answers", List.of(), "is_impossible", true);

  @Test
  void whetherQuestionsMayHaveNoAnswerIsFoundInTheData() {
    assertEquals(Map.of("unanswerable", false), found(Map.of(), ANSWERED));
    assertEquals(Map.of("unanswerable", true), found(Map.of(), ANSWERED, UNANSWERED));
    assertEquals(Map.of(), found(Map.of("unanswerable", "false"), ANSWERED, UNANSWERED));
  }

  private static Map<String, Object> found(Map<String, String> options, Object... qas) {
    return new QaPlugin()
        .findOptions(options(options), MemoryFile.json(Samples.squad("Owls hunt.", List.of(qas))));
  }

  @Test
  void nullOddsAreForQuestionsThatMayHaveNoAnswer() {
    assertEquals(
        List.of("predictions.json", "nbest_predictions.json", "predictions.html"),
        fileNames(Map.of()));
    assertEquals(
        List.of("predictions.json", "nbest_predictions.json", "null_odds.json", "predictions.html"),
        fileNames(Map.of("unanswerable", "true")));
  }

  private static List<String> fileNames(Map<String, String> options) {
    return task(options).files().stream().map(OutputFile::name).toList();
  }

  @Test
  void theThresholdIsTunedUnlessTold() {
    assertEquals(true, task(Map.of("unanswerable", "true")).tuner().isPresent());
    assertEquals(false, task(Map.of("unanswerable", "false")).tuner().isPresent());
    assertEquals(
        false,
        task(Map.of("unanswerable", "true", "tune-null-threshold", "false")).tuner().isPresent());
  }

  @Test
  void filesAreInTheOfficialForm() {
    Answer answer =
        new Answer(
            Optional.of("Owls"),
            OptionalDouble.of(-2.5),
            List.of(
                new Candidate("Owls", 0, 4, 0.75, 1.5f, 2), new Candidate("", 0, 0, 0.25, 1, 0)));
    assertEquals(
        List.of(
            Map.of("q", "Owls"),
            Map.of(
                "q",
                List.of(
                    Map.of(
                        "text", "Owls", "probability", 0.75, "start_logit", 1.5, "end_logit", 2.0),
                    Map.of("text", "", "probability", 0.25, "start_logit", 1.0, "end_logit", 0.0))),
            Map.of("q", -2.5)),
        task(Map.of("unanswerable", "true")).files().stream()
            .filter(file -> file.name().endsWith(".json"))
            .map(file -> document(file, Samples.question("q", "Owls hunt."), answer))
            .toList());
  }

  private static Object document(
      OutputFile<Question, Answer> file, Question question, Answer answer) {
    return Map.ofEntries(
        ((OutputFile.Content.Json<Question, Answer>) file.content())
            .entry()
            .apply(question, answer));
  }

  @Test
  void longSequencesAreTheDefault() {
    assertEquals(Map.of("max-length", "384"), new QaPlugin().defaultSettings());
  }

  @Test
  void optionsOutOfRange() {
    assertRefused("max-question-length", "0", "must be at least 1, is 0");
    assertRefused("doc-stride", "-1", "must be at least 0, is -1");
    assertRefused("max-answer-length", "0", "must be at least 1, is 0");
    assertRefused("n-best-size", "0", "must be at least 1, is 0");
    assertRefused("null-threshold", "NaN", "must be a finite number, is NaN");
  }

  private static void assertRefused(String option, String value, String message) {
    OptionException failure =
        assertThrows(OptionException.class, () -> task(Map.of(option, value)));
    assertEquals(option, failure.option());
    assertEquals(message, failure.getMessage());
  }

  private static Task<Question, Answer> task(Map<String, String> options) {
    return new QaPlugin().create(options(options));
  }

  private static QaOptions options(Map<String, String> values) {
    return new SmallRyeConfigBuilder()
        .withMapping(QaOptions.class, "")
        .withSources(new PropertiesConfigSource(values, "test", 100))
        .build()
        .getConfigMapping(QaOptions.class, "");
  }
}
