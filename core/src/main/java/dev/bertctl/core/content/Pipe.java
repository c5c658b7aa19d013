// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.content;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;

/**
 * A named pipe, which gives each byte once: what it gave is kept in a temporary file, so that it
 * can be read from its beginning again. The file has no name, and is gone with the process.
 */
final class Pipe {

  private final Path path;
  private InputStream source;
  private FileChannel kept;
  private boolean ended;

  Pipe(Path path) {
    this.path = path;
  }

  /** Its bytes from the first; the pipe is opened, and waits for who writes, at the first time. */
  synchronized InputStream open() throws IOException {
    if (kept == null) {
      kept =
          FileChannel.open(
              Files.createTempFile("bertctl-pipe-", ".bin"),
              StandardOpenOption.READ,
              StandardOpenOption.WRITE,
              StandardOpenOption.DELETE_ON_CLOSE);
      source = Files.newInputStream(path);
    }
    return new Reading();
  }

  /** Bytes from a position on; as many as are there, else those that the pipe gives next. */
  private synchronized int read(long position, byte[] target, int start, int length)
      throws IOException {
    if (position < kept.size()) {
      return kept.read(ByteBuffer.wrap(target, start, length), position);
    }
    if (ended) {
      return -1;
    }
    int count = source.read(target, start, length);
    if (count < 0) {
      ended = true;
      source.close();
      return -1;
    }
    ByteBuffer bytes = ByteBuffer.wrap(target, start, count);
    for (long at = position; bytes.hasRemaining(); ) {
      at += kept.write(bytes, at);
    }
    return count;
  }

  /** One of those who read it. */
  private final class Reading extends InputStream {

    private long position;

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int start, int length) throws IOException {
      Objects.checkFromIndexSize(start, length, target.length);
      if (length == 0) {
        return 0;
      }
      int count = Pipe.this.read(position, target, start, length);
      position += Math.max(0, count);
      return count;
    }
  }
}
