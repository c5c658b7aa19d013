// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.TimeZone;
import java.util.TreeMap;

/**
 * Runs a program and compares what belongs to the whole process before and after. It is started in
 * a process of its own, with a class path that has nothing of the tests but this.
 */
public final class HostState {

  private HostState() {}

  /**
   * Fails, naming both states, if they differ.
   *
   * @param arguments the main class, and its arguments
   */
  public static void main(String[] arguments) throws Exception {
    Map<String, String> before = state();
    Class.forName(arguments[0])
        .getMethod("main", String[].class)
        .invoke(null, (Object) Arrays.copyOfRange(arguments, 1, arguments.length));
    Map<String, String> after = state();
    if (!before.equals(after)) {
      Map<String, String> changed = new TreeMap<>(after);
      changed.entrySet().removeAll(before.entrySet());
      before.keySet().removeAll(after.keySet());
      System.err.println("changed: " + changed + "; gone: " + before);
      System.exit(1);
    }
  }

  private static Map<String, String> state() throws IOException {
    Map<String, String> state = new TreeMap<>();
    // The JDK sets a property when it is first asked for this.
    state.put("time zone", TimeZone.getDefault().getID());
    System.getProperties().forEach((key, value) -> state.put("property " + key, "" + value));
    for (Locale.Category category : Locale.Category.values()) {
      state.put("locale " + category, Locale.getDefault(category).toLanguageTag());
    }
    state.put("locale", Locale.getDefault().toLanguageTag());
    state.put("class loader", "" + Thread.currentThread().getContextClassLoader());
    state.put("uncaught exceptions", "" + Thread.getDefaultUncaughtExceptionHandler());
    Path workingDirectory = Path.of("/proc/self/cwd");
    if (Files.exists(workingDirectory)) {
      state.put("working directory", workingDirectory.toRealPath().toString());
    }
    return state;
  }
}
