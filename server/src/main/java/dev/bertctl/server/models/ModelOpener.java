// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.server.models;

import dev.bertctl.application.InstalledTasks;
import dev.bertctl.core.config.AppConfig;
import dev.bertctl.core.config.RunSettings;
import dev.bertctl.core.models.ModelStore;
import dev.bertctl.download.DownloadListener;
import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.engine.Engine;
import dev.bertctl.runtime.engine.Quantize;
import dev.bertctl.runtime.huggingface.PretrainedModel;
import dev.bertctl.runtime.huggingface.Prompts;
import dev.bertctl.runtime.huggingface.SentenceTransformersFolder;
import dev.bertctl.runtime.predict.MicroBatcher;
import dev.bertctl.runtime.predict.Predictor;
import dev.bertctl.runtime.predict.PredictorOptions;
import dev.bertctl.runtime.registry.TaskRegistry;
import dev.bertctl.runtime.tensorflow.Device;
import dev.bertctl.server.ServerSettings;
import dev.bertctl.server.metrics.ModelMetrics;
import dev.bertctl.spi.TaskPlugin;
import dev.bertctl.spi.decode.Prediction;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/** Opens models as the settings say, of built-in tasks and of the installed plugins'. */
@Singleton
final class ModelOpener {

  private static final Logger LOG = Logger.getLogger("dev.bertctl.server");

  private final ServerSettings settings;
  private final ModelMetrics metrics;

  ModelOpener(ServerSettings settings, ModelMetrics metrics) {
    this.settings = settings;
    this.metrics = metrics;
  }

  /**
   * Opens a model, and predicts once.
   *
   * @param whenUnused what to do with it once it is retired and not in use
   * @throws UserException if it cannot be opened, saying why
   */
  ServedModel open(ModelSource source, Consumer<ServedModel> whenUnused) {
    long begun = System.nanoTime();
    Predictor<Prediction> predictor = predictor(source);
    try {
      Optional<SampleRow> sample = SampleRow.of(predictor);
      MicroBatcher<Prediction> batcher =
          new MicroBatcher<>(predictor, settings.maxQueue(), metrics.batches(source.name()));
      Prompts prompts = SentenceTransformersFolder.prompts(predictor.saved().folder());
      Duration loading = Duration.ofNanos(System.nanoTime() - begun);
      return new ServedModel(source, predictor, batcher, sample, prompts, loading, whenUnused);
    } catch (RuntimeException | Error e) {
      predictor.close();
      throw e;
    }
  }

  private Predictor<Prediction> predictor(ModelSource source) {
    return source
        .applied()
        .map(task -> applied(source.model(), task))
        .orElseGet(() -> Predictor.open(source.folder(), Prediction.class, options()));
  }

  /** What a pretrained model lacks to be served, its configuration tells as that of a run does. */
  private Predictor<Prediction> applied(String model, TaskToApply task) {
    PredictorOptions options = options();
    TaskPlugin<?> plugin = options.tasks().orElseThrow().get(task.task()).plugin();
    Map<String, String> given = new LinkedHashMap<>(task.settings());
    given.put("model", model);
    RunSettings settings =
        AppConfig.of(given, "%s@%s".formatted(model, task.task()), plugin, List.of()).settings();
    PretrainedModel pretrained =
        ModelStore.ofUser(false, DownloadListener.NONE).open(model, Path.of(""));
    Map<String, String> values = new LinkedHashMap<>(task.settings());
    values.putIfAbsent("max-length", Integer.toString(settings.maxLength()));
    return Predictor.apply(pretrained, task.task(), values, Prediction.class, options);
  }

  private PredictorOptions options() {
    return PredictorOptions.DEFAULT
        .withDevice(Device.of(settings.device()))
        .withEngine(Engine.of(settings.engine()))
        .withQuantize(Quantize.of(settings.quantize()))
        .withMaxBatchTokens(settings.maxBatchTokens())
        .withTasks(tasks())
        .withNotice(LOG::warn);
  }

  /** Looked up for each model: a plugin may have been installed since the last. */
  private TaskRegistry tasks() {
    InstalledTasks installed = new InstalledTasks();
    settings.plugins().ifPresent(installed::lookIn);
    return installed.registry();
  }
}
