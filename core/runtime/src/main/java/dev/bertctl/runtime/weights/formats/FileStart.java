// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.weights.formats;

import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.files.FileException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** What a file is by its first bytes. */
enum FileStart {
  /** PyTorch's, since version 1.6. */
  ZIP,
  /** A pickle of protocol 2 or later: PyTorch's before 1.6, or Paddle's. */
  PICKLE,
  /** A list of MXNet's arrays. */
  MXNET,
  /** A length, then JSON. */
  SAFETENSORS,
  /** None of these. */
  OTHER;

  private static final int LENGTH = 512;
  private static final int TAR_MARK = 257;
  private static final int ZIP_MARK = 0x04034b50;
  private static final int PICKLE_MARK = 0x80;
  private static final long MXNET_MARK = 0x112;
  private static final int GZIP_MARK = 0x8b1f;

  static FileStart of(Path file, FileChannel channel) throws IOException {
    ByteBuffer start = start(channel);
    if (start.remaining() < 12) {
      return OTHER;
    }
    long first = start.getLong(0);
    if ((int) first == ZIP_MARK) {
      return ZIP;
    } else if ((start.get(0) & 0xff) == PICKLE_MARK && start.get(1) >= 2 && start.get(1) <= 5) {
      return PICKLE;
    } else if (first == MXNET_MARK) {
      return MXNET;
    }
    return first >= 2 && first <= channel.size() - 8 && start.get(8) == '{' ? SAFETENSORS : OTHER;
  }

  /** What to tell about a file that holds no weights that bertctl reads. */
  static UserException refused(Path file, FileChannel channel) throws IOException {
    ByteBuffer start = start(channel);
    if (!start.hasRemaining()) {
      return FileException.damaged(file, "it is empty");
    }
    return new UserException(
        file
            + ": "
            + known(start)
                .orElse(
                    "it is none of the weight files that bertctl reads; they are safetensors,"
                        + " PyTorch's, Paddle's and MXNet's"));
  }

  private static Optional<String> known(ByteBuffer start) {
    String text = StandardCharsets.ISO_8859_1.decode(start.duplicate()).toString();
    String begin = text.stripLeading().toLowerCase(Locale.ROOT);
    String problem = null;
    if (begin.startsWith("version https://git-lfs")) {
      problem = "it is a pointer of Git LFS, not the weights; fetch them with git lfs pull";
    } else if (begin.startsWith("<!doctype html") || begin.startsWith("<html")) {
      problem = "it is a web page, not weights; download the file that the page shows";
    } else if (start.remaining() > 1 && start.getShort(0) == (short) GZIP_MARK) {
      problem = "it is compressed by gzip; unpack it";
    } else if (text.startsWith("ustar", TAR_MARK)) {
      problem =
          "it is a tar archive; unpack it, or, if PyTorch before 0.2 wrote it, save the"
              + " state_dict() anew with PyTorch 1.6 or later";
    } else if (begin.startsWith("\u0089hdf")) {
      problem = "it is an HDF5 file, as Keras writes it; save the model in another format";
    }
    return Optional.ofNullable(problem);
  }

  private static ByteBuffer start(FileChannel channel) throws IOException {
    ByteBuffer start = ByteBuffer.allocate(LENGTH).order(ByteOrder.LITTLE_ENDIAN);
    while (start.hasRemaining() && channel.read(start, start.position()) >= 0) {
      // Reads may be short.
    }
    return start.flip();
  }
}
