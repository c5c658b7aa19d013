// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.tensorflow;

import com.sun.jna.Platform;
import dev.bertctl.runtime.files.FileException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.CRC32;

/**
 * JNA's own library, which it would unpack for every process, into a temporary folder. It has to be
 * that of the JNA which is on the class path: a host may bring another version than bertctl.
 */
final class JnaLibrary {

  private static final String FILE =
      System.mapLibraryName("jnidispatch").replace(".dylib", ".jnilib");
  private static final String RESOURCES = "com/sun/jna/" + Platform.RESOURCE_PREFIX + "/";

  /** Properties that JNA sets when it loads its library. */
  static final List<String> SET_BY_JNA =
      List.of("jnidispatch.path", "jna.loaded", "jna.platform.library.path");

  private JnaLibrary() {}

  /**
   * Tells JNA where its library is, if there is one for this machine.
   *
   * @param folder where libraries are kept
   * @throws dev.bertctl.runtime.UserException if it cannot be unpacked
   */
  static void lend(LentProperties properties, Path folder) {
    NativeFolder libraries = libraries(folder);
    if (libraries.hasLibraries()) {
      properties.set("jna.boot.library.path", libraries.filled().toString());
      properties.set("jna.nounpack", "true");
    }
  }

  /** Where it is, or is to be. */
  static NativeFolder libraries(Path folder) {
    // JNA would say its version only after loading the library.
    return NativeFolder.of(
        folder.resolve("jna").resolve(checksum() + "-" + Platform.RESOURCE_PREFIX),
        List.of(FILE),
        RESOURCES::concat);
  }

  private static String checksum() {
    CRC32 checksum = new CRC32();
    ClassLoader classes = JnaLibrary.class.getClassLoader();
    try (InputStream library = classes.getResourceAsStream(RESOURCES + FILE)) {
      checksum.update(library == null ? new byte[0] : library.readAllBytes());
    } catch (IOException e) {
      throw FileException.reading(Path.of(RESOURCES + FILE), e);
    }
    return Long.toHexString(checksum.getValue());
  }
}
