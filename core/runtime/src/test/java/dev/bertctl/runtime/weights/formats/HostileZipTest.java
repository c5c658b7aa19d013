// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.weights.formats;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.weights.Weight;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Zip files that say other things than they hold, or hold other things than PyTorch's. */
class HostileZipTest {

  private static final String AGAIN = "; the file is damaged or incomplete: fetch or copy it again";
  private static final byte[] TWO =
      ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putFloat(1).putFloat(2).array();
  private static final byte[] PICKLE =
      new TestPickle().ops("}").text("a").tensor("0", 2, 0, List.of(2), List.of(1)).ops("s").end();

  @TempDir private Path folder;

  private static TestZip good() {
    return new TestZip().add("any name/data.pkl", PICKLE).add("any name/data/0", TWO);
  }

  @Test
  void theFolderMayHaveAnyName() throws IOException {
    Weight weight = read(good().add("any name/byteorder", "little".getBytes(UTF_8)).end());
    assertArrayEquals(new float[] {1, 2}, floats(weight));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"../a", "any name/../../a", "/etc/passwd", "a\\..\\b", "C:/a", "a\u0000b", ""})
  void namesThatLeaveTheFolderAreRefused(String name) {
    assertRefused(
        "its zip directory has an entry of the name '" + name.replace('\u0000', '?') + "'" + AGAIN,
        good().add(name, TWO).end());
  }

  @Test
  void aNameStandsForOneEntry() {
    assertRefused(
        "its zip directory has the entry any name/data/0 twice" + AGAIN,
        good().add("any name/data/0", TWO).end());
  }

  @Test
  void whatPytorchNeverWritesIsRefused() {
    assertRefused(
        "its entry any name/x is compressed, as PyTorch never does it; save the weights anew with"
            + " torch.save",
        good().add("any name/x", TWO, entry -> entry.method(8).sizes(8, 1L << 40)).end());
    assertRefused(
        "its entry any name/x is encrypted; decrypt it first",
        good().add("any name/x", TWO, entry -> entry.flagged(1)).end());
    assertRefused(
        "it is a TorchScript archive, a program with its weights; save the model's state_dict()"
            + " with torch.save",
        good().add("any name/code/model.py", TWO).end());
    assertRefused(
        "it is a TorchScript archive, a program with its weights; save the model's state_dict()"
            + " with torch.save",
        good().add("any name/constants.pkl", TWO).end());
    assertRefused(
        "its numbers have the byte order 'big'; save it anew on a little-endian machine",
        good().add("any name/byteorder", "big".getBytes(UTF_8)).end());
  }

  @Test
  void thePickleIsThereOnce() {
    assertRefused(
        "it is a zip file with 2 files data.pkl, PyTorch's have one; save the model's state_dict()"
            + " with torch.save",
        good().add("other/data.pkl", PICKLE).end());
    assertRefused(
        "it is a zip file with 0 files data.pkl, PyTorch's have one; save the model's state_dict()"
            + " with torch.save",
        new TestZip().add("arr_0.npy", TWO).end());
    assertRefused(
        "its data.pkl goes on behind its end" + AGAIN,
        new TestZip()
            .add("a/data.pkl", Arrays.copyOf(PICKLE, PICKLE.length + 1))
            .add("a/data/0", TWO)
            .end());
  }

  @Test
  void storagesAreThereAndAsLongAsThePickleSays() {
    assertRefused(
        "it has no bytes of storage 0; its pickle says 8" + AGAIN,
        new TestZip().add("a/data.pkl", PICKLE).add("b/data/0", TWO).end());
    assertRefused(
        "it has 7 bytes of storage 0; its pickle says 8" + AGAIN,
        new TestZip().add("a/data.pkl", PICKLE).add("a/data/0", new byte[7]).end());
  }

  @Test
  void sizesThatLieAreDamage() {
    assertRefused(
        "its entry a/data/0 is stored as it is, but in 8 bytes instead of 4294967294" + AGAIN,
        new TestZip().add("a/data/0", TWO, entry -> entry.sizes(8, 0xfffffffeL)).end());
    for (long size : new long[] {9, 0x7fffffffL, 1L << 40, Long.MAX_VALUE, -1L}) {
      // Negative ones are only to be had in the long form, beside another long number.
      assertRefused(
          "its entry a/data/0 of "
              + size
              + " bytes does not lie at byte "
              + (size < 0 ? 1L << 40 : 0)
              + ", where the zip directory has it"
              + AGAIN,
          new TestZip()
              .add("a/data/0", TWO, entry -> entry.sizes(size, size).at(size < 0 ? 1L << 40 : 0))
              .end());
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 38, 40, 10_000, 0xfffffffeL, 1L << 40, Long.MAX_VALUE})
  void placesThatLieAreDamage(long header) {
    assertRefused(
        "its entry b of 8 bytes does not lie at byte "
            + header
            + ", where the zip directory has it"
            + AGAIN,
        new TestZip().add("a", TWO).add("b", TWO, entry -> entry.at(header)).end());
  }

  @Test
  void anEntryIsCalledTheSameInBothPlaces() {
    assertRefused(
        "its entry b of 8 bytes does not lie at byte 0, where the zip directory has it" + AGAIN,
        new TestZip().add("a", TWO, entry -> entry.named("b")).end());
  }

  @Test
  void entriesDoNotOverlap() {
    // The second lies in the content of the first.
    byte[] inner = Arrays.copyOf(TestZip.header("b", 0), 31);
    assertRefused(
        "its entries a and b overlap" + AGAIN,
        new TestZip()
            .add("a", inner)
            .add("c", TWO, entry -> entry.named("b").sizes(0, 0).at(31))
            .end());
  }

  @Test
  void theDirectoryLiesAtTheEnd() {
    byte[] whole = good().end();
    String noEnd = "it does not end as the zip files of PyTorch do" + AGAIN;
    assertRefused(noEnd, Arrays.copyOf(whole, whole.length - 1));
    assertRefused(noEnd, Arrays.copyOf(whole, whole.length + 1));
    assertRefused(noEnd, Arrays.copyOf(whole, 20));
    assertRefused(
        "its zip directory does not lie where its end says" + AGAIN, changed(whole, -6, 1));
    assertRefused(
        "its zip directory does not lie where its end says" + AGAIN, changed(whole, -10, 1));
    assertRefused("its zip directory has 2 entries and says 3" + AGAIN, changed(whole, -12, 1));
    // As if it were in the long form, of which there is none.
    for (int at = -6; at < -2; at++) {
      whole[whole.length + at] = (byte) 0xff;
    }
    assertRefused(noEnd, whole);
  }

  @Test
  void eachRecordOfTheDirectoryIsWhole() {
    byte[] whole = good().end();
    int directory = ByteBuffer.wrap(whole).order(ByteOrder.LITTLE_ENDIAN).getInt(whole.length - 6);
    assertRefused(
        "its zip directory has something else among its entries" + AGAIN,
        changed(whole, directory - whole.length, 1));
    // Its name is one longer, and takes the next one's first byte.
    assertRefused(
        "its zip directory has something else among its entries" + AGAIN,
        changed(whole, directory + 32 - whole.length, 1));
  }

  /** In a file of more than 4 GiB, nearly all of it a hole, everything is in the long form. */
  @Test
  void longFilesAreRead() throws IOException {
    Path file = folder.resolve("long.pt");
    String padding = "a/.data/padding";
    long hole = (1L << 32) + 64;
    long second = TestZip.header(padding, 0).length + hole;
    byte[] data = new TestZip().add("a/data.pkl", PICKLE).add("a/data/0", TWO).end();
    int entries = TestZip.header("a/data.pkl", 0).length + PICKLE.length;
    int dataLength = entries + TestZip.header("a/data/0", 0).length + TWO.length;
    byte[] directory =
        TestZip.directory(
            List.of(
                new TestZip.Entry(padding, 0, 0, hole, hole, 0),
                new TestZip.Entry("a/data.pkl", 0, 0, PICKLE.length, PICKLE.length, second),
                new TestZip.Entry("a/data/0", 0, 0, TWO.length, TWO.length, second + entries)));
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(TestZip.header(padding, -1)), 0);
      channel.write(ByteBuffer.wrap(data, 0, dataLength), second);
      channel.write(ByteBuffer.wrap(directory), second + dataLength);
      channel.write(
          ByteBuffer.wrap(TestZip.end(3, directory.length, second + dataLength)),
          second + dataLength + directory.length);
    }
    assertArrayEquals(new float[] {1, 2}, floats(WeightFile.read(file).weights().get("a")));
  }

  private static byte[] changed(byte[] whole, int fromEnd, int by) {
    byte[] changed = whole.clone();
    changed[whole.length + fromEnd] += (byte) by;
    return changed;
  }

  private Weight read(byte... zip) throws IOException {
    return WeightFile.read(Files.write(folder.resolve("weights"), zip)).weights().get("a");
  }

  private static float[] floats(Weight weight) {
    float[] floats = new float[weight.values().remaining()];
    weight.values().get(floats);
    return floats;
  }

  private void assertRefused(String problem, byte... zip) {
    UserException error = assertThrows(UserException.class, () -> read(zip));
    assertEquals(folder.resolve("weights") + ": " + problem, error.getMessage());
  }
}
