// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.weights.formats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.bertctl.runtime.UserException;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files of the form before PyTorch 1.6 that contradict themselves. */
class TorchStreamTest {

  private static final String AGAIN = "; the file is damaged or incomplete: fetch or copy it again";
  private static final String LIST = "its list of storages does not fit its pickle" + AGAIN;

  @TempDir private Path folder;

  // The parts of a good file, to be replaced.
  private byte[] version = new TestPickle().integer(1001).end();
  private byte[] machine = new TestPickle().ops("}").text("little_endian").op(0x88, 's').end();
  private byte[] object =
      new TestPickle().ops("}").text("a").tensor("7", 2, 0, List.of(2), List.of(1)).ops("s").end();
  private byte[] keys = new TestPickle().ops("](").text("7").ops("e").end();
  private long elements = 2;
  private int bytes = 8;

  @Test
  void theseAreThePartsOfAGoodFile() throws IOException {
    assertEquals(List.of(2), WeightFile.read(write()).weights().get("a").shape());
  }

  @Test
  void anotherVersionIsDamage() {
    version = new TestPickle().integer(1002).end();
    assertRefused("it is of no version of PyTorch's format that is known" + AGAIN);
  }

  @Test
  void bigEndianMachinesAreRefused() {
    String refused = "it does not say that it is little-endian; save it anew on such a machine";
    machine = new TestPickle().ops("}").text("little_endian").op(0x89, 's').end();
    assertRefused(refused);
    machine = new TestPickle().ops("N").end();
    assertRefused(refused);
  }

  @Test
  void storagesAreListedOnce() {
    keys = new TestPickle().ops("}").end();
    assertRefused("it has no list of its storages" + AGAIN);
    keys = new TestPickle().ops("]").end();
    assertRefused(LIST);
    keys = new TestPickle().ops("](").text("8").ops("e").end();
    assertRefused(LIST);
    keys = new TestPickle().ops("](NNe").end();
    assertRefused(LIST);
    keys = new TestPickle().ops("](").text("7").text("7").ops("e").end();
    assertRefused(LIST);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 3, 8})
  void storagesAreAsLongAsThePickleSays(long count) {
    elements = count;
    assertRefused("it has " + count + " numbers of storage 7; its pickle says 2" + AGAIN);
  }

  @Test
  void storagesLieWithinTheFile() throws IOException {
    elements = -1;
    long at = Files.size(write()) - 8;
    assertRefused("at byte " + at + " it announces 18446744073709551615 bytes, 8 are left" + AGAIN);
    elements = 2;
    bytes = 7;
    assertRefused("at byte " + at + " it announces 8 bytes, 7 are left" + AGAIN);
    bytes = 9;
    assertRefused("there are 1 bytes behind its last storage" + AGAIN);
  }

  @Test
  void storagesOfStoragesAreRefused() {
    object =
        new TestPickle()
            .op('(')
            .text("storage")
            .name("torch", "FloatStorage")
            .text("7")
            .text("cpu")
            .integer(2)
            .op('(')
            .text("8")
            .integer(0)
            .integer(2)
            .ops("ttQ")
            .end();
    assertRefused(
        "storage 7 is a view of another, as only PyTorch before 0.4 saved them: save the"
            + " state_dict() anew with PyTorch 1.6 or later");
  }

  private Path write() throws IOException {
    byte[] magic = new BigInteger("1950a86a20f9469cfc6c", 16).toByteArray();
    TestPickle whole = new TestPickle().op(0x8a, magic.length);
    for (int i = magic.length - 1; i >= 0; i--) {
      whole.op(magic[i]);
    }
    whole.op('.').raw(version).raw(machine).raw(object).raw(keys).u64(elements);
    whole.raw(new byte[bytes - 1]);
    // Its last byte is the operation that ends a pickle, here a part of a number.
    return Files.write(folder.resolve("weights"), whole.end());
  }

  private void assertRefused(String problem) {
    UserException error = assertThrows(UserException.class, () -> WeightFile.read(write()));
    assertEquals(folder.resolve("weights") + ": " + problem, error.getMessage());
  }
}
