// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.weights;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.huggingface.ModelFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SafetensorsFileTest {

  private static final String AGAIN = "; the file is damaged or incomplete: fetch or copy it again";

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"float16", "bfloat16"})
  void halfPrecisionReadsToExactFloats(String type) throws Exception {
    Path golden = Path.of(getClass().getResource("/golden/formats/" + type).toURI());
    SafetensorsFile expected = SafetensorsFile.open(golden.resolve("expected.safetensors"));
    SafetensorsFile actual = SafetensorsFile.open(golden.resolve("model.safetensors"));
    assertEquals(expected.names(), actual.names());
    for (String name : expected.names()) {
      assertEquals(expected.shape(name), actual.shape(name));
      assertArrayEquals(
          bits(expected.weight(name).values()), bits(actual.weight(name).values()), name);
    }
  }

  @Test
  void whatIsWrittenReadsBack() {
    Path file = folder.resolve("model.safetensors");
    WeightTensor first = weight("a", List.of(2, 3), 1, 2, 3, 4, 5, 6);
    WeightTensor second = weight("b", List.of(1), -0f);
    SafetensorsFile.write(file, List.of(first, second));
    SafetensorsFile read = SafetensorsFile.open(file);
    assertEquals(List.of("a", "b"), List.copyOf(read.names()));
    assertEquals(ElementType.F32, read.type("a"));
    assertEquals(first, ModelFiles.inMemory(Map.of("a", read.weight("a"))).get("a"));
    assertArrayEquals(bits(second.values()), bits(read.weight("b").values()));
  }

  @Test
  void writesWhatTheReferenceImplementationExpects() throws IOException {
    Path file = folder.resolve("model.safetensors");
    SafetensorsFile.write(file, List.of(weight("a", List.of(2), 1, -2)));
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    int length = (int) bytes.getLong();
    String header = new String(bytes.array(), 8, length, StandardCharsets.UTF_8);
    assertEquals(
        "{\"__metadata__\":{\"format\":\"pt\"},"
            + "\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}",
        header.strip());
    assertEquals(0, length % 8);
    assertEquals(8 + length + 8, bytes.limit());
    assertEquals(1, bytes.getFloat(8 + length));
    assertEquals(-2, bytes.getFloat(8 + length + 4));
  }

  @Test
  void aFailedWriteLeavesNothing() throws IOException {
    WeightTensor wrong = weight("a", List.of(3), 1, 2);
    Path file = folder.resolve("model.safetensors");
    assertThrows(IllegalArgumentException.class, () -> SafetensorsFile.write(file, List.of(wrong)));
    try (var files = Files.list(folder)) {
      assertEquals(0, files.count());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[]|the header is not a JSON object",
        "{\"a\":|the header is not JSON: Unexpected end-of-input within/between Object entries",
        "{\"a\":{},\"a\":{}}|the header is not JSON: Duplicate field 'a'",
        "{\"a\":{\"dtype\":\"F31\",\"shape\":[2],\"data_offsets\":[0,8]}}"
            + "|weight a has the unknown dtype \"F31\"",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0]}}"
            + "|weight a has the data_offsets [0]",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":{\"x\":0,\"y\":8}}}"
            + "|weight a has the data_offsets {\"x\":0,\"y\":8}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,18446744073709551624]}}"
            + "|weight a has the data_offsets [0,18446744073709551624]",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[-2],\"data_offsets\":[0,8]}}"
            + "|weight a has the shape [-2]",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[4294967298],\"data_offsets\":[0,8]}}"
            + "|weight a has the shape [4294967298]",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[-8,0]}}"
            + "|weight a of shape [2] and type F32 cannot lie in bytes -8 to 0",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[8,0]}}"
            + "|weight a of shape [2] and type F32 cannot lie in bytes 8 to 0",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[3],\"data_offsets\":[0,8]}}"
            + "|weight a of shape [3] and type F32 cannot lie in bytes 0 to 8",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2147483647,2147483647,8],\"data_offsets\":[0,8]}}"
            + "|weight a of shape [2147483647, 2147483647, 8] and type F32 cannot lie in bytes"
            + " 0 to 8",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]},"
            + "\"b\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}"
            + "|weight b begins at byte 0, the one before it ends at 4",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}}"
            + "|weight a begins at byte 4, the one before it ends at 0",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}"
            + "|the weights need 4 bytes, the file has 8 for them",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[400000000],\"data_offsets\":[0,1600000000]}}"
            + "|the weights need 1600000000 bytes, the file has 8 for them",
      })
  void aHeaderThatLiesIsAnError(String header, String problem) throws IOException {
    Path file = write(header.getBytes(StandardCharsets.UTF_8).length, header, 8);
    UserException error = assertThrows(UserException.class, () -> SafetensorsFile.open(file));
    assertEquals(file + ": " + problem + AGAIN, error.getMessage());
  }

  @ParameterizedTest
  @CsvSource({"1000", "100000001", "9223372036854775807", "-1", "1"})
  void aHeaderLengthThatLiesIsAnError(long length) throws IOException {
    Path file = write(length, "{}", 0);
    UserException error = assertThrows(UserException.class, () -> SafetensorsFile.open(file));
    assertEquals(
        file
            + ": the header says it is "
            + Long.toUnsignedString(length)
            + " bytes long, in a file of 10 bytes"
            + AGAIN,
        error.getMessage());
  }

  @Test
  void aFileOfAFewBytesIsAnError() throws IOException {
    Path file = Files.write(folder.resolve("x.safetensors"), new byte[] {1, 2, 3});
    UserException error = assertThrows(UserException.class, () -> SafetensorsFile.open(file));
    assertEquals(
        file + ": a safetensors file has 8 bytes or more, this one 3" + AGAIN, error.getMessage());
  }

  @Test
  void aMissingFileIsAnError() {
    Path file = folder.resolve("x.safetensors");
    UserException error = assertThrows(UserException.class, () -> SafetensorsFile.open(file));
    assertEquals("cannot read " + file + ": no such file", error.getMessage());
  }

  @Test
  void weightsInOtherTypesAreAnError() throws IOException {
    String header = "{\"a\":{\"dtype\":\"I64\",\"shape\":[1],\"data_offsets\":[0,8]}}";
    SafetensorsFile file = SafetensorsFile.open(write(header.length(), header, 8));
    UserException error = assertThrows(UserException.class, () -> file.weight("a"));
    assertEquals(
        folder.resolve("x.safetensors")
            + ": weight a is stored as I64; bertctl reads F32, F16 and BF16: save the model in one"
            + " of them",
        error.getMessage());
  }

  /** Whatever a broken disk makes of a header, the only failure is a message for the user. */
  @Test
  void noDamageToTheHeaderIsMoreThanAnError() throws IOException {
    Path file = folder.resolve("model.safetensors");
    SafetensorsFile.write(
        file, List.of(weight("a", List.of(2, 3), 1, 2, 3, 4, 5, 6), weight("b", List.of(1), 7)));
    byte[] whole = Files.readAllBytes(file);
    Random random = new Random(1);
    for (int i = 0; i < 500; i++) {
      byte[] damaged = whole.clone();
      damaged[random.nextInt(whole.length)] = (byte) random.nextInt(256);
      Files.write(file, damaged);
      try {
        SafetensorsFile.open(file).weights();
      } catch (UserException expected) {
        assertTrue(expected.getMessage().contains(file.toString()));
      }
    }
  }

  private Path write(long length, String header, int data) throws IOException {
    byte[] text = header.getBytes(StandardCharsets.UTF_8);
    ByteBuffer bytes =
        ByteBuffer.allocate(8 + text.length + data).order(ByteOrder.LITTLE_ENDIAN).putLong(length);
    return Files.write(folder.resolve("x.safetensors"), bytes.put(text).array());
  }

  private static WeightTensor weight(String name, List<Integer> shape, float... values) {
    return new WeightTensor(name, shape, FloatBuffer.wrap(values));
  }

  private static int[] bits(FloatBuffer values) {
    int[] bits = new int[values.limit()];
    for (int i = 0; i < bits.length; i++) {
      bits[i] = Float.floatToRawIntBits(values.get(i));
    }
    return bits;
  }
}
