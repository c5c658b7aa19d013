// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.runs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.files.FileException;
import dev.bertctl.runtime.graph.BertModel;
import dev.bertctl.runtime.graph.LossScale;
import dev.bertctl.runtime.graph.ModelWeights;
import dev.bertctl.runtime.json.JsonFile;
import dev.bertctl.runtime.training.TrainingState;
import dev.bertctl.runtime.weights.DeferredWeight;
import dev.bertctl.runtime.weights.SafetensorsFile;
import dev.bertctl.runtime.weights.Weight;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where a run can go on: weights and optimizer slots after a step, how far it has come, the inputs
 * that it was started with, and what it has of the results and the log. What is random (dropout,
 * shuffling, features drawn anew) depends on seed, step and epoch alone, so nothing else is needed
 * for a resumed run to compute what an uninterrupted one would have. Checksums of all of it show
 * what was changed or damaged meanwhile.
 */
final class Checkpoint {

  private static final String RESULTS = "results";
  private static final String SAVED = "saved";
  private static final String FINISHED = "finished";
  private static final String UNEVALUATED = "unevaluated";
  private static final String LOG = "log";
  private static final String FILES = "files";
  private static final String SUM = "checksum";
  private static final String VARIABLES = "variables.safetensors";
  private static final String LOSS_SCALE = "loss_scale";
  private static final String STATE = "state.json";

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final Path folder;
  private final ObjectNode fields;

  private Checkpoint(Path folder, ObjectNode fields) {
    this.folder = folder;
    this.fields = fields;
  }

  /**
   * Writes one.
   *
   * @param folder an empty folder
   * @param finished whether nothing is left to train
   * @param unevaluated the evaluation that is still due, if any
   * @param results what the run was evaluated to
   * @param saved what is to become the results, as far as the run has come
   * @param log see {@link History#state}
   */
  static void write(
      Path folder,
      BertModel model,
      TrainingState state,
      boolean finished,
      Optional<RunProgress.Point> unevaluated,
      RunInputs inputs,
      Evaluations results,
      Optional<SavedModel> saved,
      ObjectNode log) {
    Path variables = folder.resolve(VARIABLES);
    SafetensorsFile.write(variables, ModelWeights.withSlots(model));
    ObjectNode fields = MAPPER.createObjectNode();
    fields.put("epoch", state.epoch());
    fields.put("batch", state.batch());
    fields.put("step", state.step());
    fields.put("parts", state.parts());
    fields.put("elapsed_ms", state.elapsed().toMillis());
    LossScale scale = state.scale();
    fields
        .putObject(LOSS_SCALE)
        .put("value", scale.value())
        .put("steps", scale.steps())
        .put("skipped", scale.skipped());
    fields.put(FINISHED, finished);
    unevaluated.ifPresent(
        point ->
            fields.putObject(UNEVALUATED).put("epochs", point.epochs()).put("last", point.last()));
    inputs.addTo(fields);
    fields.set(RESULTS, MAPPER.valueToTree(results.fields()));
    fields.set(LOG, log);
    fields.putObject(FILES).put(VARIABLES, FileSums.of(variables));
    saved.ifPresent(found -> found.addTo(fields.putObject(SAVED)));
    fields.put(SUM, FileSums.of(fields.toString()));
    JsonFile.write(folder.resolve(STATE), fields);
  }

  /**
   * Reads one, and makes sure that nothing of it was changed.
   *
   * @param folder where it is
   * @param log checks the log, from what {@link History#state} gave
   * @throws UserException naming the file that is not what it was
   */
  static Checkpoint read(Path folder, LogCheck log) {
    try {
      return sound(folder, log);
    } catch (FileException e) {
      throw new UserException(e.getMessage(), new StartOver(), e);
    }
  }

  private static Checkpoint sound(Path folder, LogCheck log) {
    Path state = folder.resolve(STATE);
    ObjectNode fields = fields(state);
    String sum = fields.path(SUM).asText();
    fields.remove(SUM);
    requireSame(sum, FileSums.of(fields.toString()), state);
    for (Map.Entry<String, JsonNode> file : fields.path(FILES).properties()) {
      Path path = folder.resolve(file.getKey()).normalize();
      requireSame(file.getValue().asText(), FileSums.of(path), path);
    }
    log.require(fields.path(LOG));
    Checkpoint checkpoint = new Checkpoint(folder, fields);
    checkpoint.saved().ifPresent(SavedModel::requireSame);
    return checkpoint;
  }

  private static ObjectNode fields(Path state) {
    try {
      return JsonFile.read(state);
    } catch (FileException e) {
      throw e;
    } catch (UserException e) {
      throw new UserException(
          state + ": is not what the unfinished run wrote (damaged or cut off)",
          new StartOver(),
          e);
    }
  }

  static void requireSame(String expected, String actual, Path file) {
    if (!expected.equals(actual)) {
      throw new UserException(
          "%s: is not what the unfinished run wrote (%s, not %s)"
              .formatted(file, actual, expected.isEmpty() ? "with a checksum" : expected),
          new StartOver());
    }
  }

  /** What was kept with {@link RunInputs#addTo}. */
  JsonNode inputs() {
    return fields;
  }

  /** What a checkpoint refers to, which need not be sound; see {@link #saved}. */
  static Optional<SavedModel> savedIn(Path folder) {
    Path state = folder.resolve(STATE);
    try {
      return SavedModel.read(JsonFile.read(state).path(SAVED), state);
    } catch (UserException damaged) {
      return Optional.empty();
    }
  }

  /** Whether nothing is left to train. */
  boolean isFinished() {
    return fields.path(FINISHED).asBoolean();
  }

  /** The evaluation that is still due, if any. */
  Optional<RunProgress.Point> unevaluated() {
    return Optional.ofNullable(fields.get(UNEVALUATED))
        .map(
            point ->
                new RunProgress.Point(
                    fields.path("step").asLong(),
                    point.path("epochs").asDouble(),
                    point.path("last").asBoolean()));
  }

  /** What is to become the results, as far as the run had come. */
  Optional<SavedModel> saved() {
    return SavedModel.read(fields.path(SAVED), folder.resolve(STATE));
  }

  /** See {@link History#state}. */
  JsonNode log() {
    return fields.path(LOG);
  }

  /** How far the run had come. */
  TrainingState state() {
    JsonNode scale = fields.path(LOSS_SCALE);
    return new TrainingState(
        fields.path("epoch").asInt(),
        fields.path("batch").asInt(),
        fields.path("step").asLong(),
        fields.path("parts").asInt(),
        Duration.ofMillis(fields.path("elapsed_ms").asLong()),
        new LossScale(
            scale.path("value").asDouble(),
            scale.path("steps").asInt(),
            scale.path("skipped").asLong()));
  }

  /**
   * Puts its weights and slots into a model.
   *
   * @param results takes what was evaluated before it
   */
  void restore(BertModel model, Evaluations results) {
    SafetensorsFile file = SafetensorsFile.open(folder.resolve(VARIABLES));
    Map<String, Weight> variables = new LinkedHashMap<>();
    for (String name : model.values().names()) {
      List<Integer> shape = model.values().shape(name);
      variables.put(name, new DeferredWeight(name, shape, () -> file.weight(name).values()));
    }
    model.values().assign(variables);
    results.restore(fields.path(RESULTS));
  }

  /** Checks a log, from what was kept of it. */
  @FunctionalInterface
  interface LogCheck {
    /**
     * @throws UserException if it is not what it was
     */
    void require(JsonNode state);
  }
}
