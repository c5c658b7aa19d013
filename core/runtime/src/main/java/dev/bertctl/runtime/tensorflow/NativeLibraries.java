// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.tensorflow;

import ai.djl.util.Platform;
import com.sun.jna.NativeLibrary;
import dev.bertctl.runtime.CacheFolder;
import dev.bertctl.runtime.OtherCache;
import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.tensorflow.line.TensorFlowLine;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The native libraries of TensorFlow, of Hugging Face's tokenizers, and of JNA, by which DJL looks
 * for CUDA. They are unpacked from the class path into bertctl's cache folder, and DJL, which would
 * unpack them for one user alone, is told where they are. It opens no socket and reports nothing to
 * its makers. DJL is told by system properties, for as long as it loads a library and no longer.
 * What the user has set, as a system property or in the environment (which DJL puts first), stays.
 */
public final class NativeLibraries {

  /** By which DJL tells JavaCPP about TensorFlow's library. */
  private static final List<String> SET_BY_DJL =
      List.of(
          "org.bytedeco.javacpp.platform.preloadpath",
          "org.bytedeco.javacpp.maxBytes",
          "org.bytedeco.javacpp.maxPhysicalBytes");

  /** Where the user has a library of TensorFlow of their own. */
  static final String TENSORFLOW_PATH = "TENSORFLOW_LIBRARY_PATH";

  private static final String TOKENIZERS_PATH = "RUST_LIBRARY_PATH";

  private NativeLibraries() {}

  /**
   * Where native libraries are kept, with all in it that this machine needs.
   *
   * @throws UserException if they cannot be unpacked
   */
  public static Path unpacked() {
    withTensorFlow(() -> "");
    return withTokenizers(NativeLibraries::folder);
  }

  /**
   * Does work that loads TensorFlow's library. For a machine that there is none for, that fails
   * with DJL's reason.
   *
   * @throws UserException if it cannot be unpacked
   */
  static synchronized <T> T withTensorFlow(Supplier<T> work) {
    try (LentProperties properties = new LentProperties()) {
      return LentClassLoader.during(
          () -> {
            prepareTensorFlow(properties);
            return work.get();
          });
    }
  }

  private static void prepareTensorFlow(LentProperties properties) {
    prepare(properties);
    SET_BY_DJL.forEach(properties::watch);
    if (isSet(TENSORFLOW_PATH)) {
      return;
    }
    Optional<TensorFlowBuild> build = tensorFlow();
    if (build.isEmpty()) {
      return;
    }
    Path libraries = folder(build.get()).filled();
    properties.set(TENSORFLOW_PATH, libraries.toString());
    if (build.get().isCuda()) {
      CudaLibraries.load(libraries);
    }
    // Libraries on the class path would be unpacked once more.
    properties.set("org.bytedeco.javacpp.pathsFirst", "true");
    // JavaCPP, which loads it, wants a folder of its own, though it finds nothing to unpack.
    Path own = NativeFolder.of(folder().resolve("javacpp"), List.of(), "none"::concat).filled();
    properties.set("org.bytedeco.javacpp.cachedir", own.toString());
  }

  /**
   * The build of TensorFlow that fits this machine: for CUDA where there is one and a GPU. None
   * where the class path has none for it.
   */
  static Optional<TensorFlowBuild> tensorFlow() {
    List<TensorFlowBuild> builds = TensorFlowLine.builds(NativeLibraries.class.getClassLoader());
    boolean gpu =
        builds.stream().anyMatch(TensorFlowBuild::isCuda)
            && NvidiaDriver.find().map(driver -> !driver.gpus().isEmpty()).orElse(false);
    return TensorFlowBuild.fitting(builds, gpu);
  }

  /** Whether the class path has a build of TensorFlow for CUDA. */
  public static boolean includeCuda() {
    return TensorFlowLine.builds(NativeLibraries.class.getClassLoader()).stream()
        .anyMatch(TensorFlowBuild::isCuda);
  }

  /** Whether TensorFlow may know what to do with a GPU; of a library of the user's own it may. */
  static boolean mayUseGpu() {
    return isSet(TENSORFLOW_PATH) || tensorFlow().filter(TensorFlowBuild::isCuda).isPresent();
  }

  /**
   * Where the TensorFlow that is used has its libraries.
   *
   * @throws IllegalStateException if there is none for this machine
   */
  static Path tensorFlowFolder() {
    return setPath(TENSORFLOW_PATH)
        .orElseGet(
            () ->
                folder(
                        tensorFlow()
                            .orElseThrow(
                                () -> new IllegalStateException("no TensorFlow for this machine")))
                    .filled());
  }

  static NativeFolder folder(TensorFlowBuild build) {
    String name = String.join("-", build.version(), build.flavor(), build.platform());
    List<String> cuda = build.isCuda() ? CudaLibraries.files() : List.of();
    return new NativeFolder(
        folder().resolve("tensorflow").resolve(name),
        Stream.concat(build.files().stream(), cuda.stream()).toList(),
        file -> cuda.contains(file) ? CudaLibraries.place(file) : build.file(file));
  }

  /** Where the libraries are, or are to be, that this machine needs. */
  public static List<NativeFolder> folders() {
    return Stream.concat(
            tensorFlow().map(NativeLibraries::folder).stream(),
            Stream.of(tokenizers(), JnaLibrary.libraries(folder())))
        .toList();
  }

  /** Does work that calls a library of the system. */
  static synchronized <T> T withJna(Supplier<T> work) {
    try (LentProperties properties = new LentProperties()) {
      prepare(properties);
      return work.get();
    }
  }

  /**
   * Does work that may load the library of the tokenizers. For a machine that there is none for,
   * that fails with DJL's reason.
   *
   * @throws UserException if it cannot be unpacked
   */
  public static synchronized <T> T withTokenizers(Supplier<T> work) {
    try (LentProperties properties = new LentProperties()) {
      return LentClassLoader.during(
          () -> {
            prepareTokenizers(properties);
            return work.get();
          });
    }
  }

  private static void prepareTokenizers(LentProperties properties) {
    prepare(properties);
    if (isSet(TOKENIZERS_PATH) || isSet("RUST_FLAVOR")) {
      return;
    }
    NativeFolder libraries = tokenizers();
    if (libraries.hasLibraries()) {
      properties.set(
          TOKENIZERS_PATH,
          libraries.filled().resolve(System.mapLibraryName("tokenizers")).toString());
    }
  }

  /**
   * The folder of the tokenizers' library; the one that is used, unless the user has named another.
   */
  public static NativeFolder tokenizers() {
    Platform platform = Platform.detectPlatform("tokenizers");
    String library = System.mapLibraryName("tokenizers");
    // Of the builds for CUDA none is on the class path; tokenising is no work for a GPU.
    return NativeFolder.of(
        folder("tokenizers", platform, "cpu"),
        library.endsWith(".dll")
            ? List.of("libwinpthread-1.dll", "libgcc_s_seh-1.dll", "libstdc++-6.dll", library)
            : List.of(library),
        ("native/lib/" + platform.getClassifier() + "/cpu/")::concat);
  }

  /**
   * Makes sure that the system can load a library, before somebody else does who would be less
   * clear about it.
   *
   * @param what whose it is, for the message
   * @throws UserException if it cannot
   */
  public static synchronized void requireLoadable(Path library, String what) {
    try (LentProperties properties = new LentProperties()) {
      prepare(properties);
      NativeLibrary.getInstance(library.toString()).close();
    } catch (UnsatisfiedLinkError e) {
      throw new UserException(
          "%s cannot be loaded: %s".formatted(what, e.getMessage().lines().findFirst().orElse("")),
          new OtherCache(),
          e);
    }
  }

  /** The reason that the system gives, which libraries wrap in several of theirs. */
  public static String reason(Throwable failure) {
    Throwable reason = failure;
    while (reason.getCause() != null) {
      reason = reason.getCause();
    }
    return reason.getMessage() == null ? reason.toString() : reason.getMessage();
  }

  /** To be called before any of DJL's classes is used. */
  private static void prepare(LentProperties properties) {
    // Without it DJL asks the cloud's metadata address who it runs for, reports that, and on
    // machines with CUDA fetches another build of the tokenizers library.
    properties.set("ai.djl.offline", "true");
    properties.set("OPT_OUT_TRACKING", "true");
    properties.set("DJL_CACHE_DIR", folder().toString());
    JnaLibrary.SET_BY_JNA.forEach(properties::watch);
    if (!isSet("jna.boot.library.path")) {
      JnaLibrary.lend(properties, folder());
    }
  }

  /** Where native libraries are kept. */
  public static Path folder() {
    return CacheFolder.ofUser().resolve("native");
  }

  private static Path folder(String library, Platform platform, String flavor) {
    return folder()
        .resolve(library)
        .resolve(String.join("-", platform.getVersion(), flavor, platform.getClassifier()));
  }

  private static boolean isSet(String name) {
    return setPath(name).isPresent();
  }

  /** What the user has set, in the environment, which DJL puts first, or as a system property. */
  static Optional<Path> setPath(String name) {
    return Optional.ofNullable(System.getenv(name))
        .or(() -> Optional.ofNullable(System.getProperty(name)))
        .map(Path::of);
  }
}
