// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.bertctl.core.space.Dimension;
import dev.bertctl.runtime.TinyTask;
import dev.bertctl.runtime.options.ConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SearchConfigTest {

  private static final String RATE = "{key: train.learning-rate, from: 1e-5, to: 1e-4, scale: log}";

  @TempDir Path folder;

  @Test
  void theTypeOfASettingDecidesWhatIsDrawn() throws IOException {
    SearchConfig<?> search =
        load(
            List.of("model: m", "search:", "  trials: 5", "  seed: 3", "  space:"),
            RATE,
            "{key: train.batch-size, from: 8, to: 64, scale: log}",
            "{key: train.schedule, values: [linear, cosine]}",
            "{key: train.class-weights.yes, from: 1, to: 3}",
            "{key: model, values: [m, ./mine]}");
    assertEquals(5, search.trials());
    assertEquals(3, search.space().seed());
    assertEquals(
        List.of(
            new Dimension.Numbers("train.learning-rate", 1e-5, 1e-4, true),
            new Dimension.Integers("train.batch-size", 8, 64, true),
            new Dimension.Choice("train.schedule", List.of("linear", "cosine")),
            new Dimension.Numbers("train.class-weights.yes", 1, 3, false),
            new Dimension.Choice("model", List.of("m", folder.resolve("mine").toString()))),
        search.space().dimensions());
    assertEquals(Optional.of("m"), search.task().settings().model());
    assertEquals(
        List.of(), search.task().values().keySet().stream().filter(SearchSettings::isOf).toList());
  }

  @Test
  void aTasksSectionAndAssignmentsAreStronger() throws IOException {
    SearchConfig<?> search =
        SearchConfig.load(
            write(
                "model: m",
                "search: {trials: 5, space: [" + RATE + "]}",
                "tasks: {tiny: {search: {trials: 6, seed: 6}}}"),
            TinyTask.classifier(),
            assignments("search.seed=7", "search.space[0].to=1e-3", "search.metric=loss"));
    assertEquals(6, search.trials());
    assertEquals(7, search.space().seed());
    assertEquals(
        List.of(new Dimension.Numbers("train.learning-rate", 1e-5, 1e-3, true)),
        search.space().dimensions());
    assertEquals(Optional.of("loss"), search.task().settings().train().bestMetric());
    assertEquals(
        "--set search.metric=loss: search.metric: none",
        search.task().wrong("train.best-metric", "none").getMessage());
  }

  @Test
  void noRunLooksIntoIt() throws IOException {
    Path file =
        write("model: m", "search: {trails: 0}", "tasks: {tiny: {search: {space: [x, y]}}}");
    assertEquals(
        Optional.of("m"),
        AppConfig.load(file, TinyTask.classifier(), List.of()).settings().model());
    assertEquals(
        "--set search.trials=5: 'search.trials' is of a search, and this is none",
        assertThrows(
                ConfigException.class,
                () -> AppConfig.load(file, TinyTask.classifier(), assignments("search.trials=5")))
            .getMessage());
  }

  @Test
  void mistypedKeysAreToldWithTheirLinesAndThoseOfTheTask() throws IOException {
    assertWrong(
        List.of("search:", "  trails: 3", "  trials: 0", "train: {epoch: 3}", "model: m"),
        ":2: unknown key 'search.trails'; did you mean 'search.trials'?",
        ":3: 'search.trials' must be an integer of at least 1, not '0'",
        ":4: unknown key 'train.epoch'; did you mean 'train.epochs'?");
    assertWrong(
        List.of("model: m", "search: {seed: 1}"),
        ": missing key 'search.space': what is searched, such as search.space: [{key: train.learning-rate, from: 1e-5, to: 1e-4, scale: log}]");
  }

  @Test
  void whatIsSearchedIsASettingAndMayDiffer() throws IOException {
    assertWrong(
        List.of("model: m", "search:", "  space:"),
        List.of(
            "{key: train.learning-rat, from: 1e-5, to: 1e-4}",
            "{key: train, values: [1]}",
            "{key: train.parameter-groups, values: [1]}",
            "{key: train.epochs, from: 1, to: 3}",
            "{key: train.seed, from: 1, to: 3}",
            "{key: data.limit.train, from: 1, to: 3}",
            RATE,
            RATE),
        ":4: 'search.space[0].key' names no setting: unknown key 'train.learning-rat'; did you mean 'train.learning-rate'?",
        ":5: 'search.space[1].key' names no setting: 'train' takes keys of its own (%s), not a value"
            .formatted(String.join(", ", AppConfig.schema(TinyTask.classifier()).names("train"))),
        ":6: 'search.space[2].key' names a list of items; name a key of one of them, such as train.parameter-groups[0].frozen",
        ":7: 'search.space[3].key' is 'train.epochs', which cannot be searched: it is the length of a full training, of which poor trials get less; set it once for all trials",
        ":8: 'search.space[4].key' is 'train.seed', which cannot be searched: a seed that does well is luck; set it once for all trials",
        ":9: 'search.space[5].key' is 'data.limit.train', which cannot be searched: trials are compared on the same data; set it once for all trials",
        ":11: 'search.space[7].key' names 'train.learning-rate' once more; remove one of them");
  }

  @Test
  void rangesAndValuesFitTheSetting() throws IOException {
    assertWrong(
        List.of("model: m", "search:", "  space:"),
        List.of(
            "{key: train.learning-rate}",
            "{key: train.momentum, from: 0, to: 1, values: [0.5]}",
            "{key: train.weight-decay, from: 0, to: 0.1, scale: log}",
            "{key: train.batch-size, from: 0.5, to: 8}",
            "{key: train.warmup-ratio, from: 0.2, to: 0.1}",
            "{key: train.dropout, from: 0}",
            "{key: train.layer-decay, from: 0.5, to: 2}",
            "{key: train.schedule, from: 1, to: 2}",
            "{key: train.optimizer, values: [adamw, adamx, adamw], scale: log}"),
        ":4: 'search.space[0]' has neither a range (from and to) nor values; give one of them",
        ":5: 'search.space[1]' has both a range and values; leave one of them out",
        ":6: 'search.space[2].scale' is log, for which 'from' must be more than 0",
        ":7: 'search.space[3].from' must be an integer of at least 1, not '0.5'",
        ":8: 'search.space[4].to' must be more than 'from'",
        ":9: 'search.space[5].from' is given without 'to'; a range needs both",
        ":10: 'search.space[6].to' must be a number above 0 and of at most 1, not '2'",
        ":11: 'search.space[7]' has a range, but 'train.schedule' takes no number; give values instead",
        ":12: 'search.space[8].scale' is for a range, and there are values; remove it",
        ":12: 'search.space[8].values' must be one of adamw, adam, sgd, not 'adamx'",
        ":12: 'search.space[8].values' has 'adamw' twice; remove one of them");
  }

  @Test
  void aTrialsSettingsReplaceThoseOfTheFile() throws IOException {
    Path file = write("model: m");
    TaskConfig<?> config =
        AppConfig.load(file, TinyTask.classifier(), List.of())
            .withSettings(Map.of("train.epochs", 7), "trial 1");
    assertEquals(7, config.settings().train().epochs());
    assertEquals(Optional.of("m"), config.settings().model());
    assertEquals(
        "trial 1: train.epochs: too many", config.wrong("train.epochs", "too many").getMessage());
    assertEquals(file + ":1: model: none", config.wrong("model", "none").getMessage());
    ConfigException e =
        assertThrows(
            ConfigException.class, () -> config.withSettings(Map.of("train.epochs", 0), "trial 2"));
    assertEquals(
        "trial 2: 'train.epochs' must be an integer of at least 1, not '0'", e.getMessage());
  }

  private void assertWrong(List<String> lines, String... problems) throws IOException {
    assertWrong(lines, List.of(), problems);
  }

  private void assertWrong(List<String> lines, List<String> space, String... problems)
      throws IOException {
    ConfigException e =
        assertThrows(ConfigException.class, () -> load(lines, space.toArray(String[]::new)));
    assertEquals(
        Stream.of(problems).map(problem -> folder.resolve("app.yaml") + problem).toList(),
        e.getMessage().lines().toList());
  }

  private SearchConfig<?> load(List<String> lines, String... space) throws IOException {
    List<String> all = new ArrayList<>(lines);
    Stream.of(space).map("    - "::concat).forEach(all::add);
    return SearchConfig.load(write(all.toArray(String[]::new)), TinyTask.classifier(), List.of());
  }

  private static List<Assignment> assignments(String... texts) {
    return Stream.of(texts).map(Assignments::parse).toList();
  }

  private Path write(String... lines) throws IOException {
    return Files.write(folder.resolve("app.yaml"), List.of(lines));
  }
}
