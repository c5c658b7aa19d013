// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.runs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bertctl.runtime.packing.BatchSize;
import dev.bertctl.runtime.training.ScheduleSpec;
import dev.bertctl.runtime.training.TrainingSettings;
import dev.bertctl.runtime.training.Warmup;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a run tells its listener. */
class RunEventsTest {

  @TempDir Path folder;

  @Test
  void aRunTellsWhatItBeginsWithWhatItReadAndWhatItFound() {
    TinyRun run =
        new TinyRun(folder, 0.1)
            .rows(
                "train",
                List.of(
                    "the cat,a dog,yes",
                    "the cat,a dog,-",
                    "a bird,a tree,no",
                    "the river,,no",
                    "the old house,a new boat,no",
                    "the red river is on a big old blue boat and a small cat,a dog,no"))
            .pairs("validation", 6, 1)
            .pairs("test", 5, 2);
    TinyRun.Listener listener = new TinyRun.Listener();
    final RunResult result = run.run(RunMode.NEW, listener);

    Opening opening = listener.opening();
    assertEquals("tiny", opening.task());
    assertEquals("A task for tests.", opening.summary());
    assertEquals(folder.resolve("tiny-bert").toString(), opening.model());
    assertEquals(2, opening.architecture().layers());
    assertEquals(16, opening.architecture().hiddenSize());
    // Of 16 and 32 columns: 29 words, 32 positions, 2 segments, and two layers.
    assertEquals(
        (29 + 32 + 2) * 16 + 32 + 2 * (4 * 272 + 544 + 528 + 64), opening.encoderParameters());
    assertEquals(272 + 34, opening.headParameters());
    assertEquals(List.of("classifier.weight", "classifier.bias"), opening.weights().initialized());
    assertEquals(List.of(), opening.weights().leftOver());
    Opening.Training training = opening.training().orElseThrow();
    assertEquals(
        new TrainingSettings(
            3,
            BatchSize.ofSequences(4),
            Integer.MAX_VALUE,
            true,
            true,
            ScheduleSpec.of(ScheduleSpec.Kind.LINEAR, new Warmup.Share(0.1)),
            1e-3,
            1,
            Optional.empty(),
            42),
        training.settings());
    assertEquals(3, training.steps());

    assertEquals(
        List.of("train", "validation", "test"),
        listener.splits().stream().map(SplitSummary::name).toList());
    SplitSummary train = listener.splits().get(0);
    assertEquals(folder.resolve("train.csv").toString(), train.file().toString());
    assertEquals(6, train.counts().rows());
    assertEquals(4, train.counts().examples());
    assertEquals(
        List.of("no gold label", "empty text"),
        train.counts().skipped().stream().map(skip -> skip.reason()).toList());
    assertEquals(4, train.features());
    assertEquals(Map.of("no", 0.75, "yes", 0.25), train.labels().shares());
    assertEquals(4, train.truncation().examples());
    assertEquals(1, train.truncation().examplesCut());

    List<RunListener.Evaluated> evaluations = listener.evaluations();
    assertEquals(
        List.of("validation 1.0", "validation 2.0", "validation 3.0", "test 0.0"),
        evaluations.stream().map(done -> done.split() + " " + done.epochs()).toList());
    assertTrue(evaluations.get(0).best());
    assertFalse(evaluations.get(3).best());
    assertEquals(result.evaluations().get(1).result(), evaluations.get(1).result());
    assertEquals(result.test(), Optional.of(evaluations.get(3).result()));
    assertEquals(6, evaluations.get(0).result().examples());
    assertEquals(List.of(), listener.notices());
  }

  @Test
  void resultAndMetricsJsonAreTheSame() {
    TinyRun run =
        new TinyRun(folder, 0).pairs("train", 8, 1).pairs("validation", 8, 2).pairs("test", 4, 3);
    RunResult result = run.run();
    assertEquals(run.json("metrics.json"), TinyRun.tree(result.fields()));
    assertEquals("tiny", result.task());
    assertEquals("accuracy", result.primary());
    assertEquals(
        Optional.of(result.evaluations().get((int) result.bestEpoch() - 1).result()),
        result.best());
    assertEquals(List.of(), result.taskFiles());
  }
}
