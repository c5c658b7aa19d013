// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.weights.formats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.bertctl.runtime.UserException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files of MXNet that contradict themselves; good ones are in {@link WeightFileGoldenTest}. */
class MxnetFileTest {

  private static final String AGAIN = "; the file is damaged or incomplete: fetch or copy it again";
  private static final int VERSION_2 = 0xf993fac9;
  private static final int VERSION_3 = 0xf993faca;

  @TempDir private Path folder;

  @Test
  void countsThatLieAreDamage() {
    for (long count : new long[] {2, 1L << 40, Long.MAX_VALUE, -1}) {
      assertRefused(
          "it breaks off at byte 76" + AGAIN, file -> array(header(file, count), 1, 1).putLong(1));
    }
    assertRefused(
        "it has 1 arrays and 2 names" + AGAIN, file -> array(header(file, 1), 1, 1).putLong(2));
    assertRefused(
        "it goes on behind its names" + AGAIN,
        file -> name(array(header(file, 1), 1, 1).putLong(1), "a").put((byte) 0));
    assertRefused(
        "it does not begin as a file of MXNet" + AGAIN, file -> file.putLong(0x112).putLong(1));
  }

  @Test
  void namesThatLieAreDamage() {
    assertRefused(
        "array a is there twice" + AGAIN,
        file -> {
          array(array(header(file, 2), 1, 1), 1, 1).putLong(2);
          name(name(file, "arg:a"), "aux:a");
        });
    assertRefused(
        "at byte 84 it announces 18446744073709551615 bytes, 1 are left" + AGAIN,
        file -> array(header(file, 1), 1, 1).putLong(1).putLong(-1).put((byte) 'a'));
    assertRefused(
        "it has a name of 1025 bytes" + AGAIN,
        file -> array(header(file, 1), 1, 1).putLong(1).putLong(1025).put(new byte[1025]));
  }

  @ParameterizedTest
  @CsvSource({"-1", "9", "2147483647"})
  void dimensionsAreFew(int dimensions) {
    assertRefused(
        "array 0 has " + dimensions + " dimensions" + AGAIN,
        file -> header(file, 1).putInt(VERSION_2).putInt(0).putInt(dimensions));
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, Long.MIN_VALUE, 1L << 31})
  void dimensionsAreNumbers(long size) {
    assertRefused(
        "array 0 has a dimension of " + size + AGAIN,
        file -> header(file, 1).putInt(VERSION_2).putInt(0).putInt(1).putLong(size));
  }

  @Test
  void numbersLieWithinTheFile() {
    assertRefused(
        "array 0 of shape [3] does not lie in the 11 bytes left" + AGAIN,
        file -> shape(header(file, 1), 3).put(new byte[11]));
    assertRefused(
        "array 0 of shape [2147483647, 2147483647, 2147483647] does not lie in the 4 bytes left"
            + AGAIN,
        file -> shape(header(file, 1), 0x7fffffff, 0x7fffffff, 0x7fffffff).putInt(0));
  }

  @Test
  void typesAreKnown() {
    assertRefused(
        "array 0 is of the unknown type 13" + AGAIN,
        file ->
            header(file, 1).putInt(VERSION_2).putInt(0).putInt(1).putLong(1).putLong(0).putInt(13));
  }

  /** As parameters are whose shape is not known yet. */
  @Test
  void arraysWithoutContentAreLeftOut() throws IOException {
    Path file =
        write(
            buffer -> {
              header(buffer, 4);
              buffer.putInt(0);
              buffer.putInt(VERSION_2).putInt(0).putInt(1).putLong(0);
              buffer.putInt(VERSION_3).putInt(0).putInt(-1);
              array(buffer, 1, 2).putLong(4);
              List.of("a", "b", "c", "d").forEach(name -> name(buffer, name));
            });
    assertEquals(Set.of("d"), WeightFile.read(file).weights().keySet());
  }

  private static ByteBuffer header(ByteBuffer file, long count) {
    return file.putLong(0x112).putLong(0).putLong(count);
  }

  private static ByteBuffer shape(ByteBuffer file, int... shape) {
    file.putInt(VERSION_2).putInt(0).putInt(shape.length);
    for (int size : shape) {
      file.putLong(size);
    }
    return file.putInt(1).putInt(0).putInt(0);
  }

  /** An array of ones. */
  private static ByteBuffer array(ByteBuffer file, int... shape) {
    shape(file, shape);
    for (int i = 0; i < Arrays.stream(shape).reduce(1, Math::multiplyExact); i++) {
      file.putFloat(1);
    }
    return file;
  }

  private static ByteBuffer name(ByteBuffer file, String name) {
    byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
    return file.putLong(utf8.length).put(utf8);
  }

  private Path write(Consumer<ByteBuffer> content) throws IOException {
    ByteBuffer file = ByteBuffer.allocate(1 << 12).order(ByteOrder.LITTLE_ENDIAN);
    content.accept(file);
    return Files.write(folder.resolve("weights"), Arrays.copyOf(file.array(), file.position()));
  }

  private void assertRefused(String problem, Consumer<ByteBuffer> content) {
    UserException error = assertThrows(UserException.class, () -> WeightFile.read(write(content)));
    assertEquals(folder.resolve("weights") + ": " + problem, error.getMessage());
  }
}
