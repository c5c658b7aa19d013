// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.tensorflow;

import com.sun.jna.NativeLibrary;
import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.tensorflow.line.TensorFlowLine;
import java.nio.file.Path;
import java.util.function.Function;

/**
 * Whether TensorFlow multiplies float32 as TF32 on GPUs that can. Of itself it does; it has one
 * switch for the whole process, which its C API, and so its Java API, leave out.
 */
final class TensorFloat32 {

  private static final String LIBRARY = "libtensorflow_framework.so.2";

  private TensorFloat32() {}

  /**
   * Turns it on or off for what this process computes from now on.
   *
   * @throws UserException if this TensorFlow has no such switch
   */
  static void allow(boolean allowed) {
    call(
        "enable_tensor_float_32_execution",
        function -> {
          function.invokeVoid(new Object[] {allowed ? 1 : 0});
          return "";
        });
  }

  /** Whether it is on. */
  static boolean isAllowed() {
    // A C++ bool is the lowest byte of what comes back.
    return call(
            "tensor_float_32_execution_enabled",
            function -> function.invokeInt(new Object[0]) & 0xFF)
        != 0;
  }

  private static <T> T call(String name, Function<com.sun.jna.Function, T> work) {
    String symbol =
        "_ZN%d%s%d%sE%s"
            .formatted(
                TensorFlowLine.NAMESPACE.length(),
                TensorFlowLine.NAMESPACE,
                name.length(),
                name,
                name.startsWith("enable") ? "b" : "v");
    Path library = NativeLibraries.tensorFlowFolder().resolve(LIBRARY);
    return NativeLibraries.withJna(
        () -> {
          // It is loaded already: this is another handle of the same library.
          try (NativeLibrary framework = NativeLibrary.getInstance(library.toString())) {
            return work.apply(framework.getFunction(symbol));
          } catch (UnsatisfiedLinkError e) {
            throw new UserException(
                "%s has no switch for TF32 (%s); set precision: tf32, which is what it does of itself"
                    .formatted(library, e.getMessage().lines().findFirst().orElse("")),
                e);
          }
        });
  }
}
