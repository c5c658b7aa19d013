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
    String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    boolean isMac = system.startsWith("mac");
    boolean isWindows = system.startsWith("windows");
    String file = NAME + (isMac ? "dylib" : isWindows ? "dll" : "so");
    String processor = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
    String machine =
        (isMac ? "darwin" : isWindows ? "win" : system)
            + "/"
            + (isMac ? processor : processor.replace("x86_64", "amd64"));
    NativeFolder folder =
        NativeFolder.of(
            NativeLibraries.folder()
                .resolve("zstd")
                .resolve(ZstdVersion.VERSION + "-" + machine.replace('/', '-')),
            List.of(file),
            name -> machine + "/" + name);
    if (!folder.hasLibraries()) {
      throw new UserException(
          "zstd is not read on this machine: there is no library for %s; unpack the file: zstd -d FILE"
              .formatted(machine));
    }
    return folder.filled().resolve(file);
  }
}
