// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.tensorflow;

import com.sun.jna.Function;
import com.sun.jna.NativeLibrary;
import dev.bertctl.runtime.tensorflow.line.TensorFlowLine;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Whether TensorFlow multiplies float32 as TF32 on GPUs that can. Of itself it does; it has one
 * switch for the whole process, which its C API, and so its Java API, leave out. Builds for Linux
 * show it, as a function of C++.
 */
final class TensorFloat32 {

  private static final String LIBRARY = "libtensorflow_framework.so.2";
  private static final String SWITCH = "enable_tensor_float_32_execution";
  private static final String STATE = "tensor_float_32_execution_enabled";

  private TensorFloat32() {}

  /**
   * Turns it on or off for what this process computes from now on; without a switch it is on.
   *
   * @return whether it is as it should be
   */
  static boolean allow(boolean allowed) {
    Optional<Boolean> done =
        call(
            function -> {
              function.invokeVoid(new Object[] {allowed ? 1 : 0});
              return true;
            },
            SWITCH,
            "b");
    return done.orElse(allowed);
  }

  /** Whether it is on. */
  static boolean isAllowed() {
    // A C++ bool is the lowest byte of what comes back.
    return call(function -> (function.invokeInt(new Object[0]) & 0xFF) != 0, STATE, "v")
        .orElse(true);
  }

  /**
   * Calls a function of C++ without a result or with a number.
   *
   * @param parameters their types, as its symbol has them
   * @return empty where there is no such function
   */
  private static <T> Optional<T> call(
      java.util.function.Function<Function, T> work, String name, String parameters) {
    String symbol =
        "_ZN%d%s%d%sE%s"
            .formatted(
                TensorFlowLine.NAMESPACE.length(),
                TensorFlowLine.NAMESPACE,
                name.length(),
                name,
                parameters);
    Path library = NativeLibraries.tensorFlowFolder().resolve(LIBRARY);
    return NativeLibraries.withJna(
        () -> {
          // It is loaded already: this is another handle of the same library.
          try (NativeLibrary framework = NativeLibrary.getInstance(library.toString())) {
            return Optional.of(work.apply(framework.getFunction(symbol)));
          } catch (UnsatisfiedLinkError e) {
            // What is asked here is whether there is one.
            return Optional.empty();
          }
        });
  }
}
