// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.files;

import com.sun.jna.LastErrorException;
import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.Platform;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Two folders that change places in one step, so that at no moment either is missing. Java has no
 * such operation; Linux has, since 3.15, on its usual file systems.
 */
final class FolderExchange {

  private static final int CURRENT_FOLDER = -100;
  private static final int RENAME_EXCHANGE = 2;

  /** Errors of a file system or a kernel that cannot, rather than will not. */
  private static final int EINVAL = 22;

  private static final int ENOSYS = 38;

  private static final int EOPNOTSUPP = 95;

  /** Names of files are in the encoding that Java takes them from. */
  private static final Map<String, ?> NAMES =
      Map.of(Library.OPTION_STRING_ENCODING, System.getProperty("sun.jnu.encoding"));

  private FolderExchange() {}

  /** The C library. */
  private interface CLibrary extends Library {
    int renameat2(int fromFolder, String from, int toFolder, String to, int flags)
        throws LastErrorException;
  }

  /**
   * Exchanges two folders of one disk.
   *
   * @return whether it was done; false where the system or the disk has no such operation
   * @throws IOException if the file system refuses
   */
  static boolean exchange(Path one, Path other) throws IOException {
    if (!Platform.isLinux() || one.getFileSystem() != FileSystems.getDefault()) {
      return false;
    }
    try {
      Native.load("c", CLibrary.class, NAMES)
          .renameat2(
              CURRENT_FOLDER, one.toString(), CURRENT_FOLDER, other.toString(), RENAME_EXCHANGE);
      return true;
    } catch (LastErrorException e) {
      if (List.of(EINVAL, ENOSYS, EOPNOTSUPP).contains(e.getErrorCode())) {
        return false;
      }
      throw new IOException("cannot exchange it with %s: %s".formatted(one, e.getMessage()), e);
    } catch (UnsatisfiedLinkError e) {
      // A C library older than the operation, or JNA's own library cannot be unpacked: it then
      // goes without, as on other systems.
      return false;
    }
  }
}
