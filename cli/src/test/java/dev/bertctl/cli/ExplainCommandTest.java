// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bertctl.runtime.TinyBert;
import dev.bertctl.runtime.TinyModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Explanations of tiny models of random weights, one a task. */
class ExplainCommandTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  private static final String NUMBER = "[+-]?\\d+\\.\\d+";

  @TempDir private static Path folder;

  private static Path pairs;

  @BeforeAll
  static void write() throws IOException {
    save("nli", Map.of("labels", "entailment,neutral,contradiction"));
    save("ner", Map.of("labels", "O,B-PER,I-PER,B-LOC,I-LOC"));
    save("qa", Map.of("max-question-length", "6", "doc-stride", "4"));
    save("multiple-choice", Map.of());
    save("regression", Map.of());
    save("paraphrase", Map.of());
    save("text-classification", Map.of("labels", "warm,cheap,clean", "multi-label", "true"));
    pairs =
        Files.writeString(
            folder.resolve("pairs.jsonl"),
            """
            {"premise": "The RED cat sleeps.", "hypothesis": "An animal rests."}
            {"premise": "The dog eats.", "hypothesis": "Nobody eats."}
            """);
  }

  private static void save(String task, Map<String, String> options) {
    save(task, task, options);
  }

  private static void save(String task, String name, Map<String, String> options) {
    List<String> vocabulary =
        Stream.of(
                TinyBert.VOCABULARY,
                List.of("sleep", "##s", "an", "animal", "rests", ".", "nobody", "who", "?"))
            .flatMap(List::stream)
            .toList();
    TinyModel.write(
        folder.resolve(name).resolve("model"),
        TinyBert.config(vocabulary.size(), 16, 32, 0, 0.1),
        vocabulary,
        BuiltInTasks.plugin(task),
        options,
        3);
  }

  private static InProcess.Outcome explain(String task, String... more) {
    List<String> arguments = new ArrayList<>(List.of("explain", folder.resolve(task).toString()));
    arguments.add("--set=device=cpu");
    arguments.addAll(List.of(more));
    return InProcess.run(arguments.toArray(String[]::new));
  }

  private static JsonNode json(String task, String... more) throws IOException {
    InProcess.Outcome outcome =
        explain(task, Stream.concat(Stream.of("--json"), Stream.of(more)).toArray(String[]::new));
    assertEquals(0, outcome.exitCode(), outcome.err());
    return JSON.readTree(outcome.out());
  }

  private static List<String> texts(JsonNode nodes, String field) {
    return StreamSupport.stream(nodes.spliterator(), false)
        .map(node -> node.get(field).asText())
        .toList();
  }

  private static void assertFails(int exitCode, String message, InProcess.Outcome outcome) {
    assertEquals(exitCode, outcome.exitCode(), outcome.err());
    assertTrue(
        outcome.err().lines().anyMatch(line -> line.equals("bertctl: " + message)), outcome.err());
  }

  @Test
  void textsAreExplainedWordByWord() {
    InProcess.Outcome outcome =
        explain(
            "nli",
            "The RED cat sleeps.",
            "An animal rests.",
            "--class=neutral",
            "--steps=9",
            "--method=integrated-gradients,attention-rollout");

    assertEquals(0, outcome.exitCode(), outcome.err());
    assertTrue(
        outcome.out().startsWith("command line:1\nThe RED cat sleeps.  |  An animal rests.\n"),
        outcome.out());
    String explained = outcome.out().substring(outcome.out().indexOf("  neutral: "));
    assertEquals(
        """
          neutral: logit N, probability N; logit with all words masked N
          integrated-gradients: the scores sum up to N of N (off by N, N %)
            The(N) RED(N) cat(N) sleeps(N).(N)
            An(N) animal(N) rests(N).(N)
            special tokens ([CLS] [SEP] [SEP]) N
          attention-rollout (attention is no explanation: it is the same whatever is explained)
            The(N) RED(N) cat(N) sleeps(N).(N)
            An(N) animal(N) rests(N).(N)
            special tokens ([CLS] [SEP] [SEP]) N

        """,
        explained.replaceAll(NUMBER, "N"));
  }

  /** Most of the words that are explained would be unknown ones. */
  @Test
  void aTokenizerOfFarFewerWordsIsToldOf() throws IOException {
    save("text-classification", "few-words", Map.of("labels", "warm,cheap"));
    Path model = folder.resolve("few-words/model");
    Files.delete(model.resolve("tokenizer.json"));
    Files.write(model.resolve("vocab.txt"), TinyBert.VOCABULARY.subList(0, 6));
    InProcess.Outcome outcome = explain("few-words", "the cat", "--steps=2");
    assertEquals(0, outcome.exitCode(), outcome.err());
    assertTrue(
        outcome
            .err()
            .contains(
                "the tokenizer in %s knows 6 words, the model has 38: check that both are of the same model"
                    .formatted(model)),
        outcome.err());
  }

  /** What a threshold decides need not be the highest logit. */
  @Test
  void whatIsPredictedIsExplained() throws IOException {
    Set<String> explained = new HashSet<>();
    for (String threshold : List.of("0", "1")) {
      JsonNode row =
          json("paraphrase", "The cat sleeps.", "A cat eats.", "--set=threshold=" + threshold)
              .at("/rows/0");
      assertEquals(row.at("/prediction/predicted"), row.at("/explanations/0/explained"));
      explained.add(row.at("/explanations/0/explained").asText());
    }
    assertEquals(2, explained.size(), explained.toString());
  }

  @Test
  void allLabelsThatAreDecidedForAreExplained() throws IOException {
    JsonNode row =
        json("text-classification", "The cat sleeps.", "--set=threshold=0,1,0").at("/rows/0");
    assertEquals(List.of("warm", "clean"), texts(row.get("explanations"), "explained"));
    JsonNode none =
        json("text-classification", "The cat sleeps.", "--set=threshold=1,1,1").at("/rows/0");
    assertEquals(0, none.at("/prediction/predicted").size());
    // Then the likeliest are.
    assertTrue(none.get("explanations").size() > 0, none.toString());
  }

  @Test
  void rowsOfAFileAreExplainedWithTheFaithfulnessOfAllMethods() throws IOException {
    JsonNode report = json("nli", "--input=" + pairs, "--limit=1", "--steps=5");

    assertEquals("classes", report.get("kind").asText());
    assertEquals(1, report.get("rows").size());
    JsonNode row = report.at("/rows/0");
    assertEquals(pairs + ":1", row.get("row").asText());
    JsonNode explanation = row.at("/explanations/0");
    assertEquals(row.at("/prediction/predicted"), explanation.get("explained"));
    assertEquals(List.of("integrated-gradients"), texts(explanation.get("methods"), "method"));
    JsonNode sleeps = explanation.at("/methods/0/texts/0/words/3");
    assertEquals("sleeps", sleeps.get("word").asText());
    assertEquals(List.of("sleep", "##s"), texts(sleeps.get("pieces"), "piece"));
    assertEquals(List.of("12", "17"), texts(sleeps.get("pieces"), "start"));
    assertEquals(List.of("17", "18"), texts(sleeps.get("pieces"), "end"));
    assertEquals(
        sleeps.get("score").asDouble(),
        sleeps.at("/pieces/0/score").asDouble() + sleeps.at("/pieces/1/score").asDouble(),
        1e-9);
    assertEquals(
        List.of(
            "integrated-gradients",
            "gradient-x-input",
            "attention-rollout",
            "leave-one-out",
            "random order"),
        texts(report.at("/faithfulness/methods"), "method"));
    assertEquals(3, report.at("/faithfulness/methods/0/sufficiency").size());
  }

  @Test
  void filesAreWrittenInTheFormsOfTheirEndings() throws IOException {
    Path page = folder.resolve("explanations.html");
    Path all = folder.resolve("explanations.json");
    Path text = folder.resolve("explanations.txt");

    InProcess.Outcome outcome =
        explain(
            "nli",
            "--input=" + pairs,
            "--steps=5",
            "--json",
            "--method=all",
            "--output=" + page,
            "--output=" + all,
            "--output=" + text);

    assertEquals(0, outcome.exitCode(), outcome.err());
    assertEquals(JSON.readTree(outcome.out()), JSON.readTree(all.toFile()));
    String html = Files.readString(page);
    assertTrue(html.contains("<title>Explanations of " + folder.resolve("nli") + "</title>"));
    assertTrue(html.contains("Attention is no explanation"));
    String lines = Files.readString(text);
    assertTrue(lines.contains("\nFaithfulness on 2 explanations: how far the probability falls\n"));
    assertTrue(lines.contains("\n  leave-one-out\n    The("), lines);
    assertTrue(outcome.err().contains("written: " + page), outcome.err());
  }

  @Test
  void tagsOfWordsAreExplained() throws IOException {
    Path sentences =
        Files.writeString(
            folder.resolve("sentences.jsonl"), "{\"tokens\": [\"The\", \"cat\", \"sleeps\"]}\n");

    JsonNode report =
        json("ner", "--input=" + sentences, "--word=sleeps", "--class=B-LOC", "--steps=5");

    JsonNode explanation = report.at("/rows/0/explanations/0");
    assertEquals("tags", report.get("kind").asText());
    assertEquals("The cat sleeps", String.join("", texts(report.at("/rows/0/marked"), "text")));
    assertEquals("B-LOC", explanation.get("explained").asText());
    assertEquals("sleeps", explanation.get("word").asText());
    assertEquals(
        List.of("The", "cat", "sleeps"), texts(explanation.at("/methods/0/texts/0/words"), "word"));
    assertFails(
        1,
        sentences + ":1: the word 'dog' is not in this text; give one that is",
        explain("ner", "--input=" + sentences, "--word=dog"));
    assertFails(
        1,
        sentences
            + ":1: there is no 'B-LOK' to explain (did you mean 'B-LOC'?); give one of: O, B-PER, I-PER, B-LOC, I-LOC",
        explain("ner", "--input=" + sentences, "--class=B-LOK"));
  }

  /** The passage is longer than a window. */
  @Test
  void startAndEndOfAnAnswerAreExplained() throws IOException {
    String passage = "the cat sees the dog and the bird . ".repeat(5).strip();
    Path questions =
        Files.writeString(
            folder.resolve("questions.jsonl"),
            JSON.writeValueAsString(
                    Map.of("id", "1", "question", "who sleeps?", "context", passage))
                + "\n");

    JsonNode report = json("qa", "--input=" + questions, "--steps=5");

    JsonNode explanations = report.at("/rows/0/explanations");
    assertEquals("spans", report.get("kind").asText());
    assertEquals(List.of("start", "end"), texts(explanations, "explained"));
    JsonNode texts = explanations.at("/0/methods/0/texts");
    assertEquals(List.of("who", "sleeps", "?"), texts(texts.at("/0/words"), "word"));
    assertTrue(texts.at("/1/words").size() < 28, "a window of the passage");
    String answer = report.at("/rows/0/prediction/predicted").asText();
    assertTrue(answer.startsWith(explanations.at("/0/word").asText()), answer);
    assertTrue(answer.endsWith(explanations.at("/1/word").asText()), answer);
  }

  @Test
  void choicesAreExplained() throws IOException {
    Path questions =
        Files.writeString(
            folder.resolve("choices.jsonl"),
            """
            {"sent1": "The cat", "sent2": "", "ending0": "sleeps.", "ending1": "eats a bird .", "ending2": "is old", "ending3": "rests"}
            """);

    JsonNode predicted = json("multiple-choice", "--input=" + questions, "--steps=5");
    JsonNode second = json("multiple-choice", "--input=" + questions, "--class=1", "--steps=50");

    assertEquals("choices", predicted.get("kind").asText());
    assertEquals(
        predicted.at("/rows/0/prediction/predicted").asText(),
        predicted.at("/rows/0/explanations/0/explained").asText());
    JsonNode method = second.at("/rows/0/explanations/0/methods/0");
    assertEquals(List.of("eats", "a", "bird", "."), texts(method.at("/texts/1/words"), "word"));
    assertTrue(method.at("/completeness/error").asDouble() < 1e-2, method::toString);
    assertFails(
        1,
        questions + ":1: there is no '4' to explain; give one of: 0, 1, 2, 3",
        explain("multiple-choice", "--input=" + questions, "--class=4"));
  }

  @Test
  void numbersAreExplained() throws IOException {
    JsonNode report = json("regression", "The cat sleeps .", "--steps=5");

    JsonNode explanation = report.at("/rows/0/explanations/0");
    assertEquals("numbers", report.get("kind").asText());
    assertEquals("number", explanation.get("explained").asText());
    assertEquals(
        report.at("/rows/0/prediction/predicted").asDouble(),
        explanation.get("score").asDouble(),
        1e-5);
    assertTrue(explanation.path("probability").isMissingNode());
    assertTrue(report.path("faithfulness").isMissingNode(), "texts on the command line");
  }

  @Test
  void whatCannotBeExplainedIsRefused() {
    Path encoder = folder.resolve("nli/encoder");
    for (String task : List.of("embeddings", "fill-mask")) {
      InProcess.Outcome outcome =
          InProcess.run(
              "explain", encoder.toString(), "--task=" + task, "--set=max-length=32", "a [MASK]");
      assertFails(
          1,
          "what task '%s' gives cannot be explained; explained are classes, labels and numbers of texts, choices, tags of words, and the start and end of answers"
              .formatted(task),
          outcome);
    }
    assertFails(
        1,
        "command line:1: there is no tag of the word 'cat' to explain: the task gives words none",
        explain("nli", "a cat", "a cat", "--word=cat"));
  }

  @Test
  void settingsThatHaveNoGradientsAreRefused() {
    InProcess.Outcome engine = explain("nli", "a", "b", "--set=engine=onnxruntime");
    assertEquals(2, engine.exitCode(), engine.err());
    assertTrue(
        engine.err().contains("onnxruntime computes no gradients; set auto or tensorflow"),
        engine.err());
    InProcess.Outcome quantize = explain("nli", "a", "b", "--set=quantize=int8");
    assertEquals(2, quantize.exitCode(), quantize.err());
    assertTrue(
        quantize.err().contains("int8: weights that are rounded have no gradients; set none"),
        quantize.err());
  }

  @Test
  void optionsThatCannotBeAreRefused() {
    assertFails(2, "--limit needs a number of at least 1", explain("nli", "a", "b", "--limit=0"));
    assertFails(
        2, "--steps needs a number from 1 to 1000", explain("nli", "a", "b", "--steps=1001"));
    assertFails(
        2,
        "--method must be one of integrated-gradients, gradient-x-input, attention-rollout, leave-one-out, not 'lime', or all for all",
        explain("nli", "a", "b", "--method=lime"));
    assertFails(
        2,
        "--output x.pdf: the name's ending does not tell the form; known endings: .html, .json, .txt",
        explain("nli", "a", "b", "--output=x.pdf"));
    assertFails(
        2,
        "texts on the command line, or --input FILE: give one of both",
        explain("nli", "a", "b", "--input=" + pairs));
  }
}
