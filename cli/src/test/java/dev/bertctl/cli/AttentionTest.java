// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bertctl.runtime.TinyBert;
import dev.bertctl.runtime.encoder.BertConfig;
import dev.bertctl.runtime.huggingface.HuggingFaceFolder;
import dev.bertctl.runtime.huggingface.SavedHead;
import dev.bertctl.runtime.tokenize.TokenizerFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AttentionTest {

  /** Of a number that was rounded to five decimals. */
  private static final double ROUNDING = 0.51e-5;

  @TempDir private static Path folder;

  private static String tiny;

  @BeforeAll
  static void models() throws IOException {
    tiny = TinyBert.write(folder.resolve("tiny"), 0).toString();
    Files.writeString(
        folder.resolve("pairs.jsonl"),
        IntStream.range(0, 12)
            .mapToObj(
                i ->
                    "{\"id\": \"p%d\", \"premise\": \"the cat sees a dog\", \"hypothesis\": \"a dog is seen\", \"label\": \"entailment\"}\n"
                        .formatted(i))
            .reduce("", String::concat));
  }

  private static InProcess.Outcome attention(String... arguments) {
    List<String> all = new ArrayList<>(List.of("attention", "--device=cpu", "--offline"));
    Collections.addAll(all, arguments);
    return InProcess.run(all.toArray(String[]::new));
  }

  private static JsonNode json(String... arguments) throws IOException {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.add("--json");
    InProcess.Outcome outcome = attention(all.toArray(String[]::new));
    assertEquals(0, outcome.exitCode(), outcome.err());
    return new ObjectMapper().readTree(outcome.out());
  }

  private static void assertFails(int exitCode, String message, String... arguments) {
    InProcess.Outcome outcome = attention(arguments);
    assertEquals(exitCode, outcome.exitCode(), outcome.err());
    assertTrue(outcome.err().contains(message), outcome.err());
    assertEquals("", outcome.out());
  }

  private static List<String> texts(JsonNode array, String field) {
    return StreamSupport.stream(array.spliterator(), false)
        .map(each -> each.get(field).asText())
        .toList();
  }

  @Test
  void aPairIsShownAsTablesOfHeads() {
    InProcess.Outcome outcome = attention(tiny, "the cat sees", "a dog");
    assertEquals(0, outcome.exitCode(), outcome.err());
    List<String> lines = outcome.out().lines().toList();
    assertEquals("command line:1 (8 tokens)", lines.get(0));
    assertEquals("[CLS] the cat sees [SEP] a dog [SEP]", lines.get(1));
    assertTrue(lines.get(3).matches("LAYER +HEAD +ENTROPY .* A TO B +B TO A +STRONGEST LINKS"));
    assertTrue(lines.get(4).startsWith("1      1     "), lines.get(4));
    assertTrue(lines.get(7).startsWith("2      2     "), lines.get(7));
    assertEquals(8, lines.size());
  }

  @Test
  void oneTextHasNoOtherToAttendTo() {
    String out = attention(tiny, "the cat").out();
    assertTrue(out.startsWith("command line:1 (4 tokens)\n[CLS] the cat [SEP]\n"), out);
    assertFalse(out.contains("A TO B"), out);
  }

  @Test
  void jsonHasAllWeights() throws IOException {
    JsonNode json = json(tiny, "the cat sees", "a dog");
    JsonNode model = json.get("models").get(0);
    assertEquals(tiny, model.get("name").asText());
    assertEquals(2, model.get("layers").asInt());
    assertFalse(model.get("causal").asBoolean());
    JsonNode input = json.get("inputs").get(0);
    assertEquals(
        List.of("[CLS]", "the", "cat", "sees", "[SEP]", "a", "dog", "[SEP]"),
        texts(input.get("tokens"), "text"));
    assertEquals(
        List.of("0", "0", "0", "0", "0", "1", "1", "1"), texts(input.get("tokens"), "segment"));
    assertEquals("true", texts(input.get("tokens"), "special").get(4));
    JsonNode weights = input.get("models").get(0).get("weights");
    assertEquals(2, weights.size());
    double toSep = 0;
    for (JsonNode head : weights.get(1)) {
      assertEquals(8, head.size());
      for (JsonNode row : head) {
        double sum = 0;
        for (JsonNode weight : row) {
          sum += weight.asDouble();
        }
        assertEquals(1, sum, 8 * ROUNDING);
      }
    }
    for (JsonNode row : weights.get(1).get(1)) {
      toSep += (row.get(4).asDouble() + row.get(7).asDouble()) / 8;
    }
    JsonNode last = input.get("models").get(0).get("heads").get(3);
    assertEquals("2-2", last.get("layer").asText() + "-" + last.get("head").asText());
    assertEquals(toSep, last.get("sep").asDouble(), 3 * ROUNDING);
  }

  @Test
  void theFirstRowsOfAFileAreShownAndTheOthersAreSaidToBeLeftOut() {
    InProcess.Outcome outcome = attention(tiny, "-i", folder.resolve("pairs.jsonl").toString());
    assertEquals(0, outcome.exitCode(), outcome.err());
    assertTrue(
        outcome.err().contains("columns 'premise' and 'hypothesis' are read as a pair\n"),
        outcome.err());
    assertTrue(
        outcome.err().contains("left out: all behind the first 10 examples\n"), outcome.err());
    assertTrue(outcome.out().contains("pairs.jsonl:10 ("), outcome.out());
    assertFalse(outcome.out().contains("pairs.jsonl:11 ("), outcome.out());
  }

  @Test
  void columnsCanBeChosen() throws IOException {
    String pairs = folder.resolve("pairs.jsonl").toString();
    JsonNode json = json(tiny, "-i", pairs, "-n1", "--columns=hypothesis");
    assertEquals(
        List.of("[CLS]", "a", "dog", "is", "[UNK]", "[SEP]"),
        texts(json.get("inputs").get(0).get("tokens"), "text"));
    assertFails(
        1,
        "pairs.jsonl:1: no text in column 'text'; the row has: id, premise, hypothesis, label",
        tiny,
        "-i",
        pairs,
        "--columns=text");
  }

  @Test
  void whatIsTooLongIsCutAndSaid() {
    InProcess.Outcome outcome = attention(tiny, "--max-length=8", "the cat sees a dog and a bird");
    assertTrue(outcome.out().startsWith("command line:1 (8 tokens)\n"), outcome.out());
    assertTrue(
        outcome
            .err()
            .contains("cut to 8 tokens: 1 of 1 inputs, the first command line:1 by 2 word pieces"),
        outcome.err());
    assertFails(
        1,
        "sequences of 33 tokens are more than its 32 positions; give a shorter longest sequence",
        tiny,
        "--max-length=33",
        "the cat");
  }

  @Test
  void aTaskPacksItsExamplesAndEachChoiceIsAnInput() throws IOException {
    Path questions = folder.resolve("questions.jsonl");
    Files.writeString(
        questions, "{\"context\": \"the cat\", \"choices\": [\"sees a dog\", \"is a tree\"]}\n");
    JsonNode json = json(tiny, "--task=multiple-choice", "--max-length=16", "-i" + questions);
    assertEquals(
        List.of(questions + ":1, choice 1 of 2", questions + ":1, choice 2 of 2"),
        texts(json.get("inputs"), "name"));
  }

  @Test
  void aLongPassageGivesWindows() throws IOException {
    Path passage = folder.resolve("passage.txt");
    Files.writeString(passage, "the cat sees a dog and the bird sees a red boat on the river\n");
    JsonNode json =
        json(
            tiny,
            "--task=qa",
            "--max-length=16",
            "--set=doc-stride=4",
            "--set=max-question-length=4",
            "--context=" + passage,
            "--question=the boat");
    List<String> names = texts(json.get("inputs"), "name");
    assertTrue(names.size() > 1, names::toString);
    assertEquals("command line:1, window 1 of " + names.size(), names.get(0));
  }

  @Test
  void tokensOfACausalModelSeeNoneBehindThem() throws IOException {
    Path text = folder.resolve("text.txt");
    Files.writeString(text, "the cat sees a dog\n");
    JsonNode json = json(tiny, "--task=causal-lm", "--max-length=16", "-i" + text);
    assertTrue(json.get("models").get(0).get("causal").asBoolean());
    JsonNode head = json.get("inputs").get(0).get("models").get(0).get("weights").get(0).get(0);
    assertEquals(1, head.get(0).get(0).asDouble());
    for (int from = 0; from < head.size(); from++) {
      for (int to = from + 1; to < head.size(); to++) {
        assertEquals(0, head.get(from).get(to).asDouble());
      }
    }
    InProcess.Outcome beside =
        attention(tiny, "--task=causal-lm", "--max-length=16", "-i" + text, "-b" + tiny);
    assertTrue(
        beside
            .err()
            .contains(
                "one is a causal language model, whose tokens see none behind them: that alone lets their heads differ"),
        beside.err());
  }

  @Test
  void aModelBeforeAndAfterFineTuningIsSortedByDifference() throws IOException {
    Path config = folder.resolve("app.yaml");
    Files.writeString(
        config,
        """
        model: %s
        device: cpu
        max-length: 24
        train: {epochs: 2, batch-size: 4, learning-rate: 1e-2}
        data: {train: pairs.jsonl}
        """
            .formatted(tiny));
    Path runs = folder.resolve("runs");
    InProcess.Outcome run =
        InProcess.run("run", "nli", "--offline", "--config=" + config, "--output=" + runs);
    assertEquals(0, run.exitCode(), run.err());
    String saved = runs.resolve("nli").toString();
    String pairs = folder.resolve("pairs.jsonl").toString();

    JsonNode json = json(tiny, "--beside=" + saved, "-n2", "-i", pairs);

    assertEquals(List.of(tiny, saved), texts(json.get("models"), "name"));
    JsonNode input = json.get("inputs").get(1);
    assertEquals(2, input.get("models").size());
    JsonNode largest = input.get("differences").get(0);
    assertEquals(4, input.get("differences").size());
    assertTrue(largest.get("distance").asDouble() > 0);
    assertTrue(
        largest.get("distance").asDouble()
            >= input.get("differences").get(3).get("distance").asDouble());
    assertEquals(distance(input, largest), largest.get("distance").asDouble(), 10 * ROUNDING);
    // Both inputs are the same.
    assertEquals(largest.get("distance"), json.get("differences").get(0).get("distance"));
    String text = attention(tiny, "--beside", saved, "-n2", "-i", pairs).out();
    assertTrue(text.contains("heads that differ most (%s -> %s):".formatted(tiny, saved)), text);
    assertTrue(text.contains("\nheads that differ most in all 2 inputs:\n"), text);
  }

  /** Half the sum of the absolute differences of a head's rows, as their mean. */
  private static double distance(JsonNode input, JsonNode place) {
    int layer = place.get("layer").asInt() - 1;
    int head = place.get("head").asInt() - 1;
    JsonNode a = input.get("models").get(0).get("weights").get(layer).get(head);
    JsonNode b = input.get("models").get(1).get("weights").get(layer).get(head);
    double sum = 0;
    for (int from = 0; from < a.size(); from++) {
      for (int to = 0; to < a.size(); to++) {
        sum += Math.abs(a.get(from).get(to).asDouble() - b.get(from).get(to).asDouble());
      }
    }
    return sum / 2 / a.size();
  }

  @Test
  void onlyModelsOfTheSameTokensAndShapeAreShownBesideEachOther() {
    List<String> others = new ArrayList<>(TinyBert.VOCABULARY);
    Collections.swap(others, others.indexOf("cat"), others.indexOf("dog"));
    others.set(others.indexOf("sees"), "looks");
    String otherWords =
        TinyBert.write(folder.resolve("other"), TinyBert.config(0), others).toString();
    assertFails(
        1,
        "%s and %s cannot be shown beside each other: in command line:1 token 3 is 'sees' and '[UNK]'; give two models of the same architecture and vocabulary, such as one before and after it was fine-tuned"
            .formatted(tiny, otherWords),
        tiny,
        "--beside=" + otherWords,
        "cat sees");
    String deeper = ofLayers(3).toString();
    assertFails(
        1,
        "%s and %s cannot be shown beside each other: they have 2 and 3 layers; give"
            .formatted(tiny, deeper),
        tiny,
        "--beside=" + deeper,
        "cat sees");
  }

  private static Path ofLayers(int layers) {
    BertConfig config = BertConfig.of(TinyBert.VOCABULARY.size(), 16, layers, 2, 32, 32, 0);
    Path target = TinyBert.write(folder.resolve("deeper"), 0);
    HuggingFaceFolder.write(
        target,
        SavedHead.unlabelled("BertModel"),
        config,
        TinyBert.weights(config, 7).values(),
        TokenizerFiles.of(target));
    return target;
  }

  @Test
  void filesAreWrittenInTheFormThatTheirEndingTells() throws IOException {
    Path page = folder.resolve("attention.html");
    Path data = folder.resolve("attention.json");
    Path text = folder.resolve("attention.txt");
    InProcess.Outcome outcome = attention(tiny, "the cat", "-o" + page, "-o" + data, "-o" + text);
    assertEquals(0, outcome.exitCode(), outcome.err());
    assertEquals("", outcome.out());
    assertTrue(outcome.err().contains("written: " + page), outcome.err());
    assertEquals(attention(tiny, "the cat").out(), Files.readString(text));
    assertEquals(
        json(tiny, "the cat"), new ObjectMapper().readTree(data.toFile()), "the same facts");
    String html = Files.readString(page);
    assertTrue(html.contains("<title>Attention of " + tiny + "</title>"), html);
    assertTrue(html.contains("<th scope=\"row\" data-head=\"2-2\">2–2</th>"), html);
  }

  @Test
  void anUnknownEndingIsRefusedBeforeAnythingIsComputed() {
    assertFails(
        2,
        "--output attention.pdf: the name's ending does not tell the form; known endings: .html, .json, .txt",
        folder.resolve("none").toString(),
        "the cat",
        "--output=attention.pdf");
    assertFails(
        1,
        folder.resolve("none/a.html").toString(),
        tiny,
        "the cat",
        "--output=" + folder.resolve("none/a.html"));
  }

  @Test
  void optionsThatContradictEachOtherAreRefused() {
    assertFails(2, "--limit needs a number of at least 1", tiny, "a", "--limit=0");
    assertFails(2, "--columns needs one column, or two for a pair", tiny, "--columns=a,b,c");
    assertFails(2, "--set is for models with a task, or needs --task TASK", tiny, "a", "--set=a=b");
    assertFails(
        2,
        "a model without a task takes one text, or two as a pair, and there are 3 on the command line; give rows with --input",
        tiny,
        "a",
        "b",
        "c");
    assertFails(
        2, "texts on the command line, or --input FILE: give one of both", tiny, "a", "-ib.csv");
    assertFails(
        2,
        "--columns is for models without a task;",
        tiny,
        "--task=causal-lm",
        "--columns=a",
        "the cat");
  }

  @Test
  void rowsWithoutTextsAreRefused() throws IOException {
    Path numbers = folder.resolve("numbers.csv");
    Files.writeString(numbers, "id,score\n1,0.5\n");
    assertFails(1, ":2: no column holds a text; the row has: id, score", tiny, "-i" + numbers);
    Path empty = folder.resolve("empty.txt");
    Files.writeString(empty, "\n\n");
    assertFails(1, empty + ": holds no text", tiny, "-i" + empty);
  }
}
