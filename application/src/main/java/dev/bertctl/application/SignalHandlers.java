// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.application;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntConsumer;

/**
 * Hears Ctrl-C and {@code kill} until it is closed. The virtual machine's own class for it is
 * reached by reflection, as other applications do it: the compiler accepts no other use.
 */
public final class SignalHandlers implements AutoCloseable {

  private static final Map<String, Integer> EXIT_CODES = new LinkedHashMap<>();

  static {
    EXIT_CODES.put("INT", ExitCode.INTERRUPTED);
    EXIT_CODES.put("TERM", ExitCode.TERMINATED);
  }

  private final Map<String, Object> before = new LinkedHashMap<>();

  /**
   * Listens from now on.
   *
   * @param received is given the exit code that belongs to a signal, in a thread of the virtual
   *     machine's own
   */
  public SignalHandlers(IntConsumer received) {
    Object handler = handler(received);
    for (String signal : EXIT_CODES.keySet()) {
      handle(signal, handler).ifPresent(earlier -> before.put(signal, earlier));
    }
  }

  /**
   * Whether they are heard: {@code java -Xrs} leaves them to the system, which ends the process.
   */
  public boolean areHeard() {
    return before.size() == EXIT_CODES.size();
  }

  private static Object handler(IntConsumer received) {
    Class<?> type = type("SignalHandler");
    return Proxy.newProxyInstance(
        type.getClassLoader(),
        new Class<?>[] {type},
        (proxy, method, arguments) -> {
          switch (method.getName()) {
            case "handle" ->
                received.accept(EXIT_CODES.get(invoke(arguments[0], "getName").toString()));
            case "equals" -> {
              return proxy == arguments[0];
            }
            case "hashCode" -> {
              return System.identityHashCode(proxy);
            }
            default -> {
              return "bertctl";
            }
          }
          return null;
        });
  }

  /** The handler before; empty if the virtual machine was started so that there can be none. */
  private static Optional<Object> handle(String signal, Object handler) {
    try {
      Class<?> type = type("Signal");
      return Optional.of(
          type.getMethod("handle", type, type("SignalHandler"))
              .invoke(null, type.getConstructor(String.class).newInstance(signal), handler));
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof IllegalArgumentException) {
        return Optional.empty();
      }
      throw new IllegalStateException(e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Object invoke(Object object, String method) {
    try {
      return object.getClass().getMethod(method).invoke(object);
    } catch (InvocationTargetException e) {
      throw new IllegalStateException(e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Class<?> type(String name) {
    try {
      return Class.forName("sun.misc." + name);
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Gives the signals back. */
  @Override
  public void close() {
    before.forEach(SignalHandlers::handle);
  }
}
