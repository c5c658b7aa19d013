// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.output;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bertctl.core.output.PredictionTarget.Start;
import dev.bertctl.runtime.UserException;
import dev.bertctl.spi.decode.Prediction;
import dev.bertctl.spi.decode.Vectors;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VectorsFormTest {

  private static final Rows NOTHING = new Rows(Map.of());

  @TempDir Path folder;

  private record Embedded(List<float[]> vectors) implements Prediction, Vectors {

    @Override
    public Map<String, Object> fields() {
      return Map.of();
    }
  }

  /** As numpy.save writes an array of two rows of three. */
  @Test
  void theHeaderIsNumPys() throws IOException {
    byte[] file = written(embedded(new float[] {1, 2, 3}), embedded(new float[] {4, 5, 6}));

    assertEquals(
        "934e554d50590100", HexFormat.of().formatHex(file, 0, 8), "magic number and version 1.0");
    assertEquals("7600", HexFormat.of().formatHex(file, 8, 10), "the header's length");
    String header = new String(file, 10, 0x76, StandardCharsets.US_ASCII);
    assertEquals(
        "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }", header.stripTrailing());
    assertTrue(header.endsWith(" \n"));
    assertEquals(0, (10 + 0x76) % 64);
  }

  @Test
  void valuesAreLittleEndianRowAfterRow() throws IOException {
    byte[] file = written(embedded(new float[] {1, -0.5f}), embedded(new float[] {0, 3.1415927f}));

    assertEquals(
        "0000803f" + "000000bf" + "00000000" + "db0f4940",
        HexFormat.of().formatHex(file, 128, file.length));
  }

  @Test
  void aPredictionOfSeveralVectorsHasSeveralRows() throws IOException {
    byte[] file =
        written(
            embedded(new float[] {1}, new float[] {2}, new float[] {3}),
            embedded(),
            embedded(new float[] {4}));

    assertEquals("(4, 1)", shape(file));
    assertArrayEquals(new float[] {1, 2, 3, 4}, values(file));
  }

  @Test
  void manyRowsAreCountedInTheHeader() throws IOException {
    Embedded one = embedded(new float[384]);
    Embedded[] all = new Embedded[1_000];
    Arrays.fill(all, one);

    byte[] file = written(all);

    assertEquals("(1000, 384)", shape(file));
    assertEquals(128 + 1_000 * 384 * Float.BYTES, file.length);
  }

  @Test
  void withoutAnyVectorTheShapeIsEmpty() throws IOException {
    byte[] file = written();

    assertEquals("(0, 0)", shape(file));
    assertEquals(128, file.length);
  }

  @Test
  void vectorsOfAnotherLengthAreRefused() {
    UserException failure =
        assertThrows(
            UserException.class, () -> written(embedded(new float[384]), embedded(new float[256])));
    assertEquals(
        "vectors of 384 and of 256 numbers do not fit into one .npy; name the output .jsonl",
        failure.getMessage());
  }

  @Test
  void aPredictionWithoutVectorsIsRefused() {
    Prediction label = () -> Map.of("predicted", "yes");

    UserException failure = assertThrows(UserException.class, () -> written(label));

    assertEquals(
        "the task's predictions are no vectors, which .npy holds; name the output .jsonl, .csv,"
            + " .tsv or .parquet",
        failure.getMessage());
  }

  /** Behind a mark the number of columns is known from the memo alone. */
  @Test
  void aFileThatWasCutOffGoesOn() throws IOException {
    Path file = folder.resolve("OUT.NPY");
    try (SavedPredictions<Rows, Prediction> first = Rows.open(file, Start.NEW, Rows.task())) {
      first.accept(NOTHING, embedded(new float[] {1, 2}));
      first.mark(PredictionState.START);
      first.accept(NOTHING, embedded(new float[] {8, 9}));
    }
    try (SavedPredictions<Rows, Prediction> rest = Rows.open(file, Start.RESUME, Rows.task())) {
      assertThrows(UserException.class, () -> rest.accept(NOTHING, embedded(new float[] {3})));
      rest.accept(NOTHING, embedded(new float[] {3, 4}));
      rest.complete();
    }
    assertEquals("(2, 2)", shape(Files.readAllBytes(file)));
    assertArrayEquals(new float[] {1, 2, 3, 4}, values(Files.readAllBytes(file)));
  }

  private static Embedded embedded(float[]... vectors) {
    return new Embedded(List.of(vectors));
  }

  private byte[] written(Prediction... predictions) throws IOException {
    Path file = folder.resolve("vectors.npy");
    try (SavedPredictions<Rows, Prediction> saved = Rows.open(file, Start.OVERWRITE, Rows.task())) {
      for (Prediction prediction : predictions) {
        saved.accept(NOTHING, prediction);
      }
      saved.complete();
    }
    return Files.readAllBytes(file);
  }

  private static String shape(byte[] file) {
    String header = new String(file, 10, 118, StandardCharsets.US_ASCII);
    return header.substring(header.indexOf('('), header.indexOf(')') + 1);
  }

  private static float[] values(byte[] file) {
    ByteBuffer bytes =
        ByteBuffer.wrap(file, 128, file.length - 128).slice().order(ByteOrder.LITTLE_ENDIAN);
    float[] values = new float[bytes.remaining() / Float.BYTES];
    bytes.asFloatBuffer().get(values);
    return values;
  }
}
