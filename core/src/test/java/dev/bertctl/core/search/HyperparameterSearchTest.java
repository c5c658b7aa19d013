// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bertctl.core.config.AppConfig;
import dev.bertctl.core.config.SearchConfig;
import dev.bertctl.core.config.TaskConfig;
import dev.bertctl.core.runs.FineTuning;
import dev.bertctl.core.runs.Interruption;
import dev.bertctl.core.runs.KeepOrReplace;
import dev.bertctl.core.runs.RunListener;
import dev.bertctl.core.runs.RunMode;
import dev.bertctl.core.runs.StartOver;
import dev.bertctl.core.runs.TinyRun;
import dev.bertctl.core.space.Dimension;
import dev.bertctl.core.space.SearchSpace;
import dev.bertctl.runtime.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Searches of a tiny model that is trained for three epochs, of poor trials for one. */
class HyperparameterSearchTest {

  private static final Dimension RATE =
      new Dimension.Numbers("train.learning-rate", 1e-4, 1e-2, true);

  @TempDir Path folder;
  private TinyRun run;
  private List<Dimension> dimensions =
      List.of(RATE, new Dimension.Choice("train.batch-size", List.of("4", "8")));
  private int trials = 4;

  @BeforeEach
  void data() {
    run =
        new TinyRun(folder, 0.1)
            .set("train.best-metric", "loss")
            .pairs("train", 24, 1)
            .pairs("validation", 12, 2)
            .pairs("test", 12, 3);
  }

  /** All four are trained for one epoch, two of them for three. */
  @Test
  void theBestAreTrainedForLongerOnDataThatAreReadOnce() {
    TinyRun.Listener listener = new TinyRun.Listener();
    HyperparameterSearch search = search(RunMode.NEW, listener);
    SearchResult found = search.run();

    assertEquals(2, listener.splits().size(), "training and validation data");
    assertEquals(
        List.of("1 1", "2 1", "3 1", "4 1"),
        found.outcomes().subList(0, 4).stream().map(HyperparameterSearchTest::place).toList());
    List<Integer> byLoss =
        found.outcomes().subList(0, 4).stream()
            .sorted((one, other) -> Double.compare(loss(one), loss(other)))
            .map(TrialOutcome::trial)
            .toList();
    List<TrialOutcome> longer = found.outcomes().subList(4, found.outcomes().size());
    assertEquals(byLoss.subList(0, 2), longer.stream().map(TrialOutcome::trial).toList());
    TrialOutcome best = loss(longer.get(0)) <= loss(longer.get(1)) ? longer.get(0) : longer.get(1);
    assertEquals(Optional.of(best), found.best());
    assertEquals(3, best.epochs());

    assertEquals(json(search), TinyRun.tree(found.fields()));
    assertEquals(6, TinyRun.read(search.folder().resolve("trials.jsonl")).size());
    assertEquals(
        List.of(best.folder()),
        found.outcomes().stream()
            .map(TrialOutcome::folder)
            .filter(name -> Files.exists(search.folder().resolve(name).resolve("model")))
            .toList(),
        "only the best model is kept");
    assertFalse(Files.exists(search.folder().resolveSibling(".tiny-search")));
  }

  private static double loss(TrialOutcome outcome) {
    return outcome.evaluation().orElseThrow().result().loss();
  }

  private static String place(TrialOutcome outcome) {
    return outcome.trial() + " " + outcome.rung();
  }

  @Test
  void theBestConfigurationGivesTheSameRunAgain() throws IOException {
    trials = 2;
    HyperparameterSearch search = search(RunMode.NEW, new TinyRun.Listener());
    TrialOutcome best = search.run().best().orElseThrow();
    Path trained = search.folder().resolve(best.folder());

    TaskConfig<?> config =
        AppConfig.load(search.folder().resolve("best.yaml"), run.plugin(), List.of());
    assertEquals(Optional.of(List.of(folder.resolve("test.csv"))), config.settings().data().test());
    new FineTuning(config, TinyRun.STORE, RunMode.NEW, RunListener.SILENT, new Interruption())
        .run();
    ObjectNode metrics = (ObjectNode) run.json("metrics.json");
    assertTrue(metrics.has("test"));
    metrics.remove("test");
    assertEquals(TinyRun.read(trained.resolve("metrics.json")).get(0), metrics);
    assertEquals(
        -1, Files.mismatch(trained.resolve("model/model.safetensors"), weights()), "bit for bit");
  }

  private Path weights() {
    return folder.resolve("runs").resolve(run.plugin().name()).resolve("model/model.safetensors");
  }

  /** Wherever it is cut off: before the first step, within a training, and between two. */
  @Test
  void aSearchThatGoesOnFindsWhatOneFindsThatWasNotCutOff() throws IOException {
    trials = 3;
    run.set("output", folder.resolve("whole"));
    JsonNode whole = untimed(search(RunMode.NEW, new TinyRun.Listener()));
    interrupt("before", listener -> last(listener).startsWith("trial 2 (2 of 3), 1 epoch"));
    assertEquals(whole, goneOn("resuming; trainings that have ended: 1"));
    interrupt("within", listener -> listener.title().equals("epoch 2 of 3"));
    assertEquals(whole, goneOn("resuming after step "));

    // As where it was killed after a run got its results, and before that was written down.
    Path search = interrupt("between", listener -> last(listener).startsWith("trial 2: loss"));
    Path lines = search.resolve("trials.jsonl");
    Files.write(lines, Files.readAllLines(lines).subList(0, 1));
    assertEquals(
        whole,
        goneOn(
            "the run in %s is finished; nothing is left to do"
                .formatted(search.resolve("trial-2/rung-1"))));
  }

  private Path interrupt(String output, Predicate<TinyRun.Listener> moment) {
    run.set("output", folder.resolve(output));
    HyperparameterSearch search = search(RunMode.NEW, stopping(moment));
    assertThrows(Stop.class, search::run);
    assertTrue(search.canResume());
    assertFalse(Files.exists(search.folder().resolve("search.json")));
    return search.folder();
  }

  private JsonNode goneOn(String notice) {
    TinyRun.Listener listener = new TinyRun.Listener();
    HyperparameterSearch search = search(RunMode.RESUME, listener);
    JsonNode result = untimed(search);
    assertTrue(
        listener.notices().stream().anyMatch(line -> line.startsWith(notice)),
        listener.notices()::toString);
    assertFalse(search.canResume());
    return result;
  }

  @Test
  void aTrialThatDivergesIsLeftBehind() {
    dimensions = List.of(new Dimension.Choice("train.learning-rate", List.of("1e-3", "1e30")));
    HyperparameterSearch search = search(RunMode.NEW, new TinyRun.Listener());
    SearchResult found = search.run();

    assertEquals(2, found.trials().size(), "what is drawn twice is trained once");
    TrialOutcome best = found.best().orElseThrow();
    assertEquals("1e-3", found.trial(best).settings().get("train.learning-rate"));
    TrialOutcome diverged = found.ranked().get(1);
    assertEquals(TrialOutcome.State.DIVERGED, diverged.state());
    Path trial = search.folder().resolve("trial-" + diverged.trial());
    String problem = diverged.problem().orElseThrow();
    assertTrue(
        problem.contains("what went into the step is in " + trial.resolve("rung-1.diverged-step-")),
        problem);
    assertEquals(List.of(), hidden(trial), "no checkpoint is kept");
    JsonNode row = json(search).get("trials").get(diverged.trial() - 1).get("trainings").get(0);
    assertEquals("diverged", row.get("state").asText());
    assertFalse(row.has("evaluation"));
  }

  @Test
  void whereAllTrialsFailThereIsNoBest() {
    dimensions = List.of(new Dimension.Choice("train.learning-rate", List.of("1e29", "1e30")));
    HyperparameterSearch search = search(RunMode.NEW, new TinyRun.Listener());
    assertEquals(Optional.empty(), search.run().best());
    assertTrue(json(search).get("best").isNull());
    assertFalse(Files.exists(search.folder().resolve("best.yaml")));
  }

  private static List<Path> hidden(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.getFileName().toString().startsWith(".")).toList();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void anotherSearchIsToldApartByWhatItSearches() {
    trials = 2;
    HyperparameterSearch search =
        search(RunMode.NEW, stopping(listener -> last(listener).startsWith("trial 1: loss")));
    assertThrows(Stop.class, search::run);
    UserException there =
        assertThrows(UserException.class, () -> search(RunMode.NEW, new TinyRun.Listener()).run());
    assertEquals(search.folder() + ": an unfinished search is here", there.getMessage());
    assertEquals(Optional.of(new KeepOrReplace(false)), there.remedy());

    trials = 1;
    run.set("max-length", 8);
    UserException other =
        assertThrows(
            UserException.class, () -> search(RunMode.RESUME, new TinyRun.Listener()).run());
    assertEquals(
        search.folder()
            + ": an unfinished search has another configuration; these keys differ: max-length,"
            + " search.trials",
        other.getMessage());
    assertEquals(Optional.of(new StartOver()), other.remedy());

    SearchResult replaced = search(RunMode.OVERWRITE, new TinyRun.Listener()).run();
    assertEquals(1, replaced.trials().size());
    assertEquals(json(search), TinyRun.tree(replaced.fields()));
  }

  @Test
  void aFinishedSearchIsToldOfAgain() {
    trials = 1;
    HyperparameterSearch search = search(RunMode.NEW, new TinyRun.Listener());
    SearchResult found = search.run();
    UserException there =
        assertThrows(UserException.class, () -> search(RunMode.NEW, new TinyRun.Listener()).run());
    assertEquals(search.folder() + ": a finished search is here", there.getMessage());
    assertEquals(Optional.of(new KeepOrReplace(true)), there.remedy());

    TinyRun.Listener listener = new TinyRun.Listener();
    assertEquals(
        TinyRun.tree(found.fields()),
        TinyRun.tree(search(RunMode.RESUME, listener).run().fields()));
    assertEquals(
        List.of("the search in " + search.folder() + " is finished; nothing is left to do"),
        listener.notices());
    assertEquals(List.of(), listener.splits());
  }

  @Test
  void dataThatDependOnWhatIsSearchedAreReadForEachTraining() {
    trials = 2;
    run = new TinyRun(folder, 0.1).pairs("train", 24, 1).set("data.split", 0.25);
    run.set("train.epochs", 1);
    dimensions = List.of(new Dimension.Choice("max-length", List.of("8", "16")));
    TinyRun.Listener listener = new TinyRun.Listener();
    SearchResult found = search(RunMode.NEW, listener).run();
    assertEquals(2 * found.trials().size(), listener.splits().size());
  }

  @Test
  void whatCannotBeTrainedIsFoundBeforeAnythingIs() {
    dimensions = List.of(new Dimension.Choice("max-length", List.of("16", "1000")));
    refused("max-length: 1000 is more than the ");
    dimensions = List.of(new Dimension.Choice("train.balance-classes", List.of("true", "false")));
    run.set("train.class-weights.yes", 2);
    refused("the weights are given by train.class-weights; leave one of them out");
  }

  private void refused(String problem) {
    TinyRun.Listener listener = new TinyRun.Listener();
    UserException e = assertThrows(UserException.class, () -> search(RunMode.NEW, listener).run());
    assertTrue(
        e.getMessage().startsWith("trial ") && e.getMessage().contains(problem), e::toString);
    assertEquals(List.of(), listener.evaluations());
    assertEquals(
        e.getMessage(),
        assertThrows(UserException.class, () -> search(RunMode.OVERWRITE, listener).run())
            .getMessage());
  }

  @Test
  void validationDataAreNeeded() {
    run = new TinyRun(folder, 0.1).pairs("train", 24, 1);
    UserException e =
        assertThrows(UserException.class, () -> search(RunMode.NEW, new TinyRun.Listener()).run());
    assertEquals(
        "a test: data.validation: trials are compared on validation data; name some, or a share of the training data as data.split",
        e.getMessage());
  }

  private HyperparameterSearch search(RunMode mode, RunListener listener) {
    return new HyperparameterSearch(
        new SearchConfig<>(
            run.config(),
            trials,
            new SearchSpace(dimensions, 1),
            Map.of("search.trials", Integer.toString(trials))),
        TinyRun.STORE,
        mode,
        listener,
        new Interruption());
  }

  private static JsonNode json(HyperparameterSearch search) {
    return TinyRun.read(search.folder().resolve("search.json")).get(0);
  }

  /** What it writes, without what no two searches share. */
  private static JsonNode untimed(HyperparameterSearch search) {
    search.run();
    JsonNode result = json(search);
    result.findParents("seconds").forEach(row -> ((ObjectNode) row).remove("seconds"));
    return result;
  }

  private static String last(TinyRun.Listener listener) {
    List<String> notices = new ArrayList<>(listener.notices());
    return notices.isEmpty() ? "" : notices.get(notices.size() - 1);
  }

  /** Stops a search as a failure does that nobody foresaw. */
  private static TinyRun.Listener stopping(Predicate<TinyRun.Listener> moment) {
    return new TinyRun.Listener() {
      @Override
      public void notice(String line) {
        super.notice(line);
        stop();
      }

      @Override
      public void advance(long done, String detail) {
        stop();
      }

      private void stop() {
        if (moment.test(this)) {
          throw new Stop();
        }
      }
    };
  }

  private static final class Stop extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }
}
