// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bertctl.cli.PackagedApp.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every task through every command, on the example data and with a tiny model of random weights:
 * what a run, an evaluation and a scoring of the run's own predictions say must agree.
 */
class TasksIT {

  private static final Path EXAMPLES = Path.of("../examples").toAbsolutePath().normalize();
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;

  /** The tasks, the example to evaluate on, and what a run leaves beside the usual files. */
  enum Case {
    MULTIPLE_CHOICE("multiple-choice", "multiple-choice/dev.jsonl", "BertForMultipleChoice"),
    NER("ner", "ner/dev.conll", "BertForTokenClassification", "predictions.conll"),
    NLI("nli", "nli/dev.jsonl", "BertForSequenceClassification"),
    PARAPHRASE(
        "paraphrase", "paraphrase/dev.tsv", "BertForSequenceClassification", "glue_submission.tsv"),
    QA(
        "qa",
        "qa/dev.json",
        "BertForQuestionAnswering",
        "predictions.json",
        "nbest_predictions.json"),
    REGRESSION(
        "regression",
        "text-classification/dev.csv",
        "BertForSequenceClassification",
        "glue_submission.tsv"),
    TEXT_CLASSIFICATION(
        "text-classification",
        "text-classification/dev.csv",
        "BertForSequenceClassification",
        "glue_submission.tsv");

    private final String task;
    private final Path data;
    private final String architecture;
    private final List<String> files;

    Case(String task, String data, String architecture, String... files) {
      this.task = task;
      this.data = EXAMPLES.resolve(data);
      this.architecture = architecture;
      this.files = List.of(files);
    }
  }

  @ParameterizedTest
  @EnumSource
  void commandsAgree(Case example) throws Exception {
    final PackagedApp app = PackagedApp.built();
    final Path model = WordModel.write(folder.resolve("tiny-bert"), EXAMPLES);
    final Path results = folder.resolve(example.task);

    JsonNode run =
        app.run(
                "run",
                example.task,
                "--config=" + EXAMPLES.resolve("app.yaml"),
                "--output=" + folder,
                "--json",
                "--set=model=" + model,
                "--set=device=cpu",
                // Saved with the model: all commands compute as training does, to the last digit.
                "--set=engine=tensorflow",
                "--set=tasks.%s.train.epochs=1".formatted(example.task),
                "--set=data.limit.train=32")
            .json();
    assertFalse(run.get("metrics").isEmpty(), run::toString);
    assertEquals(
        example.architecture,
        JSON.readTree(results.resolve("model/config.json").toFile())
            .get("architectures")
            .get(0)
            .asText());
    for (String file : example.files) {
      assertTrue(Files.size(results.resolve(file)) > 0, file);
    }

    JsonNode evaluated =
        app.run(
                "evaluate",
                results.toString(),
                "--data=" + example.data,
                "--task-files=" + folder.resolve("files"),
                "--slice=length,truncation",
                "--json")
            .json();
    assertEquals(run.get("metrics"), evaluated.get("metrics"));
    assertEquals(
        run.get("examples").asInt(),
        evaluated
            .get("slices")
            .get("slices")
            .valueStream()
            .filter(slice -> slice.get("by").asText().equals("length"))
            .mapToInt(slice -> slice.get("examples").asInt())
            .sum());
    assertEquals(run.get("examples"), evaluated.get("examples"));
    for (String file : example.files) {
      assertEquals(-1, Files.mismatch(results.resolve(file), folder.resolve("files/" + file)));
    }

    Path predictions = folder.resolve("predicted.jsonl");
    app.run("predict", results.toString(), "--input=" + example.data, "--output=" + predictions)
        .success();
    assertEquals(run.get("examples").asInt(), Files.readAllLines(predictions).size());

    for (Path made : List.of(results.resolve("predictions.jsonl"), predictions)) {
      JsonNode scored =
          app.run(
                  "score",
                  example.task,
                  "--gold=" + example.data,
                  "--predictions=" + made,
                  "--json",
                  // Labels that are found in training data are to be told where there are none.
                  example == Case.TEXT_CLASSIFICATION
                      ? "--set=labels=negative,positive"
                      : "--set=max-length=64")
              .json();
      assertEquals(run.get("metrics"), scored.get("metrics"));
    }

    Result packed =
        app.run(
                "pack",
                example.task,
                "--config=" + EXAMPLES.resolve("app.yaml"),
                "--set=model=" + model,
                "--limit=2")
            .success();
    assertTrue(packed.out().contains("[CLS]"), packed::out);
  }
}
