// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.onnxruntime;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession.SessionOptions;
import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.tensorflow.LentProperties;
import dev.bertctl.runtime.tensorflow.NativeFolder;
import dev.bertctl.runtime.tensorflow.NativeLibraries;
import dev.bertctl.runtime.tensorflow.line.TensorFlowLine;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Loads ONNX Runtime's native library from bertctl's cache folder, once a process. */
public final class OnnxRuntimeEngine {

  private static final String NATIVE = "ai/onnxruntime/native/";

  /** Where it looks for its library, which it else unpacks for every process. */
  private static final String PATH = "onnxruntime.native.path";

  private OnnxRuntimeEngine() {}

  /**
   * Loads the library.
   *
   * @return ONNX Runtime's version
   * @throws UserException if no native library fits this machine
   */
  public static String load() {
    return environment().getVersion();
  }

  /** The folder of its library; the one that is used, unless the user has named another. */
  public static NativeFolder libraries() {
    String machine = machine();
    Path folder =
        NativeLibraries.folder().resolve("onnxruntime").resolve(revision() + "-" + machine);
    return NativeFolder.of(
        folder,
        List.of(System.mapLibraryName("onnxruntime"), System.mapLibraryName("onnxruntime4j_jni")),
        (NATIVE + machine + "/")::concat);
  }

  private static String machine() {
    String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    String processor = System.getProperty("os.arch");
    return (system.startsWith("windows") ? "win" : system.startsWith("mac") ? "osx" : "linux")
        + (processor.equals("aarch64") ? "-aarch64" : "-x64");
  }

  /** The library says its version only when it is loaded. */
  private static String revision() {
    try (InputStream content =
        OrtEnvironment.class.getClassLoader().getResourceAsStream("GIT_COMMIT_ID")) {
      return content == null
          ? "unknown"
          : new String(content.readAllBytes(), StandardCharsets.US_ASCII).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The process' own; not to be closed. */
  static OrtEnvironment environment() {
    try {
      return Loaded.ENVIRONMENT;
    } catch (LinkageError | IllegalStateException e) {
      if (e.getCause() instanceof UserException unpacking) {
        throw unpacking;
      }
      throw new UserException(
          "ONNX Runtime's native library cannot be loaded on %s %s: %s. bertctl runs on %s"
              .formatted(
                  System.getProperty("os.name"),
                  System.getProperty("os.arch"),
                  NativeLibraries.reason(e),
                  TensorFlowLine.MACHINES),
          e);
    }
  }

  /**
   * How models are run: one operator at a time, by as many threads as the process may use
   * processors. Memory is not planned ahead, since hardly two batches have the same shape.
   */
  static SessionOptions options() throws OrtException {
    SessionOptions options = new SessionOptions();
    try {
      options.setIntraOpNumThreads(Runtime.getRuntime().availableProcessors());
      options.setInterOpNumThreads(1);
      options.setMemoryPatternOptimization(false);
      // Microseconds; a small model's operators follow each other faster. Threads that wait longer
      // leave their processor to others, such as those that make the next batch.
      options.addConfigEntry("session.intra_op.spin_duration_us", "20");
      // Work is shared out in small parts, so that no thread waits long for one that was held up.
      options.addConfigEntry("session.dynamic_block_base", "4");
      return options;
    } catch (OrtException e) {
      options.close();
      throw e;
    }
  }

  /** The virtual machine initialises it once, by the first thread that needs it. */
  private static final class Loaded {

    static final OrtEnvironment ENVIRONMENT = environment();

    /** The property is the host's again as soon as the library is there. */
    private static OrtEnvironment environment() {
      try (LentProperties properties = new LentProperties()) {
        if (System.getProperty(PATH) == null && libraries().hasLibraries()) {
          properties.set(PATH, libraries().filled().toString());
        }
        return WithRoom.call(OnnxRuntimeEngine::create);
      }
    }
  }

  private static OrtEnvironment create() {
    OrtEnvironment environment =
        OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR, "bertctl");
    try {
      environment.setTelemetry(false);
      return environment;
    } catch (OrtException e) {
      throw new IllegalStateException(e);
    }
  }
}
