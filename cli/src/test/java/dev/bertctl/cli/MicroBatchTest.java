// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bertctl.core.config.AppConfig;
import dev.bertctl.core.runs.FineTuning;
import dev.bertctl.core.runs.Interruption;
import dev.bertctl.core.runs.RunListener;
import dev.bertctl.core.runs.RunMode;
import dev.bertctl.runtime.huggingface.HuggingFaceFolder;
import dev.bertctl.runtime.weights.Weight;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Each task, with its own reader, packing and head, trains to the same weights with batches in
 * parts as without: a few steps of plain gradient descent, whose parts have different lengths and
 * numbers of targets.
 */
class MicroBatchTest {

  private static final Path EXAMPLES = Path.of("../examples");

  /** Weights are about 1 at most, and float32 rounds them at 1e-7. */
  private static final double TOLERANCE = 1e-6;

  /** Of some weight in a run, so that what is wrong by a thousandth of it would show. */
  private static final double LEAST_CHANGE = 1e-3;

  @TempDir static Path models;
  private static Path model;

  @TempDir Path folder;

  /** The tasks that are trained, in each form that has a loss of its own. */
  enum Case {
    CAUSAL_LM("causal-lm", "language-model/train.txt"),
    MASKED_LM("masked-lm", "language-model/train.txt"),
    MULTIPLE_CHOICE("multiple-choice", "multiple-choice/train.jsonl"),
    NER("ner", "ner/train.conll"),
    NEXT_SENTENCE("next-sentence", "language-model/train.txt", "duplicates=1"),
    NLI("nli", "nli/train.jsonl"),
    PARAPHRASE("paraphrase", "paraphrase/train.tsv"),
    PRETRAIN("pretrain", "language-model/train.txt", "duplicates=1"),
    QA("qa", "qa/train.json", "doc-stride=16", "max-question-length=16"),
    REGRESSION("regression", "text-classification/train.csv"),
    SINGLE_LABEL("text-classification", "text-classification/train.csv"),
    MULTI_LABEL(
        "text-classification",
        "text-classification/train.csv",
        "multi-label=true",
        "data.columns.label=topics");

    private final String task;
    private final Path data;
    private final List<String> options;

    Case(String task, String data, String... options) {
      this.task = task;
      this.data = EXAMPLES.resolve(data);
      this.options = List.of(options);
    }
  }

  @BeforeAll
  static void writeModel() throws IOException {
    model = WordModel.write(models.resolve("tiny-bert"), EXAMPLES);
  }

  @ParameterizedTest
  @EnumSource
  void partsTrainToTheWeightsOfTheWhole(Case example) {
    Map<String, Weight> whole = trained(example, "whole");
    Map<String, Weight> parts = trained(example, "parts", "train.micro-batch-size=6");

    assertEquals(whole.keySet(), parts.keySet());
    assertEquals(0, farthest(whole, parts), TOLERANCE);
    double change = farthest(HuggingFaceFolder.weights(model), whole);
    assertTrue(change > LEAST_CHANGE, "largest change " + change);
  }

  /** Which dropout tells, whose masks are each part's own: the runs above are not the same. */
  @Test
  void theSettingDividesBatches() {
    Map<String, Weight> whole = trained(Case.NLI, "whole", "train.dropout=0.1");
    Map<String, Weight> parts =
        trained(Case.NLI, "parts", "train.dropout=0.1", "train.micro-batch-size=6");

    assertTrue(farthest(whole, parts) > 10 * TOLERANCE, () -> "" + farthest(whole, parts));
  }

  @Test
  void noTaskThatIsTrainedIsLeftOut() {
    TreeSet<String> tasks =
        Arrays.stream(Case.values())
            .map(example -> example.task)
            .collect(Collectors.toCollection(TreeSet::new));
    tasks.addAll(List.of("embeddings", "fill-mask"));
    assertEquals(tasks, BuiltInTasks.names());
  }

  private Map<String, Weight> trained(Case example, String output, String... more) {
    Map<String, String> values = new LinkedHashMap<>();
    values.put("model", model.toString());
    values.put("device", "cpu");
    values.put("max-length", "48");
    values.put("output", folder.resolve(output).toString());
    values.put("data.train", example.data.toString());
    values.put("data.limit.train", "24");
    values.put("train.epochs", "1");
    values.put("train.batch-size", "16");
    values.put("train.optimizer", "sgd");
    values.put("train.schedule", "constant");
    values.put("train.learning-rate", "0.1");
    values.put("train.dropout", "0");
    example.options.forEach(option -> put(values, option));
    List.of(more).forEach(option -> put(values, option));
    new FineTuning(
            AppConfig.of(values, "a test", BuiltInTasks.plugin(example.task), List.of()),
            LanguageModelRun.STORE,
            RunMode.NEW,
            RunListener.SILENT,
            new Interruption())
        .run();
    return HuggingFaceFolder.weights(folder.resolve(output).resolve(example.task).resolve("model"));
  }

  private static void put(Map<String, String> values, String option) {
    int end = option.indexOf('=');
    values.put(option.substring(0, end), option.substring(end + 1));
  }

  /** The largest difference of two weights; those that only the second has are left out. */
  private static double farthest(Map<String, Weight> some, Map<String, Weight> others) {
    double farthest = 0;
    for (Map.Entry<String, Weight> one : some.entrySet()) {
      FloatBuffer values = one.getValue().values();
      Weight other = others.get(one.getKey());
      FloatBuffer expected = other == null ? FloatBuffer.allocate(0) : other.values();
      for (int i = 0; i < expected.limit(); i++) {
        farthest = Math.max(farthest, Math.abs(values.get(i) - expected.get(i)));
      }
    }
    return farthest;
  }
}
