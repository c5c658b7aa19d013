// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.weights.formats;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.json.JsonFile;
import dev.bertctl.runtime.weights.Weight;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Files that the libraries themselves wrote; see make_weight_files_golden.py. */
class WeightFileGoldenTest {

  private static final Path GOLDEN = golden();

  static Path golden() {
    return Path.of("src/test/resources/golden/weight-files").toAbsolutePath();
  }

  static List<String> readable() throws IOException {
    try (Stream<Path> files = Files.list(GOLDEN)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".json"))
          .map(name -> name.substring(0, name.length() - ".json".length()))
          .sorted()
          .toList();
    }
  }

  /** Exactly: every conversion is exact, or rounds float64 to the nearest as NumPy does. */
  @ParameterizedTest
  @MethodSource("readable")
  void holdsWhatTheLibraryHolds(String name) {
    JsonNode expected = JsonFile.read(GOLDEN.resolve(name + ".json"));
    WeightFile read = WeightFile.read(GOLDEN.resolve(name));
    assertEquals(expected.path("format").asText(), read.format().name());
    JsonNode weights = expected.path("weights");
    assertEquals(
        weights.properties().stream().map(Map.Entry::getKey).toList(),
        List.copyOf(read.weights().keySet()));
    read.weights()
        .forEach(
            (key, weight) -> {
              assertEquals(key, weight.name());
              List<Integer> shape =
                  StreamSupport.stream(weights.path(key).path("shape").spliterator(), false)
                      .map(JsonNode::asInt)
                      .toList();
              assertEquals(shape, weight.shape(), key);
              assertArrayEquals(floats(weights.path(key).path("values")), floats(weight), key);
            });
  }

  @Test
  void eachReaderReadsItsOwn() {
    assertEquals(18, PyTorchFile.weights(GOLDEN.resolve("zip-2.pt")).size());
    assertEquals(18, PyTorchFile.weights(GOLDEN.resolve("legacy-2.pt")).size());
    assertEquals(7, PaddleFile.weights(GOLDEN.resolve("state-dict-4.pdparams")).size());
    assertEquals(3, MxnetFile.weights(GOLDEN.resolve("nd.params")).size());
  }

  /** What stands after the file's name. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "module.pt | its pickle names torch.nn.modules.linear.Linear, which is neither a tensor nor a"
            + " plain container; nothing of it was run: save the model's state_dict() instead",
        "legacy-module.pt | its pickle names torch.nn.modules.linear.Linear, which is neither a tensor"
            + " nor a plain container; nothing of it was run: save the model's state_dict() instead",
        "script.pt | it is a TorchScript archive, a program with its weights; save the model's"
            + " state_dict() with torch.save",
        "expanded.pt | weight wide of shape [2, 3] and strides [0, 1] repeats numbers of its storage,"
            + " as expand() does; save a copy of it, by .clone()",
        "overlapping.pt | weight second shares a part of its numbers with another weight of storage 0;"
            + " save copies of both, by .clone()",
        "float8.pt | weight small is stored as F8_E4M3; bertctl reads F64, F32, F16 and BF16: save the"
            + " model in one of them",
        "tensor.pt | it holds no dict of weights by name, neither as a whole nor under state_dict,"
            + " model_state_dict, model; save the model's state_dict()",
        "list.params | its arrays have no names; save a dict of them, or use save_parameters",
        "sparse.params | array 0 is sparse; save it as a dense one"
      })
  void refusesWhatIsNoStateDict(String name, String problem) {
    Path file = GOLDEN.resolve(name);
    UserException error = assertThrows(UserException.class, () -> WeightFile.read(file));
    assertEquals(file + ": " + problem, error.getMessage());
  }

  @Test
  void knowsWeightFilesByTheirContent() throws IOException {
    for (String name : readable()) {
      assertTrue(WeightFile.isOne(GOLDEN.resolve(name)), name);
    }
    assertEquals(false, WeightFile.isOne(GOLDEN.resolve("zip-2.pt.json")));
  }

  private static float[] floats(Weight weight) {
    float[] floats = new float[weight.values().remaining()];
    weight.values().get(floats);
    return floats;
  }

  private static float[] floats(JsonNode values) {
    float[] floats = new float[values.size()];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) values.get(i).asDouble();
    }
    return floats;
  }
}
