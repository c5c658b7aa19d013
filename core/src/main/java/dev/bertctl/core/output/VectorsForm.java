// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.output;

import dev.bertctl.runtime.UserException;
import dev.bertctl.spi.data.Example;
import dev.bertctl.spi.decode.Prediction;
import dev.bertctl.spi.decode.Vectors;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * Vectors as NumPy's .npy, version 1.0: float32 [rows,H], little-endian. The number of rows is
 * known in the end, so the header is written anew then; it has room for any. Until then it is
 * blank.
 */
final class VectorsForm<X extends Example, P extends Prediction> implements PredictionForm<X, P> {

  /** A multiple of 64, as NumPy aligns its own. */
  private static final int HEADER = 128;

  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0};

  /** Numbers of a vector; negative before the first one. */
  private int width = -1;

  @Override
  public byte[] part(X example, P prediction, long place) {
    if (!(prediction instanceof Vectors vectors)) {
      throw new UserException(
          "the task's predictions are no vectors, which .npy holds; name the output "
              + PredictionForms.ROWS);
    }
    List<float[]> rows = vectors.vectors();
    rows.forEach(this::check);
    int header = place == 0 ? HEADER : 0;
    ByteBuffer bytes =
        ByteBuffer.allocate(header + rows.size() * Math.max(0, width) * Float.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN)
            .position(header);
    for (float[] row : rows) {
      for (float number : row) {
        bytes.putFloat(number);
      }
    }
    return bytes.array();
  }

  private void check(float[] vector) {
    if (width >= 0 && width != vector.length) {
      throw new UserException(
          "vectors of %d and of %d numbers do not fit into one .npy; name the output .jsonl"
              .formatted(width, vector.length));
    }
    width = vector.length;
  }

  /** Of no examples there is a header. */
  @Override
  public byte[] end(long places) {
    return new byte[places == 0 ? HEADER : 0];
  }

  @Override
  public String memo() {
    return Integer.toString(width);
  }

  @Override
  public void recall(String memo) {
    width = Integer.parseInt(memo);
  }

  @Override
  public Path complete(Path grown) throws IOException {
    try (RandomAccessFile whole = new RandomAccessFile(grown.toFile(), "rw")) {
      long row = (long) width * Float.BYTES;
      whole.write(header(row > 0 ? (whole.length() - HEADER) / row : 0));
    }
    return grown;
  }

  private byte[] header(long rows) {
    String description =
        "{'descr': '<f4', 'fortran_order': False, 'shape': (%d, %d), }"
            .formatted(rows, Math.max(0, width));
    ByteBuffer header = ByteBuffer.allocate(HEADER).order(ByteOrder.LITTLE_ENDIAN);
    header.put(MAGIC).putShort((short) (HEADER - MAGIC.length - Short.BYTES));
    header.put(description.getBytes(StandardCharsets.US_ASCII));
    while (header.remaining() > 1) {
      header.put((byte) ' ');
    }
    return header.put((byte) '\n').array();
  }
}
