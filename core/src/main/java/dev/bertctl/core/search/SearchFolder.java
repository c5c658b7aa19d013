// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.search;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.bertctl.core.config.TaskConfig;
import dev.bertctl.core.runs.KeepOrReplace;
import dev.bertctl.core.runs.RunFolder;
import dev.bertctl.core.runs.RunInputs;
import dev.bertctl.core.runs.StartOver;
import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.files.FileException;
import dev.bertctl.runtime.files.FileTree;
import dev.bertctl.runtime.files.WholeFile;
import dev.bertctl.runtime.json.JsonFields;
import dev.bertctl.runtime.json.JsonFile;
import dev.bertctl.runtime.json.JsonLines;
import dev.bertctl.runtime.json.JsonProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a search leaves behind: a folder for each training, {@code trials.jsonl} with a line for
 * each that has ended, and once all have, {@code search.json} and {@code best.yaml}.
 */
final class SearchFolder {

  private static final String TRIALS = "trials.jsonl";
  private static final String RESULT = "search.json";
  private static final String BEST = "best.yaml";

  /** What the search depends on: see {@link RunInputs}. */
  private static final String INPUTS = ".inputs.json";

  /** A score may be no number. */
  private static final ObjectMapper MAPPER =
      JsonMapper.builder().enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS).build();

  private static final Pattern RUNG = Pattern.compile("rung-[0-9]+");
  private static final Pattern RUNG_OR_WORKPLACE = Pattern.compile("\\.?rung-[0-9]+");
  private static final Pattern NOTHING = Pattern.compile("");

  private final Path root;

  /**
   * @param root the folder, such as {@code runs/nli-search}
   */
  SearchFolder(Path root) {
    this.root = root;
  }

  /** What is needed while it is under way is put there. */
  Path workplace() {
    return new RunFolder(root).workplace();
  }

  /** Where a training leaves its results. */
  Path of(int trial, int rung) {
    return root.resolve(TrialOutcome.folder(trial, rung));
  }

  /** Whether a search has been here. */
  boolean isBegun() {
    return Files.exists(inputs());
  }

  /** Whether the search that has been here came to its end. */
  boolean isFinished() {
    return Files.exists(root.resolve(RESULT));
  }

  private Path inputs() {
    return root.resolve(INPUTS);
  }

  private String which() {
    return isFinished() ? "a finished search" : "an unfinished search";
  }

  /**
   * Makes sure that nothing of another search is there.
   *
   * @throws UserException if there is
   */
  void requireNew() {
    if (isBegun()) {
      throw new UserException(root + ": " + which() + " is here", new KeepOrReplace(isFinished()));
    }
    if (isFinished() || !trainings().isEmpty()) {
      throw new UserException(
          root + ": there are results here that no search wrote", new KeepOrReplace(true));
    }
  }

  /**
   * Makes sure that the search that is there depends on the same.
   *
   * @throws UserException naming what differs
   */
  void requireSame(RunInputs inputs) {
    inputs.requireSame(JsonFile.read(inputs()), root, which(), new StartOver());
  }

  /** Begins a search; what an earlier one has left goes. */
  void begin(RunInputs inputs) {
    clear();
    FileTree.create(root);
    JsonFile.write(inputs(), inputs.fields());
  }

  /**
   * What the earlier search depended on goes last, as it guards the others, and trainings lose
   * their names first, as half of one cannot be gone on with.
   */
  private void clear() {
    trainings().forEach(SearchFolder::requireNoOthers);
    for (String result : List.of(RESULT, BEST, TRIALS)) {
      FileTree.delete(root.resolve(result));
    }
    for (Path training : trainings()) {
      Path forgotten = workplace().resolve(training.getFileName());
      FileTree.move(training, forgotten);
      FileTree.delete(forgotten);
    }
    FileTree.delete(inputs());
  }

  /** A training is a run, or has one for each rung. */
  private static void requireNoOthers(Path training) {
    try (Stream<Path> files = Files.list(training)) {
      files
          .filter(file -> RUNG.matcher(file.getFileName().toString()).matches())
          .forEach(rung -> new RunFolder(rung).requireNoOthers(NOTHING));
    } catch (IOException e) {
      throw FileException.reading(training, e);
    }
    new RunFolder(training).requireNoOthers(RUNG_OR_WORKPLACE);
  }

  private List<Path> trainings() {
    if (!Files.isDirectory(root)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(root)) {
      return files.filter(file -> file.getFileName().toString().matches("trial-[0-9]+")).toList();
    } catch (IOException e) {
      throw FileException.reading(root, e);
    }
  }

  /** The trainings that have ended, in their order. */
  List<TrialOutcome> outcomes() {
    Path file = root.resolve(TRIALS);
    if (!Files.exists(file)) {
      return List.of();
    }
    try (var lines = MAPPER.readerFor(JsonNode.class).<JsonNode>readValues(file.toFile())) {
      return lines.readAll().stream()
          .map(line -> TrialOutcome.read(JsonFields.of(file, line)))
          .toList();
    } catch (JsonProcessingException e) {
      throw FileException.damaged(file, JsonProblem.of(e));
    } catch (IllegalArgumentException e) {
      throw FileException.damaged(file, e.getMessage());
    } catch (IOException e) {
      throw FileException.reading(file, e);
    }
  }

  /**
   * Keeps which trainings have ended, and removes what they have left that is of no use: models but
   * for the best one, and checkpoints of those that failed.
   */
  void keep(SearchResult found) {
    WholeFile.write(
        root.resolve(TRIALS),
        partial -> {
          try (JsonLines lines = new JsonLines(partial)) {
            found.lines().forEach(lines::write);
          }
        });
    tidy(found);
  }

  private void tidy(SearchResult found) {
    for (TrialOutcome outcome : found.outcomes()) {
      RunFolder run = new RunFolder(of(outcome.trial(), outcome.rung()));
      if (outcome.evaluation().isEmpty() && Files.exists(run.unfinished())) {
        run.alone(
            () -> {
              run.forget();
              return null;
            });
      } else if (!found.best().equals(Optional.of(outcome))) {
        run.deleteModel();
      }
    }
  }

  /**
   * Ends a search.
   *
   * @param best the configuration of the best training, if there is one
   */
  void finish(SearchResult found, Optional<TaskConfig<?>> best) {
    best.ifPresent(
        config ->
            WholeFile.write(root.resolve(BEST), file -> Files.writeString(file, config.toYaml())));
    tidy(found);
    JsonFile.write(root.resolve(RESULT), found.fields());
  }
}
