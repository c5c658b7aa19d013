// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.server;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntConsumer;

/**
 * Ends the server in order at Ctrl-C and {@code kill}, before Java begins to shut down: there
 * native libraries free what they have at once, in threads of their own, while batches are computed
 * still. The virtual machine's own class for it is reached by reflection: the compiler accepts no
 * other use.
 */
final class Signals {

  /** Exit codes by signal. */
  private static final Map<String, Integer> EXIT_CODES = Map.of("INT", 130, "TERM", 143);

  private final AtomicBoolean received = new AtomicBoolean();
  private final IntConsumer first;

  private Signals(IntConsumer first) {
    this.first = first;
  }

  /**
   * Listens from now on. Where the virtual machine leaves signals to the system ({@code java
   * -Xrs}), they end the process.
   *
   * @param first is given the exit code at the first signal; the second ends the process at once
   */
  static void handle(IntConsumer first) {
    Signals signals = new Signals(first);
    EXIT_CODES.forEach(signals::handle);
  }

  private void handle(String signal, int exitCode) {
    try {
      Class<?> type = Class.forName("sun.misc.Signal");
      Class<?> handlerType = Class.forName("sun.misc.SignalHandler");
      type.getMethod("handle", type, handlerType)
          .invoke(
              null,
              type.getConstructor(String.class).newInstance(signal),
              Proxy.newProxyInstance(
                  handlerType.getClassLoader(),
                  new Class<?>[] {handlerType},
                  (proxy, method, arguments) ->
                      switch (method.getName()) {
                        case "equals" -> proxy == arguments[0];
                        case "hashCode" -> System.identityHashCode(proxy);
                        case "toString" -> "bertctl";
                        default -> received(exitCode);
                      }));
    } catch (InvocationTargetException e) {
      if (!(e.getCause() instanceof IllegalArgumentException)) {
        throw new IllegalStateException(e.getCause());
      }
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private Object received(int exitCode) {
    if (received.getAndSet(true)) {
      Runtime.getRuntime().halt(exitCode);
    }
    first.accept(exitCode);
    return null;
  }
}
