// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.weights.formats;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.weights.Weight;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tensors as views of one storage of 12 numbers, 0 to 11. */
class TorchTensorsTest {

  private static final int NUMBERS = 12;

  @TempDir private Path folder;

  private record View(int offset, List<Integer> shape, List<Integer> strides) {}

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0 | 12 | 1 | 0 1 2 3 4 5 6 7 8 9 10 11",
        "3 | 2 3 | 3 1 | 3 4 5 6 7 8",
        "0 | 3 2 | 1 3 | 0 3 1 4 2 5",
        "1 | 2 2 | 6 2 | 1 3 7 9",
        "0 | 2 3 2 | 1 2 6 | 0 6 2 8 4 10 1 7 3 9 5 11",
        "11 | 1 1 | 99 7 | 11",
        "5 | '' | '' | 5",
        "12 | 0 3 | 3 1 | ''",
        "0 | 3 0 | 1 1 | ''"
      })
  void numbersComeInRowMajorOrder(int offset, String shape, String strides, String expected)
      throws IOException {
    Weight weight = read(new View(offset, numbers(shape), numbers(strides))).get("w0");
    assertEquals(numbers(shape), weight.shape());
    List<Integer> actual = new ArrayList<>();
    for (float value : floats(weight)) {
      actual.add((int) value);
    }
    assertEquals(numbers(expected), actual);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // Columns, rows, the same in another order or shape, and what only touches.
        "0 | 3 2 | 4 1 | 2 | 3 2 | 4 1",
        "0 | 2 3 | 3 1 | 6 | 2 3 | 3 1",
        "0 | 3 4 | 4 1 | 0 | 4 3 | 1 4",
        "0 | 3 4 | 4 1 | 0 | 12 | 1",
        "0 | 6 | 2 | 0 | 6 | 2",
        "0 | 6 | 2 | 1 | 6 | 2",
        "0 | 12 | 1 | 4 | 0 | 1"
      })
  void viewsMayBeEqualOrApart(
      int offset, String shape, String strides, int offset2, String shape2, String strides2)
      throws IOException {
    Map<String, Weight> weights =
        read(
            new View(offset, numbers(shape), numbers(strides)),
            new View(offset2, numbers(shape2), numbers(strides2)));
    assertEquals(2, weights.size());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0 | 12 | 1 | 11 | 1 | 1",
        "0 | 2 3 | 3 1 | 5 | 2 3 | 3 1",
        "0 | 6 | 2 | 4 | 4 | 2",
        "0 | 6 | 2 | 1 | 4 | 3",
        "0 | 3 2 | 4 1 | 1 | 3 2 | 4 1"
      })
  void viewsThatShareAPartAreRefused(
      int offset, String shape, String strides, int offset2, String shape2, String strides2) {
    assertRefused(
        "weight w1 shares a part of its numbers with another weight of storage 0; save copies of"
            + " both, by .clone()",
        new View(offset, numbers(shape), numbers(strides)),
        new View(offset2, numbers(shape2), numbers(strides2)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"12 | 0", "2 6 | 0 1", "2 3 | 2 1", "3 3 | 1 1", "2 2 2 | 3 2 1"})
  void viewsThatRepeatNumbersAreRefused(String shape, String strides) {
    assertRefused(
        "weight w0 of shape "
            + numbers(shape)
            + " and strides "
            + numbers(strides)
            + " repeats numbers of its storage, as expand() does; save a copy of it, by .clone()",
        new View(0, numbers(shape), numbers(strides)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1 | 12 | 1",
        "13 | 0 | 1",
        "0 | 2 | 12",
        "0 | 2147483647 2147483647 2147483647 | 0 0 0",
        "0 | 2147483647 2147483647 | 2147483647 2147483647",
        "2147483647 | 1 | 1"
      })
  void viewsBeyondTheStorageAreDamage(int offset, String shape, String strides) {
    String damage =
        "weight w0 of shape "
            + numbers(shape)
            + " and strides "
            + numbers(strides)
            + " at "
            + offset
            + " does not lie within the 48 bytes of its storage; the file is damaged or incomplete:"
            + " fetch or copy it again";
    assertRefused(damage, new View(offset, numbers(shape), numbers(strides)));
  }

  @Test
  void oneStorageHasOneType() throws IOException {
    TestPickle pickle = new TestPickle().ops("}(");
    for (String type : List.of("float32", "float16")) {
      pickle
          .text(type)
          .name("torch._utils", "_rebuild_tensor_v3")
          .op('(')
          .storage("UntypedStorage", "0", 4 * NUMBERS)
          .integer(0)
          .tuple(List.of(2))
          .tuple(List.of(1))
          .op(0x89)
          .ops("N")
          .name("torch", type)
          .ops("tR");
    }
    Path file = write(pickle.op('u').end());
    UserException error = assertThrows(UserException.class, () -> WeightFile.read(file));
    assertEquals(
        file
            + ": weights float32 and float16 share storage 0, but not their type; the file is"
            + " damaged or incomplete: fetch or copy it again",
        error.getMessage());
  }

  /** Its dicts are made of lists of pairs, its texts are bytes. */
  @Test
  void whatPython2WroteIsRead() throws IOException {
    TestPickle pickle = new TestPickle().name("collections", "OrderedDict").ops("(](](");
    pickle.op('U', 1, 'a').tensor("0", NUMBERS, 0, List.of(2), List.of(1)).ops("eetR");
    assertEquals(List.of(2), WeightFile.read(write(pickle.end())).weights().get("a").shape());
  }

  @Test
  void tiedWeightsAreTheSameNumbers() throws IOException {
    View view = new View(0, List.of(3, 4), List.of(4, 1));
    Map<String, Weight> weights = read(view, view);
    assertArrayEquals(floats(weights.get("w0")), floats(weights.get("w1")));
  }

  private void assertRefused(String problem, View... views) {
    UserException error = assertThrows(UserException.class, () -> read(views));
    assertEquals(folder.resolve("weights") + ": " + problem, error.getMessage());
  }

  /** Weights w0, w1, ... */
  private Map<String, Weight> read(View... views) throws IOException {
    TestPickle pickle = new TestPickle().ops("}(");
    for (int i = 0; i < views.length; i++) {
      pickle.text("w" + i).tensor("0", NUMBERS, views[i].offset, views[i].shape, views[i].strides);
    }
    return WeightFile.read(write(pickle.op('u').end())).weights();
  }

  private Path write(byte... pickle) throws IOException {
    ByteBuffer numbers = ByteBuffer.allocate(4 * NUMBERS).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < NUMBERS; i++) {
      numbers.putFloat(i);
    }
    byte[] zip = new TestZip().add("a/data.pkl", pickle).add("a/data/0", numbers.array()).end();
    return Files.write(folder.resolve("weights"), zip);
  }

  private static List<Integer> numbers(String text) {
    return text.isEmpty()
        ? List.of()
        : List.of(text.split(" ")).stream().map(Integer::valueOf).toList();
  }

  private static float[] floats(Weight weight) {
    float[] floats = new float[weight.values().remaining()];
    weight.values().get(floats);
    return floats;
  }
}
