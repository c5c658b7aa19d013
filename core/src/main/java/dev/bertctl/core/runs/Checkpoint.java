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
import dev.bertctl.runtime.json.JsonFields;
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
  private static final String STEP = "step";
  private static final String LOG = "log";
  private static final String FILES = "files";
  private static final String SUM = "checksum";
  private static final String VARIABLES = "variables.safetensors";
  private static final String LOSS_SCALE = "loss_scale";
  private static final String STATE = "state.json";

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final Path folder;
  private final JsonFields fields;

  private Checkpoint(Path folder, JsonFields fields) {
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
    fields.put(STEP, state.step());
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
    Checkpoint checkpoint = new Checkpoint(folder, JsonFields.of(state, fields));
    Path variables = folder.resolve(VARIABLES);
    requireSame(checkpoint.fields.object(FILES).text(VARIABLES), FileSums.of(variables), variables);
    log.require(checkpoint.log());
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
    return fields.node();
  }

  /** What a checkpoint refers to, which need not be sound; see {@link #saved}. */
  static Optional<SavedModel> savedIn(Path folder) {
    Path state = folder.resolve(STATE);
    try {
      return saved(JsonFields.of(state, JsonFile.read(state)));
    } catch (UserException damaged) {
      return Optional.empty();
    }
  }

  /** Whether nothing is left to train. */
  boolean isFinished() {
    return fields.flag(FINISHED);
  }

  /** The evaluation that is still due, if any. */
  Optional<RunProgress.Point> unevaluated() {
    return fields
        .objectIfThere(UNEVALUATED)
        .map(
            point ->
                new RunProgress.Point(
                    fields.count(STEP), point.number("epochs"), point.flag("last")));
  }

  /** What is to become the results, as far as the run had come. */
  Optional<SavedModel> saved() {
    return saved(fields);
  }

  private static Optional<SavedModel> saved(JsonFields fields) {
    return fields.objectIfThere(SAVED).map(SavedModel::read);
  }

  /** See {@link History#state}. */
  JsonFields log() {
    return fields.object(LOG);
  }

  /** How far the run had come. */
  TrainingState state() {
    JsonFields scale = fields.object(LOSS_SCALE);
    return new TrainingState(
        fields.integer("epoch"),
        fields.integer("batch"),
        fields.count(STEP),
        fields.integer("parts"),
        Duration.ofMillis(fields.count("elapsed_ms")),
        new LossScale(scale.number("value"), scale.integer("steps"), scale.count("skipped")));
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
    results.restore(fields.object(RESULTS));
  }

  /** Checks a log, from what was kept of it. */
  @FunctionalInterface
  interface LogCheck {
    /**
     * @throws UserException if it is not what it was
     */
    void require(JsonFields state);
  }
}
