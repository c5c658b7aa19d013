// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.runs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bertctl.core.UserException;
import dev.bertctl.core.files.FileTree;
import dev.bertctl.core.graph.BertModel;
import dev.bertctl.core.json.JsonFile;
import dev.bertctl.core.training.TrainingState;
import dev.bertctl.core.weights.SafetensorsFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Where a run can go on: weights and optimizer moments after an epoch, how far it has come, and the
 * configuration that it was started with. Dropout and shuffling depend on seed, step and epoch
 * alone, so nothing else is needed for a resumed run to compute what an uninterrupted one would
 * have.
 *
 * @param folder where it is kept
 */
record Checkpoint(Path folder) {

  private static final String STATE = "state.json";

  /** Settings that change no weight, or, like the device, none but by rounding. */
  private static final Set<String> FREE =
      Set.of("device", "train.log-every", "train.evaluation-batch-size");

  /** Whether there is one. */
  boolean exists() {
    return Files.isRegularFile(folder.resolve(STATE));
  }

  /**
   * Writes it. State and variables are in files of a name for each epoch, so that an interruption
   * in between leaves the earlier checkpoint whole.
   */
  void write(
      BertModel model,
      TrainingState state,
      Map<String, String> values,
      Map<String, Object> results) {
    Path variables = variables(state.epochs());
    SafetensorsFile.write(variables, ModelWeights.withMoments(model));
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("epochs", state.epochs());
    fields.put("steps", state.steps());
    fields.put("configuration", values);
    fields.put("results", results);
    JsonFile.write(folder.resolve(STATE), fields);
    FileTree.delete(variables(state.epochs() - 1));
  }

  /**
   * Reads it into a model.
   *
   * @param values the configuration of the run that is to go on
   * @return how far the run had come
   * @throws UserException if the configuration has changed, naming each key
   */
  TrainingState read(BertModel model, Map<String, String> values) {
    ObjectNode fields = JsonFile.read(folder.resolve(STATE));
    requireSame(fields.path("configuration"), values);
    TrainingState state =
        new TrainingState(fields.path("epochs").asInt(), fields.path("steps").asLong());
    SafetensorsFile file = SafetensorsFile.open(variables(state.epochs()));
    for (String name : model.values().names()) {
      model.values().assign(name, file.weight(name).values());
    }
    return state;
  }

  /** The results of the epochs done, as they were given to {@link #write}. */
  JsonNode results() {
    return JsonFile.read(folder.resolve(STATE)).path("results");
  }

  private Path variables(int epochs) {
    return folder.resolve("checkpoint-" + epochs + ".safetensors");
  }

  private void requireSame(JsonNode saved, Map<String, String> values) {
    TreeSet<String> keys = new TreeSet<>(values.keySet());
    saved.fieldNames().forEachRemaining(keys::add);
    keys.removeAll(FREE);
    keys.removeIf(key -> saved.path(key).asText("").equals(values.getOrDefault(key, "")));
    if (!keys.isEmpty()) {
      throw new UserException(
          "%s: the unfinished run has another configuration; these keys differ: %s. Restore them, or run without"
                  .formatted(folder, String.join(", ", keys))
              + " --resume to start over");
    }
  }
}
