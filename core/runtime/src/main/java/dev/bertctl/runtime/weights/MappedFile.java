// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.weights;

import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.files.FileException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.util.function.Supplier;

/** Parts of files as memory; the operating system reads them when they are used. */
public final class MappedFile {

  /** Larger than what a thread has set aside for new objects. */
  private static final int LARGE = 1 << 20;

  /** Keeps the compiler from leaving out an array that nobody reads. */
  private static volatile byte[] made;

  private MappedFile() {}

  /**
   * Maps a part of a file, little-endian and read-only.
   *
   * @param what what the part holds, for errors
   * @throws UserException if the part is longer than 2 GiB, the longest that Java can map
   */
  public static ByteBuffer map(Path file, long begin, long length, String what) {
    if (length > Integer.MAX_VALUE) {
      throw new UserException(
          file + ": " + what + " takes " + length + " bytes; at most 2 GiB can be read");
    }
    try (FileChannel channel = FileChannel.open(file)) {
      if (begin + length > channel.size()) {
        throw FileException.damaged(file, "it has become shorter while it was read");
      }
      return channel.map(MapMode.READ_ONLY, begin, length).order(ByteOrder.LITTLE_ENDIAN);
    } catch (IOException e) {
      throw FileException.reading(file, e);
    }
  }

  /**
   * Compiled code throws the error only when it next comes back from the virtual machine, which
   * makes large arrays; a call of a native method does not count.
   */
  private static void comeBackFromTheVirtualMachine() {
    made = new byte[LARGE];
    made = null;
  }

  /**
   * Reads mapped memory. Where the file behind it has become shorter meanwhile, or its disk fails,
   * Java throws an internal error.
   *
   * @param what the file, for errors
   * @throws UserException if that happens
   */
  public static <T> T reading(String what, Supplier<T> work) {
    try {
      T read = work.get();
      comeBackFromTheVirtualMachine();
      return read;
    } catch (InternalError e) {
      if (e.getMessage() == null || !e.getMessage().contains("unsafe memory access")) {
        throw e;
      }
      throw new UserException(
          what
              + ": has become shorter while it was read, or its disk fails; put a whole copy in its place and begin again",
          e);
    }
  }
}
