// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.weights.formats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.bertctl.runtime.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files of Paddle that contradict themselves; good ones are in {@link WeightFileGoldenTest}. */
class PaddleFileTest {

  private static final String AGAIN = "; the file is damaged or incomplete: fetch or copy it again";

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2 | 7",
        "2 | 9",
        "0 | 4",
        "2147483647 2147483647 2147483647 | 8",
        "2147483647 2147483647 | 8"
      })
  void arraysAreAsLongAsTheirShapeSays(String shape, int bytes) {
    List<Integer> sizes = List.of(shape.split(" ")).stream().map(Integer::valueOf).toList();
    assertRefused(
        "weight a of shape " + sizes + " and type <f4 cannot lie in " + bytes + " bytes" + AGAIN,
        array(dict(), sizes, "f4", "<", bytes).ops("s").end());
  }

  @Test
  void bigEndianIsRefused() {
    assertRefused(
        "weight a is big-endian; save it anew on a little-endian machine",
        array(dict(), List.of(2), "f4", ">", 8).ops("s").end());
  }

  @Test
  void otherTypesAreLeftOut() throws IOException {
    TestPickle pickle = array(dict(), List.of(2), "U8", "<", 3).ops("s").text("b");
    byte[] file = array(pickle, List.of(2), "f4", "<", 8).ops("s").end();
    assertEquals(Set.of("b"), read(file).weights().keySet());
  }

  @Test
  void arraysInPartsAreRefused() {
    assertRefused(
        "its arrays are in parts; save it anew with paddle.save(..., protocol=4)",
        new TestPickle().ops("}").text("UnpackBigParamInfor@@").ops("}s").end());
  }

  @Test
  void nothingFollowsThePickle() {
    assertRefused(
        "it goes on behind its pickle" + AGAIN,
        array(dict(), List.of(2), "f4", "<", 8).ops("s.").end());
  }

  @Test
  void arraysThatAreNeverToldTheirContentAreLeftOut() {
    assertRefused(
        "it holds no dict of weights by name, neither as a whole nor under state_dict,"
            + " model_state_dict, model; save the model's state_dict()",
        dict().ops("NsN0").end());
  }

  private static TestPickle dict() {
    return new TestPickle().ops("}").text("a");
  }

  /** An array of zeros. */
  private static TestPickle array(
      TestPickle pickle, List<Integer> shape, String type, String order, int bytes) {
    return pickle
        .name("numpy.core.multiarray", "_reconstruct")
        .op('(')
        .name("numpy", "ndarray")
        .ops(")NtR(")
        .integer(1)
        .tuple(shape)
        .name("numpy", "dtype")
        .op('(')
        .text(type)
        .ops("tR(")
        .integer(3)
        .text(order)
        .ops("tb")
        .op(0x89, 'B')
        .u32(bytes)
        .raw(new byte[bytes])
        .ops("tb");
  }

  private WeightFile read(byte... pickle) throws IOException {
    return WeightFile.read(Files.write(folder.resolve("weights"), pickle));
  }

  private void assertRefused(String problem, byte... pickle) {
    UserException error = assertThrows(UserException.class, () -> read(pickle));
    assertEquals(folder.resolve("weights") + ": " + problem, error.getMessage());
  }
}
