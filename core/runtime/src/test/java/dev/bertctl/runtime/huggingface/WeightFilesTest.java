// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.huggingface;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.weights.SafetensorsFile;
import dev.bertctl.runtime.weights.Weight;
import dev.bertctl.runtime.weights.WeightTensor;
import dev.bertctl.runtime.weights.formats.TestTorchFile;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which files of a folder hold its weights. */
class WeightFilesTest {

  private static final Path GOLDEN = Path.of("src/test/resources/golden/weight-files");

  @TempDir private Path folder;

  @BeforeEach
  void writeConfig() throws IOException {
    Files.writeString(folder.resolve("config.json"), "{}");
  }

  @Test
  void transformersOrderIsKept() throws IOException {
    assertFalse(HuggingFaceFolder.matches(folder));
    pytorch("other.pt", weight("a", 1));
    assertEquals(1, only().values().get(0));
    pytorch("shard-1.bin", weight("a", 2));
    index("pytorch_model.bin.index.json", "shard-1.bin");
    assertEquals(2, only().values().get(0));
    pytorch("pytorch_model.bin", weight("a", 3));
    assertEquals(3, only().values().get(0));
    SafetensorsFile.write(folder.resolve("shard.safetensors"), List.of(weight("a", 4)));
    index("model.safetensors.index.json", "shard.safetensors");
    assertEquals(4, only().values().get(0));
    SafetensorsFile.write(folder.resolve("model.safetensors"), List.of(weight("a", 5)));
    assertEquals(5, only().values().get(0));
  }

  @ParameterizedTest
  @ValueSource(strings = {"model.bin", "model.pt", "checkpoint-3.pth", "bert.params"})
  void theOnlyOtherFileIsTaken(String name) throws IOException {
    pytorch(name, weight("a", 1));
    assertTrue(HuggingFaceFolder.matches(folder));
    assertEquals(1, only().values().get(0));
  }

  @Test
  void ofSeveralOtherFilesNoneIsTaken() throws IOException {
    pytorch("optimizer.pt", weight("a", 1));
    pytorch("scheduler.pt", weight("a", 1));
    assertNone();
  }

  /** As ONNX and OpenVINO keep their weights. */
  @Test
  void otherFilesAreTakenForTheirContent() throws IOException {
    Files.write(folder.resolve("openvino_model.bin"), new byte[100]);
    assertNone();
  }

  @Test
  void mxnetsFilesAreRead() throws IOException {
    Files.copy(GOLDEN.resolve("nd.params"), folder.resolve("nd.params"));
    assertEquals(
        List.of("weight", "mean", "half"), List.copyOf(HuggingFaceFolder.weights(folder).keySet()));
  }

  /** They would be loaded without a complaint where a kernel is square. */
  @Test
  void paddlesFilesAreRefused() throws IOException {
    Path file = folder.resolve("model.bin");
    Files.copy(GOLDEN.resolve("state-dict-4.pdparams"), file);
    assertError(
        file
            + ": it is a file of Paddle, whose dense kernels are transposed; convert the model to"
            + " PyTorch's names and layout");
  }

  @Test
  void constantsOfOldVersionsAreLeftOut() throws IOException {
    pytorch("pytorch_model.bin", weight("embeddings.position_ids", 1), weight("bert.a", 1));
    assertEquals("a", only().name());
  }

  @Test
  void aPointerInPlaceOfTheWeightsIsNamed() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("pytorch_model.bin"), "version https://git-lfs.github.com/spec/v1\n");
    assertError(
        file + ": it is a pointer of Git LFS, not the weights; fetch them with git lfs pull");
  }

  @ParameterizedTest
  @ValueSource(strings = {"../a.bin", "/a.bin", "a/b.bin", "a.pt", ".bin", "a.bin\\n"})
  void shardsLieBesideTheirIndex(String name) throws IOException {
    Path index = index("pytorch_model.bin.index.json", name);
    assertError(
        index
            + ": its weight_map names the file \""
            + name
            + "\"; the file is damaged or incomplete: fetch or copy it again");
  }

  @Test
  void aMissingShardIsAnError() throws IOException {
    index("pytorch_model.bin.index.json", "shard-1.bin");
    assertError("cannot read " + folder.resolve("shard-1.bin") + ": no such file");
  }

  private void assertNone() {
    assertFalse(HuggingFaceFolder.matches(folder));
    assertError(
        folder
            + ": none of model.safetensors, model.safetensors.index.json, pytorch_model.bin,"
            + " pytorch_model.bin.index.json; copy the model's weights there");
  }

  @Test
  void weightsOfAFileThatHasChangedAreRefused() throws IOException {
    pytorch("pytorch_model.bin", weight("a", 1));
    Path file = folder.resolve("pytorch_model.bin");
    Weight read = only();
    Files.write(file, Arrays.copyOf(Files.readAllBytes(file), 20));
    assertEquals(
        file + ": has changed while it was read; put a whole copy in its place and begin again",
        assertThrows(UserException.class, read::values).getMessage());
  }

  private void assertError(String message) {
    UserException error =
        assertThrows(UserException.class, () -> HuggingFaceFolder.weights(folder));
    assertEquals(message, error.getMessage());
  }

  private Weight only() {
    Map<String, Weight> weights = HuggingFaceFolder.weights(folder);
    assertEquals(1, weights.size());
    return weights.values().iterator().next();
  }

  private void pytorch(String name, WeightTensor... weights) throws IOException {
    TestTorchFile.write(folder.resolve(name), List.of(weights));
  }

  private Path index(String name, String shard) throws IOException {
    return Files.writeString(folder.resolve(name), "{\"weight_map\": {\"a\": \"" + shard + "\"}}");
  }

  private static WeightTensor weight(String name, float value) {
    return new WeightTensor(name, List.of(1), FloatBuffer.wrap(new float[] {value}));
  }
}
