// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.content;

import com.github.luben.zstd.util.ZstdVersion;
import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.tensorflow.NativeFolder;
import dev.bertctl.runtime.tensorflow.NativeLibraries;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** The native library that unpacks zstd. */
public final class ZstdLibrary {

  private static final String NAME = "libzstd-jni-" + ZstdVersion.VERSION + ".";

  private ZstdLibrary() {}

  /**
   * Makes it ready to be loaded: by itself it would be unpacked into a temporary folder for each
   * process.
   *
   * @throws UserException if this machine cannot load it
   */
  static synchronized void prepare() {
    if (System.getProperty("ZstdNativePath") == null) {
      Path library = unpacked();
      NativeLibraries.requireLoadable(library, "the library that unpacks zstd");
      System.setProperty("ZstdNativePath", library.toAbsolutePath().toString());
    }
  }

  /**
   * The library, in the folder that bertctl keeps such in.
   *
   * @throws UserException if there is none for this machine, or it cannot be unpacked
   */
  public static Path unpacked() {
    NativeFolder folder = libraries();
    if (!folder.hasLibraries()) {
      throw new UserException(
          "zstd is not read on this machine: there is no library for %s; unpack the file: zstd -d FILE"
              .formatted(machine()));
    }
    return folder.filled().resolve(file());
  }

  /** Where the library is, or is to be. */
  public static NativeFolder libraries() {
    String machine = machine();
    return NativeFolder.of(
        NativeLibraries.folder()
            .resolve("zstd")
            .resolve(ZstdVersion.VERSION + "-" + machine.replace('/', '-')),
        List.of(file()),
        name -> machine + "/" + name);
  }

  private static String file() {
    String system = system();
    return NAME
        + (system.startsWith("mac") ? "dylib" : system.startsWith("windows") ? "dll" : "so");
  }

  private static String machine() {
    String system = system();
    boolean isMac = system.startsWith("mac");
    String processor = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
    return (isMac ? "darwin" : system.startsWith("windows") ? "win" : system)
        + "/"
        + (isMac ? processor : processor.replace("x86_64", "amd64"));
  }

  private static String system() {
    return System.getProperty("os.name").toLowerCase(Locale.ROOT);
  }
}
