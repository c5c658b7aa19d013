// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.bertctl.core.models.NewFolder;
import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.engine.Engine;
import dev.bertctl.runtime.engine.InferenceModels;
import dev.bertctl.runtime.engine.Quantize;
import dev.bertctl.runtime.huggingface.ModelFiles;
import dev.bertctl.runtime.huggingface.ModelLoader;
import dev.bertctl.runtime.huggingface.PretrainedModel;
import dev.bertctl.runtime.tensorflow.ComputeDevice;
import dev.bertctl.runtime.tokenize.Tokenizers;
import dev.bertctl.runtime.weights.WeightAccount;
import dev.bertctl.runtime.weights.WeightTensor;
import dev.bertctl.spi.head.ClassifierHead;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ModelExportTest {

  @TempDir Path folder;

  @Test
  void exportsWithoutHeadAndReadsBack() throws IOException {
    Map<String, WeightTensor> weights = ModelFiles.withoutPooler();
    WeightTensor head =
        new WeightTensor("classifier.bias", List.of(2), FloatBuffer.wrap(new float[] {1, 2}));
    weights.put(head.name(), head);
    ModelFiles.writeHuggingFace(folder, weights);
    Path target = Files.createDirectory(folder.resolve("export"));
    WeightAccount account = export("model", target);
    assertEquals(List.of(), account.initialized());
    assertEquals(List.of("classifier.bias"), account.leftOver());
    PretrainedModel exported = open("export");
    assertEquals(ModelFiles.CONFIG, exported.config());
    assertEquals(ModelFiles.withoutPooler(), ModelFiles.inMemory(exported.weights()));
    UserException error = assertThrows(UserException.class, () -> export("model", target));
    assertEquals(target + " is not empty; name a new directory", error.getMessage());
  }

  @Test
  void whatAKilledExportLeftIsClearedAway() throws IOException {
    ModelFiles.writeHuggingFace(folder, ModelFiles.weights());
    Path part = Files.createDirectories(folder.resolve(".export.part/model"));
    Files.writeString(part.resolve("model.safetensors.index.json"), "half");

    export("model", folder.resolve("export"));

    assertEquals(ModelFiles.weights(), ModelFiles.inMemory(open("export").weights()));
    assertFalse(Files.exists(folder.resolve("export/model.safetensors.index.json")));
    assertFalse(Files.exists(folder.resolve(".export.part")));
  }

  @Test
  void theTargetCanBeLookedAtBeforeTheModel() throws IOException {
    Path file = Files.createFile(folder.resolve("export"));
    assertEquals(
        file + " is a file; name a new directory",
        assertThrows(UserException.class, () -> NewFolder.requireNew(file)).getMessage());
  }

  @ParameterizedTest
  @CsvSource({
    "ONNX, 'config.json model.onnx tokenizer.json tokenizer_config.json vocab.txt'",
    "SAVEDMODEL,"
        + " 'config.json saved_model.pb tokenizer.json tokenizer_config.json variables vocab.txt'",
    "HUGGINGFACE, 'config.json model.safetensors tokenizer.json tokenizer_config.json vocab.txt'"
  })
  void aHeadIsWrittenWithWhatStandsBesideIt(ExportFormat format, String files) throws IOException {
    Path target = folder.resolve("out");

    ModelExport.of("toy", head(), withHead()).write(format, Quantize.NONE, target);

    try (Stream<Path> written = Files.list(target)) {
      assertEquals(
          Set.of(files.split(" ")),
          written.map(file -> file.getFileName().toString()).collect(Collectors.toSet()));
    }
  }

  @Test
  void aModelWithoutTheHeadIsRefusedAndNothingIsLeft() throws IOException {
    ModelFiles.writeHuggingFace(folder, ModelFiles.weights());
    UserException error =
        assertThrows(
            UserException.class,
            () ->
                ModelExport.of("toy", head(), open("model"))
                    .write(ExportFormat.ONNX, Quantize.NONE, folder.resolve("out")));
    assertEquals(
        "model model cannot be exported with the head of task 'toy': it lacks the weights"
            + " classifier.weight, classifier.bias; fine-tune it on the task, or export its encoder"
            + " alone",
        error.getMessage());
    assertFalse(Files.exists(folder.resolve("out")));
    assertFalse(Files.exists(folder.resolve(".out.part")));
  }

  @ParameterizedTest
  @EnumSource(ExportFormat.class)
  void weightsThatChangeBeforeTheyAreWrittenAreRefusedAndNothingIsLeft(ExportFormat format)
      throws IOException {
    PretrainedModel model = withHead();
    ModelExport export = ModelExport.of("toy", head(), model);
    Path weights = cutShort(model);
    assertChanged(weights, () -> export.write(format, Quantize.NONE, folder.resolve("out")));
    assertFalse(Files.exists(folder.resolve("out")));
  }

  /** Mapped memory, if anything read it, would end the process in native code. */
  @ParameterizedTest
  @EnumSource(names = {"TENSORFLOW", "ONNXRUNTIME"})
  void weightsThatChangeBeforeTheyAreLoadedAreRefused(Engine engine) throws IOException {
    PretrainedModel model = withHead();
    Path weights = cutShort(model);
    assertChanged(
        weights,
        () ->
            InferenceModels.open(
                "toy",
                model.config(),
                head(),
                Tokenizers.vocabulary(model.directory()),
                model,
                engine,
                Quantize.NONE,
                ComputeDevice.CPU));
  }

  private static Path cutShort(PretrainedModel model) throws IOException {
    Path weights = model.directory().resolve("model.safetensors");
    try (FileChannel channel = FileChannel.open(weights, StandardOpenOption.WRITE)) {
      channel.truncate(100);
    }
    return weights;
  }

  private static void assertChanged(Path file, Executable action) {
    assertEquals(
        file + ": has changed while it was read; put a whole copy in its place and begin again",
        assertThrows(UserException.class, action).getMessage());
  }

  private static ClassifierHead head() {
    return new ClassifierHead(List.of("no", "yes"));
  }

  private PretrainedModel withHead() throws IOException {
    int hidden = ModelFiles.CONFIG.hiddenSize();
    Map<String, WeightTensor> weights = ModelFiles.weights();
    weights.put(
        "classifier.weight",
        new WeightTensor(
            "classifier.weight", List.of(2, hidden), FloatBuffer.allocate(2 * hidden)));
    weights.put(
        "classifier.bias",
        new WeightTensor("classifier.bias", List.of(2), FloatBuffer.wrap(new float[] {1, 2})));
    ModelFiles.writeHuggingFace(folder, weights);
    return open("model");
  }

  private PretrainedModel open(String name) {
    return ModelLoader.load(name, folder.resolve(name));
  }

  private WeightAccount export(String name, Path target) {
    return ModelExport.ofEncoder(open(name)).write(ExportFormat.HUGGINGFACE, Quantize.NONE, target);
  }
}
