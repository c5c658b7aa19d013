// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bertctl.core.config.Assignment;
import dev.bertctl.core.runs.MaskedPairs;
import dev.bertctl.runtime.TinyTask;
import dev.bertctl.spi.Task;
import dev.bertctl.spi.TaskPlugin;
import dev.bertctl.spi.data.DataFile;
import dev.bertctl.spi.data.LabelledText;
import dev.bertctl.spi.data.Labels;
import dev.bertctl.spi.decode.Classification;
import dev.bertctl.spi.decode.Decoder;
import dev.bertctl.spi.decode.ModelOutput;
import dev.bertctl.spi.head.ClassifierHead;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrialRunTest {

  private static final Labels LABELS = new Labels(List.of("no", "yes"));

  @TempDir Path folder;

  @Test
  void aTaskOfStockPartsWorks() throws IOException {
    assertEquals(Optional.empty(), trial(TinyTask.classifier()).problem());
  }

  /** Its metric is made of the losses, and its features are drawn anew. */
  @Test
  void aTaskOfSeveralLossesWorks() throws IOException {
    assertEquals(Optional.empty(), trial(MaskedPairs.task()).problem());
  }

  @Test
  void aTaskThatIsNotTrainedIsApplied() throws IOException {
    assertEquals(Optional.empty(), trial(applied(decoder())).problem());
  }

  @Test
  void aFailureOfATaskThatIsNotTrainedSaysWhere() throws IOException {
    String problem =
        trial(
                applied(
                    (example, output) -> {
                      throw new IllegalStateException("no idea");
                    }))
            .problem()
            .orElseThrow();
    assertTrue(
        problem.startsWith(
            "it fails with java.lang.IllegalStateException: no idea at dev.bertctl.core.trial.TrialRunTest"),
        problem);
  }

  @Test
  void fieldsOfATaskThatIsNotTrainedAreMade() throws IOException {
    Task<LabelledText, Classification> stock = TinyTask.classification(LABELS);
    TaskPlugin<?> plugin =
        new TinyTask(
            labels ->
                Task.of(
                    stock.reader(),
                    stock.packing(),
                    stock.head(),
                    (LabelledText example, ModelOutput output) ->
                        () -> {
                          throw new IllegalStateException("no fields");
                        }));
    String problem = trial(plugin).problem().orElseThrow();
    assertTrue(problem.contains("no fields"), problem);
  }

  @Test
  void aHeadWithTooFewLogitsIsFound() throws IOException {
    String problem =
        trial(new TinyTask(labels -> with(new ClassifierHead(List.of("only")), decoder())))
            .problem()
            .orElseThrow();
    assertTrue(problem.contains("between 0 and 0"), problem);
  }

  @Test
  void whatIsNotSavedIsFound() throws IOException {
    AtomicInteger decoded = new AtomicInteger();
    String problem =
        trial(
                new TinyTask(
                    labels ->
                        with(
                            new ClassifierHead(labels.names()),
                            (example, output) ->
                                new Classification(
                                    labels, decoded.getAndIncrement() < 4 ? 0 : 1, List.of()))))
            .problem()
            .orElseThrow();
    assertTrue(problem.startsWith("the model scores {accuracy=0.75, "), problem);
    assertTrue(problem.contains(" when it is trained, and {accuracy=0.25, "), problem);
  }

  @Test
  void aFailureOfTheTaskSaysWhere() throws IOException {
    String problem =
        trial(
                new TinyTask(
                    labels ->
                        with(
                            new ClassifierHead(labels.names()),
                            (example, output) -> {
                              throw new IllegalStateException("no idea");
                            })))
            .problem()
            .orElseThrow();
    assertTrue(
        problem.startsWith(
            "it fails with java.lang.IllegalStateException: no idea at dev.bertctl.core.trial.TrialRunTest"),
        problem);
  }

  private static Decoder<LabelledText, Classification> decoder() {
    return (example, output) -> Classification.of(LABELS, output.logits());
  }

  private static TinyTask applied(Decoder<LabelledText, Classification> decoder) {
    Task<LabelledText, Classification> stock = TinyTask.classification(LABELS);
    return new TinyTask(labels -> Task.of(stock.reader(), stock.packing(), stock.head(), decoder));
  }

  private static Task<LabelledText, Classification> with(
      ClassifierHead head, Decoder<LabelledText, Classification> decoder) {
    Task<LabelledText, Classification> stock = TinyTask.classification(LABELS);
    Task.Scoring<LabelledText, Classification> scoring = stock.scoring().orElseThrow();
    return Task.of(stock.reader(), stock.packing(), head, decoder)
        .scoredBy(scoring.metric(), scoring.predictions());
  }

  private TrialRun trial(TaskPlugin<?> plugin) throws IOException {
    Path samples =
        Files.writeString(
            folder.resolve("samples.txt"),
            "first\tsecond\tlabel\nGo on.\tStop.\tno\nGo.\tRun.\tyes\nSit.\tFly.\tno\nA.\tB.\tno\n");
    return new TrialRun(plugin, samples, Optional.of(DataFile.Format.TSV), List.<Assignment>of());
  }
}
