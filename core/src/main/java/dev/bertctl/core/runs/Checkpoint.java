// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.runs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.graph.BertModel;
import dev.bertctl.runtime.graph.ModelWeights;
import dev.bertctl.runtime.json.JsonFile;
import dev.bertctl.runtime.training.TrainingState;
import dev.bertctl.runtime.weights.SafetensorsFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * Where a run can go on: weights and optimizer moments after an epoch, its epochs and steps, the
 * inputs that it was started with, and what it has of the results. What is random (dropout,
 * shuffling, features drawn anew) depends on seed, step and epoch alone, so nothing else is needed
 * for a resumed run to compute what an uninterrupted one would have. Checksums of all of it show
 * what was changed or damaged meanwhile.
 */
final class Checkpoint {

  private static final String RESULTS = "results";
  private static final String LOG = "log";
  private static final String FILES = "files";
  private static final String SUM = "checksum";

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final UnfinishedRun run;

  /** Sums of the best epoch's files, which are not read again after each of the others. */
  private Map<String, String> bestFiles = Map.of();

  private int bestEpoch;

  /**
   * @param run where it is kept
   */
  Checkpoint(UnfinishedRun run) {
    this.run = run;
  }

  /** Whether there is one. */
  boolean exists() {
    return Files.isRegularFile(run.state());
  }

  /** Writes it; until that is done the one before it counts. */
  void write(
      BertModel model,
      TrainingState state,
      RunInputs inputs,
      EpochResults results,
      History history) {
    Path variables = run.checkpoint(state.epochs());
    SafetensorsFile.write(variables, ModelWeights.withMoments(model));
    ObjectNode fields = MAPPER.createObjectNode();
    fields.put("epochs", state.epochs());
    fields.put("steps", state.steps());
    inputs.addTo(fields);
    fields.set(RESULTS, MAPPER.valueToTree(results.fields()));
    fields.set(LOG, history.state());
    fields.set(FILES, MAPPER.valueToTree(sums(state.epochs(), results.bestEpoch())));
    fields.put(SUM, FileSums.of(fields.toString()));
    JsonFile.write(run.state(), fields);
    run.keepOnly(results.bestEpoch(), state.epochs());
  }

  private Map<String, String> sums(int epoch, int best) {
    if (best != bestEpoch) {
      bestFiles = FileSums.in(run.epoch(best));
      bestEpoch = best;
    }
    Map<String, String> sums = new TreeMap<>();
    Path folder = run.folder().relativize(run.epoch(best));
    bestFiles.forEach((file, sum) -> sums.put(folder.resolve(file).toString(), sum));
    Path variables = run.checkpoint(epoch);
    sums.put(run.folder().relativize(variables).toString(), FileSums.of(variables));
    return sums;
  }

  /**
   * Reads it into a model.
   *
   * @param inputs those of the run that is to go on
   * @param results takes the results of the epochs done
   * @return its epochs and steps, and the state of its log
   * @throws UserException if the inputs have changed, naming each key, or if a file has
   */
  Restored read(BertModel model, RunInputs inputs, EpochResults results) {
    ObjectNode fields = JsonFile.read(run.state());
    String sum = fields.path(SUM).asText();
    fields.remove(SUM);
    requireSame(sum, FileSums.of(fields.toString()), run.state());
    inputs.requireSame(fields, run.folder(), "unfinished", new StartOver());
    for (Map.Entry<String, JsonNode> file : fields.path(FILES).properties()) {
      Path path = run.folder().resolve(file.getKey());
      requireSame(file.getValue().asText(), FileSums.of(path), path);
    }
    TrainingState state =
        new TrainingState(fields.path("epochs").asInt(), fields.path("steps").asLong());
    SafetensorsFile file = SafetensorsFile.open(run.checkpoint(state.epochs()));
    for (String name : model.values().names()) {
      model.values().assign(name, file.weight(name).values());
    }
    results.restore(fields.path(RESULTS));
    run.keepOnly(results.bestEpoch(), state.epochs());
    return new Restored(state, fields.path(LOG));
  }

  private static void requireSame(String expected, String actual, Path file) {
    if (!expected.equals(actual)) {
      throw new UserException(
          "%s: is not what the unfinished run wrote (%s, not %s), so it cannot go on"
              .formatted(file, actual, expected.isEmpty() ? "with a checksum" : expected),
          new StartOver());
    }
  }

  /**
   * What an unfinished run goes on with.
   *
   * @param state epochs and steps
   * @param log see {@link History#state}
   */
  record Restored(TrainingState state, JsonNode log) {}
}
