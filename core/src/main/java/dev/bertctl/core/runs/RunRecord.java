// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.runs;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bertctl.core.runs.TaskSetup.PreparedSplit;
import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.encoder.BertWeights;
import dev.bertctl.runtime.evaluation.Evaluation;
import dev.bertctl.runtime.files.FileTree;
import dev.bertctl.runtime.graph.BertModel;
import dev.bertctl.runtime.json.JsonFile;
import dev.bertctl.runtime.training.StepReport;
import dev.bertctl.runtime.training.TrainingObserver;
import dev.bertctl.runtime.training.TrainingState;
import dev.bertctl.runtime.weights.SafetensorsFile;
import dev.bertctl.spi.data.Example;
import dev.bertctl.spi.decode.OutputFile;
import dev.bertctl.spi.decode.Prediction;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Writes down a run while it goes: the history of steps, the model of the best epoch with its
 * predictions, a checkpoint after each epoch, and in the end the results.
 */
final class RunRecord<X extends Example, P extends Prediction>
    implements TrainingObserver<P>, AutoCloseable {

  private static final String EPOCHS = "epochs";
  private static final String BEST = "best_epoch";

  private final TaskSetup<X, P> setup;
  private final BertModel model;
  private final RunFolder folder;
  private final Checkpoint checkpoint;
  private final RunInputs inputs;
  private final Optional<PreparedSplit<X>> validation;
  private final RunListener listener;
  private final History history;
  private Map<String, Object> results = new LinkedHashMap<>();

  RunRecord(
      TaskSetup<X, P> setup,
      BertModel model,
      RunFolder folder,
      Checkpoint checkpoint,
      RunInputs inputs,
      Optional<PreparedSplit<X>> validation,
      RunListener listener) {
    this.setup = setup;
    this.model = model;
    this.folder = folder;
    this.checkpoint = checkpoint;
    this.inputs = inputs;
    this.validation = validation;
    this.listener = listener;
    this.history =
        new History(
            folder.unfinished().resolve(RunFolder.HISTORY),
            setup.config().settings().train().logEvery(),
            listener);
    write(RunFolder.RESOLVED, setup.config().toYaml());
  }

  /** Takes over the results of the epochs that an interrupted run has done. */
  void restore(JsonNode saved) {
    results = new ObjectMapper().convertValue(saved, new TypeReference<Map<String, Object>>() {});
  }

  @Override
  public void stepped(StepReport report) {
    history.add(report);
  }

  @Override
  public void epochEnded(TrainingState state, Optional<Evaluation<P>> evaluation) {
    history.epochEnded();
    boolean best = evaluation.map(this::isBest).orElse(true);
    Map<String, Object> epoch =
        evaluation.map(done -> EvaluationReport.fields(done)).orElseGet(LinkedHashMap::new);
    epochs().put(Integer.toString(state.epochs()), epoch);
    if (best) {
      results.put(BEST, state.epochs());
      saveModel(evaluation.map(Evaluation::tuned).orElse(Map.of()));
      evaluation.ifPresent(this::savePredictions);
    }
    evaluation.ifPresent(
        done ->
            listener.info(
                "epoch %d: %s%s"
                    .formatted(
                        state.epochs(),
                        EvaluationReport.line(done),
                        best ? " (best so far)" : "")));
    // After the last epoch too: the test split may be what a run fails at.
    checkpoint.write(model, state, inputs, results);
  }

  /** Puts the weights of the best epoch back into the model. */
  void loadBest() {
    SafetensorsFile file =
        SafetensorsFile.open(
            folder.unfinished().resolve(RunFolder.MODEL).resolve("model.safetensors"));
    for (String name : file.names()) {
      model.values().assign(BertWeights.canonicalName(name), file.weight(name).values());
    }
  }

  /** The options that were tuned in the best epoch; none where the task has no tuner. */
  @SuppressWarnings("unchecked")
  Map<String, Object> bestOptions() {
    return (Map<String, Object>)
        epoch(results.get(BEST)).getOrDefault(EvaluationReport.TUNED, Map.of());
  }

  /** Takes the evaluation of the test split. */
  void tested(PreparedSplit<X> split, Evaluation<P> evaluation) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("examples", split.split().examples().size());
    fields.putAll(EvaluationReport.fields(evaluation));
    results.put("test", fields);
    listener.info("test: " + EvaluationReport.line(evaluation));
  }

  /** Writes the results and moves everything into place. */
  Map<String, Object> finish() {
    history.close();
    Map<String, Object> metrics = metrics();
    JsonFile.write(folder.unfinished().resolve(RunFolder.METRICS), metrics);
    folder.publish();
    return metrics;
  }

  private Map<String, Object> metrics() {
    Map<String, Object> metrics = new LinkedHashMap<>();
    metrics.put("task", setup.config().plugin().name());
    metrics.put("model", setup.pretrained().reference());
    validation.ifPresent(
        split -> {
          metrics.put("split", split.split().name());
          metrics.put("examples", split.split().examples().size());
          metrics.put("primary", setup.task().metric().primary());
          metrics.putAll(epoch(results.get(BEST)));
          metrics.put(
              RunFolder.TASK_FILES, setup.task().files().stream().map(OutputFile::name).toList());
        });
    metrics.put(BEST, results.get(BEST));
    metrics.put(EPOCHS, epochs());
    Optional.ofNullable(results.get("test")).ifPresent(test -> metrics.put("test", test));
    return metrics;
  }

  @SuppressWarnings("unchecked")
  private Map<String, Object> epochs() {
    return (Map<String, Object>) results.computeIfAbsent(EPOCHS, key -> new LinkedHashMap<>());
  }

  @SuppressWarnings("unchecked")
  private Map<String, Object> epoch(Object number) {
    return (Map<String, Object>) epochs().get(String.valueOf(number));
  }

  private boolean isBest(Evaluation<P> evaluation) {
    if (!results.containsKey(BEST)) {
      return true;
    }
    String primary = setup.task().metric().primary();
    Map<String, Object> earlier = epoch(results.get(BEST));
    double before = merit(number(((Map<?, ?>) earlier.get("metrics")).get(primary)));
    double now = merit(evaluation.scores().values().get(primary));
    if (now == before) {
      // On a small set of easy data a model may be right throughout and still learn to be sure.
      return evaluation.loss() < number(earlier.get("loss"));
    }
    return now > before;
  }

  /** The higher the better. A score may be no number, as a correlation with constants is. */
  private double merit(double score) {
    if (Double.isNaN(score)) {
      return Double.NEGATIVE_INFINITY;
    }
    return setup.task().metric().higherIsBetter() ? score : -score;
  }

  /** Of an interrupted run's results, where JSON has what is not finite as text. */
  private static double number(Object value) {
    return value instanceof Number number
        ? number.doubleValue()
        : Double.parseDouble(value.toString());
  }

  private void saveModel(Map<String, Object> tuned) {
    Path partial = folder.unfinished().resolve("model.partial");
    FileTree.clear(partial);
    FineTunedModel.write(
        partial,
        tuned.isEmpty() ? setup.config() : setup.configWith(tuned),
        setup.task().head(),
        setup.pretrained().config(),
        model,
        setup.pretrained());
    FileTree.replace(partial, folder.unfinished().resolve(RunFolder.MODEL));
  }

  private void savePredictions(Evaluation<P> evaluation) {
    List<X> examples = validation.orElseThrow().split().examples();
    PredictionFile.write(
        folder.unfinished().resolve(RunFolder.PREDICTIONS), examples, evaluation.predictions());
    TaskFiles.write(folder.unfinished(), setup.task(), examples, evaluation.predictions());
  }

  private void write(String name, String text) {
    Path file = folder.unfinished().resolve(name);
    try {
      Files.writeString(file, text, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UserException(file + ": cannot be written: " + e, e);
    }
  }

  @Override
  public void close() {
    history.close();
  }
}
