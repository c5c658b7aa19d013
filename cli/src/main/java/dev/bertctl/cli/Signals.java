// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.cli;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * What a terminal's Ctrl-C and {@code kill} do while a job is done that wants to end in order. The
 * virtual machine's own class for it is reached by reflection, as other command lines do it: the
 * compiler accepts no other use.
 */
final class Signals implements AutoCloseable {

  private static final Map<String, Integer> EXIT_CODES = new LinkedHashMap<>();

  static {
    EXIT_CODES.put("INT", ExitCode.INTERRUPTED);
    EXIT_CODES.put("TERM", ExitCode.TERMINATED);
  }

  private final BooleanSupplier first;
  private final Map<String, Object> before = new LinkedHashMap<>();
  private int exitCode;

  /**
   * Listens from now on.
   *
   * @param first what the first signal does; answers whether the job will end by itself, and if not
   *     the process ends; it does at the second one
   */
  Signals(BooleanSupplier first) {
    this.first = first;
    EXIT_CODES.keySet().forEach(signal -> before.put(signal, handle(signal, handler())));
  }

  /** What the process is to answer; 0 if there was no signal. */
  synchronized int exitCode() {
    return exitCode;
  }

  private void received(String signal) {
    int code = EXIT_CODES.get(signal);
    boolean again;
    synchronized (this) {
      again = exitCode != 0;
      exitCode = code;
    }
    if (again) {
      Runtime.getRuntime().halt(code);
    }
    if (!first.getAsBoolean()) {
      // From a thread of its own: it waits for what is done at the end, which may wait for signals.
      new Thread(() -> System.exit(code), "exit").start();
    }
  }

  private Object handler() {
    Class<?> type = type("SignalHandler");
    return Proxy.newProxyInstance(
        type.getClassLoader(),
        new Class<?>[] {type},
        (proxy, method, arguments) -> {
          switch (method.getName()) {
            case "handle" -> received(invoke(arguments[0], "getName").toString());
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

  private static Object handle(String signal, Object handler) {
    try {
      Class<?> type = type("Signal");
      return type.getMethod("handle", type, type("SignalHandler"))
          .invoke(null, type.getConstructor(String.class).newInstance(signal), handler);
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
    before.forEach(Signals::handle);
  }
}
