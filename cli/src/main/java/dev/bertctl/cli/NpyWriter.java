// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.cli;

import dev.bertctl.runtime.UserException;
import dev.bertctl.spi.decode.Prediction;
import dev.bertctl.spi.decode.Vectors;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Writes vectors as NumPy's .npy, version 1.0: float32 [rows,H], little-endian. The number of rows
 * is known in the end, so the header is written anew then; it has room for any.
 */
final class NpyWriter implements PredictionWriter {

  /** A multiple of 64, as NumPy aligns its own. */
  private static final int HEADER = 128;

  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0};

  private final Path file;
  private final OutputStream output;
  private long rows;
  private int columns = -1;

  NpyWriter(Path file) {
    this.file = file;
    try {
      this.output = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16);
      output.write(new byte[HEADER]);
    } catch (IOException e) {
      throw failed(e);
    }
  }

  @Override
  public void write(Map<String, Object> inputColumns, Prediction prediction) {
    if (!(prediction instanceof Vectors vectors)) {
      throw new UserException(
          "the task's predictions are no vectors, which .npy holds; name the output .jsonl, .csv or .tsv");
    }
    vectors.vectors().forEach(this::write);
  }

  private void write(float[] vector) {
    if (columns >= 0 && columns != vector.length) {
      throw new UserException(
          "vectors of %d and of %d numbers do not fit into one .npy; name the output .jsonl"
              .formatted(columns, vector.length));
    }
    columns = vector.length;
    rows++;
    ByteBuffer bytes =
        ByteBuffer.allocate(vector.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(vector);
    try {
      output.write(bytes.array());
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private byte[] header() {
    String description =
        "{'descr': '<f4', 'fortran_order': False, 'shape': (%d, %d), }"
            .formatted(rows, Math.max(0, columns));
    ByteBuffer header = ByteBuffer.allocate(HEADER).order(ByteOrder.LITTLE_ENDIAN);
    header.put(MAGIC).putShort((short) (HEADER - MAGIC.length - Short.BYTES));
    header.put(description.getBytes(StandardCharsets.US_ASCII));
    while (header.remaining() > 1) {
      header.put((byte) ' ');
    }
    return header.put((byte) '\n').array();
  }

  @Override
  public void close() {
    try {
      output.close();
      try (RandomAccessFile whole = new RandomAccessFile(file.toFile(), "rw")) {
        whole.write(header());
      }
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private UserException failed(IOException e) {
    return new UserException(file + ": cannot be written: " + e, e);
  }
}
