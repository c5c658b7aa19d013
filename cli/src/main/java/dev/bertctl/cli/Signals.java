// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.cli;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
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

  /** The second signal ends the process even where nobody takes what is said on it. */
  private static final long LAST_WORDS_MILLIS = 1000;

  private final BooleanSupplier first;
  private final Runnable second;
  private final Map<String, Object> before = new LinkedHashMap<>();
  private int exitCode;

  /**
   * Listens from now on.
   *
   * @param first what the first signal does; answers whether the job will end by itself, and if not
   *     the process ends
   * @param second says that the process ends at once, which it does at the second signal
   */
  Signals(BooleanSupplier first, Runnable second) {
    this.first = first;
    this.second = second;
    for (String signal : EXIT_CODES.keySet()) {
      handle(signal, handler()).ifPresent(handler -> before.put(signal, handler));
    }
  }

  /**
   * Whether they are heard: {@code java -Xrs} leaves them to the system, which ends the process.
   */
  boolean areHeard() {
    return before.size() == EXIT_CODES.size();
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
      halt(code);
    }
    if (!first.getAsBoolean()) {
      // From a thread of its own: it waits for what is done at the end, which may wait for signals.
      new Thread(() -> System.exit(code), "exit").start();
    }
  }

  private void halt(int code) {
    Thread words = new Thread(second, "last words");
    words.setDaemon(true);
    words.start();
    try {
      words.join(LAST_WORDS_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Runtime.getRuntime().halt(code);
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
    before.forEach(Signals::handle);
  }
}
