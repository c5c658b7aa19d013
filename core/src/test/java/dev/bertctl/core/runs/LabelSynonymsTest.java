// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.runs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bertctl.core.config.Assignment;
import dev.bertctl.core.config.TaskConfig;
import dev.bertctl.core.data.DataFiles;
import dev.bertctl.core.data.FileSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Spellings of labels are declared once, for every split and for what is done with the model. */
class LabelSynonymsTest {

  @TempDir Path folder;

  private TinyRun run;

  @BeforeEach
  void train() throws IOException {
    Files.writeString(
        folder.resolve("dev.jsonl"),
        """
        {"first": "the cat", "second": "a dog", "label": true}
        {"first": "a bird", "second": "a tree", "label": "Nein\\u200b"}
        {"first": "the boat", "second": "a tree", "label": 0.0}
        """);
    run =
        new TinyRun(folder, 0)
            .rows("train", List.of("the cat,a dog,ja", "a bird,a tree,Nein", "the boat,a,no"))
            .set("data.validation", folder.resolve("dev.jsonl"))
            .set("train.epochs", 1)
            .set("label-synonyms.yes", "ja,true")
            .set("label-synonyms.no", "Nein,0.0");
    run.run();
  }

  @Test
  void theyHoldInEverySplit() {
    List<JsonNode> predictions = TinyRun.read(run.file("predictions.jsonl"));
    assertEquals(3, predictions.size());
    // What stands in the data is passed through.
    assertEquals("true", predictions.get(0).get("label").toString());
    assertEquals("Nein\u200b", predictions.get(1).get("label").asText());
  }

  @Test
  void theyAreSavedWithTheModel() throws IOException {
    FineTunedModel saved = FineTunedModel.open(run.results());
    TinyRun.Listener listener = new TinyRun.Listener();
    ModelEvaluation.Report report = evaluation(saved, "dev.jsonl", listener).run();
    assertEquals(3, report.result().examples());
    assertEquals(Map.of("yes", 1.0 / 3, "no", 2.0 / 3), listener.splits().get(0).labels().shares());
  }

  @Test
  void theyHoldForPredictionsThatAreScored() throws IOException {
    Path predictions =
        Files.writeString(
            folder.resolve("predictions.tsv"), "predicted\nja\nNein\n\u00A0ja\u00A0\n");
    TaskConfig<?> config = run.config();
    FileSettings files = FileSettings.of(config.settings());
    Scoring.Report report =
        new Scoring(config, RunListener.SILENT)
            .run(
                DataFiles.open(
                    List.of(folder.resolve("dev.jsonl")),
                    Optional.empty(),
                    Optional.empty(),
                    files),
                DataFiles.openPredictions(predictions, Optional.empty(), Optional.empty(), files));
    assertEquals(2.0 / 3, report.scores().values().get("accuracy"), 1e-12);
  }

  /** What was read, left out and cut is part of an evaluation's result. */
  @Test
  void anEvaluationSaysWhatWasCut() throws IOException {
    List<String> rows = new ArrayList<>(List.of("first,second,label"));
    rows.add("the cat the cat the cat the cat,a dog a dog a dog a dog a dog,ja");
    rows.add("the cat,a dog,-");
    rows.add("the cat,a dog,no");
    rows.add("the cat,a dog,no");
    Files.write(folder.resolve("long.csv"), rows);
    ModelEvaluation.Report report =
        evaluation(
                FineTunedModel.open(run.results()),
                "long.csv",
                new TinyRun.Listener(),
                new Assignment("data.limit.test", "3", "a test"))
            .run();
    assertEquals(
        "{\"file\":\"%s\",\"rows\":3,\"examples\":2,\"left_out\":{\"no gold label\":1},\"not_drawn\":0,\"limit\":3,\"features\":2,\"truncation\":{\"examples_cut\":1,\"tokens_lost\":5,\"longest\":16,\"longest_uncut\":21}}"
            .formatted(folder.resolve("long.csv")),
        TinyRun.tree(report.fields()).get("read").toString());
  }

  private ModelEvaluation evaluation(
      FineTunedModel saved, String file, RunListener listener, Assignment... more) {
    List<Assignment> assignments = new ArrayList<>(List.of(more));
    assignments.add(new Assignment("data.test", folder.resolve(file).toString(), "a test"));
    return new ModelEvaluation(
        saved,
        saved.config(run.plugin(), assignments),
        TinyRun.STORE,
        EvaluationOutputs.NONE,
        listener);
  }
}
