// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.runs;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.files.FileTree;
import dev.bertctl.runtime.graph.BertModel;
import dev.bertctl.runtime.graph.ModelWeights;
import dev.bertctl.runtime.json.JsonFile;
import dev.bertctl.runtime.training.TrainingState;
import dev.bertctl.runtime.weights.SafetensorsFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Where a run can go on: weights and optimizer moments after an epoch, its epochs and steps, and
 * the inputs that it was started with. What is random (dropout, shuffling, features drawn anew)
 * depends on seed, step and epoch alone, so nothing else is needed for a resumed run to compute
 * what an uninterrupted one would have.
 */
final class Checkpoint {

  private static final String STATE = "state.json";
  private static final String RESULTS = "results";

  private final Path folder;

  /**
   * @param folder where it is kept
   */
  Checkpoint(Path folder) {
    this.folder = folder;
  }

  /** Whether there is one. */
  boolean exists() {
    return Files.isRegularFile(folder.resolve(STATE));
  }

  /**
   * Writes it. State and variables are in files of a name for each epoch, so that an interruption
   * in between leaves the earlier checkpoint whole.
   */
  void write(BertModel model, TrainingState state, RunInputs inputs, EpochResults results) {
    Path variables = variables(state.epochs());
    SafetensorsFile.write(variables, ModelWeights.withMoments(model));
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("epochs", state.epochs());
    fields.put("steps", state.steps());
    inputs.addTo(fields);
    fields.put(RESULTS, results.fields());
    JsonFile.write(folder.resolve(STATE), fields);
    FileTree.delete(variables(state.epochs() - 1));
  }

  /**
   * Reads it into a model.
   *
   * @param inputs those of the run that is to go on
   * @param results takes the results of the epochs done
   * @return its epochs and steps
   * @throws UserException if the inputs have changed, naming each key
   */
  TrainingState read(BertModel model, RunInputs inputs, EpochResults results) {
    ObjectNode fields = JsonFile.read(folder.resolve(STATE));
    inputs.requireSame(fields, folder);
    TrainingState state =
        new TrainingState(fields.path("epochs").asInt(), fields.path("steps").asLong());
    SafetensorsFile file = SafetensorsFile.open(variables(state.epochs()));
    for (String name : model.values().names()) {
      model.values().assign(name, file.weight(name).values());
    }
    results.restore(fields.path(RESULTS));
    return state;
  }

  private Path variables(int epochs) {
    return folder.resolve("checkpoint-" + epochs + ".safetensors");
  }
}
