// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.weights;

import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.files.FileException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;

/**
 * A file whose parts are read when they are used. They are copied, not mapped: where a mapped file
 * becomes shorter, Java code ends in an internal error and native code with the whole process. All
 * parts are of one file: if it is changed or replaced between two reads, the second is refused.
 */
public final class StoredFile {

  /** For each read the system's interface takes a buffer as long, which a thread then keeps. */
  private static final int BYTES_AT_ONCE = 1 << 20;

  private final Path path;
  private final State state;

  private StoredFile(Path path, State state) {
    this.path = path;
    this.state = state;
  }

  /** What changes with the contents. */
  private record State(long bytes, FileTime modified, Object key) {

    static State of(Path file) throws IOException {
      BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
      return new State(now.size(), now.lastModifiedTime(), now.fileKey());
    }
  }

  /**
   * A file as it is now.
   *
   * @throws FileException if there is none
   */
  public static StoredFile of(Path file) {
    try {
      return new StoredFile(file, State.of(file));
    } catch (IOException e) {
      throw FileException.reading(file, e);
    }
  }

  /** Its path, for errors. */
  public Path path() {
    return path;
  }

  /** How long it is. */
  public long bytes() {
    return state.bytes;
  }

  /**
   * Reads a part, little-endian.
   *
   * @param what what the part holds, for errors
   * @throws UserException if the file has changed, or the part is longer than 2 GiB, the most that
   *     a buffer of Java holds
   */
  public ByteBuffer read(long begin, long length, String what) {
    // Arrays of the last few lengths below 2^31 cannot be made.
    if (length > Integer.MAX_VALUE - 8) {
      throw new UserException(
          path + ": " + what + " takes " + length + " bytes; at most 2 GiB can be read");
    }
    try {
      ByteBuffer part = read(begin, (int) length);
      if (part.hasRemaining() || !State.of(path).equals(state)) {
        throw new UserException(
            path
                + ": has changed while it was read; put a whole copy in its place and begin again");
      }
      return part.flip();
    } catch (IOException e) {
      throw FileException.reading(path, e);
    }
  }

  /** As many bytes as there are, up to a length. */
  private ByteBuffer read(long begin, int length) throws IOException {
    ByteBuffer part = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    try (FileChannel channel = FileChannel.open(path)) {
      int read = 0;
      while (read >= 0 && part.position() < length) {
        part.limit(Math.min(length, part.position() + BYTES_AT_ONCE));
        read = channel.read(part, begin + part.position());
      }
    }
    return part.limit(length);
  }
}
