// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.predict;

import dev.bertctl.runtime.TinyModel;
import dev.bertctl.runtime.TinyTask;
import dev.bertctl.runtime.registry.FoundTasks;
import dev.bertctl.runtime.registry.PluginRelease;
import dev.bertctl.runtime.registry.RegisteredTask;
import dev.bertctl.runtime.registry.TaskRegistry;
import dev.bertctl.runtime.tensorflow.Device;
import dev.bertctl.spi.Task;
import dev.bertctl.spi.data.LabelledText;
import dev.bertctl.spi.data.Labels;
import dev.bertctl.spi.decode.Classification;
import dev.bertctl.spi.decode.Decoder;
import dev.bertctl.spi.head.ClassifierHead;
import dev.bertctl.spi.packing.TextPacking;
import dev.bertctl.spi.packing.Truncation;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Opens tiny models of pair classification. */
final class OpenTiny {

  private OpenTiny() {}

  /** Options with a plugin that is on no class path. */
  static PredictorOptions options(TinyTask plugin) {
    RegisteredTask task = RegisteredTask.of(plugin, PluginRelease.of(plugin));
    return PredictorOptions.DEFAULT
        .withDevice(Device.of("cpu"))
        .withTasks(TaskRegistry.of(() -> new FoundTasks(List.of(task), List.of())));
  }

  /** The stock classifier. */
  static Predictor<Classification> classifier(Path folder) {
    TinyTask plugin = TinyTask.classifier();
    Path model = TinyModel.write(folder.resolve("model"), plugin, Map.of("labels", "no,yes"), 1);
    return Predictor.open(model, Classification.class, options(plugin));
  }

  /** A classifier whose predictions are made, in a batch's thread, as a test wants. */
  static Predictor<Classification> decoding(
      Path folder, Decoder<LabelledText, Classification> decoder, int maxBatchTokens) {
    TinyTask plugin =
        new TinyTask(
            (Labels labels) ->
                Task.of(
                    TinyTask.reader(labels),
                    new TextPacking(Truncation.LONGEST_FIRST),
                    new ClassifierHead(labels.names()),
                    decoder));
    Path model = TinyModel.write(folder.resolve("model"), plugin, Map.of("labels", "no,yes"), 1);
    return Predictor.open(
        model, Classification.class, options(plugin).withMaxBatchTokens(maxBatchTokens));
  }
}
