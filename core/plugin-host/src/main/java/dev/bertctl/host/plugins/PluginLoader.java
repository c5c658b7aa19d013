// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.host.plugins;

import dev.bertctl.runtime.files.FileException;
import dev.bertctl.runtime.registry.RegisteredTask;
import dev.bertctl.spi.TaskPlugin;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Checks a plugin and, if nothing speaks against it, loads it and asks for its tasks. */
final class PluginLoader {

  private static final String CORRECT = "its author corrects that";
  private static final String ELSEWHERE =
      "its author has to see to that; do without the plugin until then";

  private final PluginClassLoader classes;
  private final StaticCheck check;
  private final List<RegisteredTask> tasks = new ArrayList<>();
  private final List<Refusal> refusals = new ArrayList<>();

  private PluginLoader(PluginClassLoader classes, StaticCheck check) {
    this.classes = classes;
    this.check = check;
  }

  /**
   * Checks and loads a plugin that is not in a plugins folder, or not yet: one that lacks a part of
   * itself is refused before anything of it runs.
   */
  static InstalledPlugin load(PluginFiles files) {
    return load(files, KnownLibraries.none(), true);
  }

  /**
   * Checks and loads a plugin.
   *
   * @param known libraries that need no check; learns of those that pass
   */
  static InstalledPlugin load(PluginFiles files, KnownLibraries known) {
    return load(files, known, false);
  }

  private static InstalledPlugin load(PluginFiles files, KnownLibraries known, boolean wholly) {
    StaticCheck check = StaticCheck.of(files, known);
    if (!check.refusals().isEmpty()) {
      return refused(files, check, check.refusals());
    }
    PluginClassLoader classes =
        new PluginClassLoader(files, check.jar(), TaskPlugin.class.getClassLoader());
    PluginLoader loader = new PluginLoader(classes, check);
    loader.requireUsable();
    if (wholly && loader.refusals.isEmpty()) {
      MissingClasses.of(check.jar(), classes).refusal().ifPresent(loader.refusals::add);
    }
    loader.makeTasks();
    if (loader.refusals.isEmpty()) {
      return new InstalledPlugin(files, check.release(), loader.tasks, List.of(), classes);
    }
    try {
      classes.close();
    } catch (IOException e) {
      throw FileException.reading(files.path(), e);
    }
    return refused(files, check, loader.refusals);
  }

  /** Without tasks, also where some could be made: it claims no names. */
  private static InstalledPlugin refused(
      PluginFiles files, StaticCheck check, List<Refusal> refusals) {
    return new InstalledPlugin(files, check.release(), List.of(), refusals, () -> {});
  }

  private void requireUsable() {
    for (String provider : check.providers()) {
      attempt(provider, () -> requireUsable(Class.forName(provider, false, classes)));
    }
  }

  /** As ServiceLoader would, which opens all libraries to look for more services files. */
  private void makeTasks() {
    if (refusals.isEmpty()) {
      for (String provider : check.providers()) {
        attempt(provider, () -> tasks.add(RegisteredTask.of(make(provider), check.release())));
      }
    }
  }

  private TaskPlugin<?> make(String provider) throws ReflectiveOperationException {
    return (TaskPlugin<?>) Class.forName(provider, true, classes).getConstructor().newInstance();
  }

  /** Something that the plugin's own code may spoil. */
  @FunctionalInterface
  private interface Attempt {
    void run() throws Exception;
  }

  private void attempt(String provider, Attempt attempt) {
    try {
      attempt.run();
    } catch (Throwable e) {
      // Whatever a plugin throws, errors included, is no reason to do without the others.
      refusals.add(refusal(provider, e));
    }
  }

  private static void requireUsable(Class<?> type) {
    String problem = "";
    if (!TaskPlugin.class.isAssignableFrom(type)) {
      problem = "it is no " + TaskPlugin.class.getName();
    } else if (!Modifier.isPublic(type.getModifiers())) {
      problem = "it is not public";
    } else if (Modifier.isAbstract(type.getModifiers())) {
      problem = "it is abstract";
    } else if (Arrays.stream(type.getConstructors()).noneMatch(c -> c.getParameterCount() == 0)) {
      problem = "it has no public constructor without parameters";
    }
    if (!problem.isEmpty()) {
      throw new IllegalArgumentException(problem);
    }
  }

  private Refusal refusal(String provider, Throwable error) {
    Optional<LinkageAdvice> advice = LinkageAdvice.of(error);
    String what = "its task plugin " + provider + " cannot be used: ";
    return new Refusal(
        check.jar(),
        what + advice.map(LinkageAdvice::problem).orElseGet(() -> reason(error)),
        advice
            .map(LinkageAdvice::remedy)
            .orElse(error instanceof IllegalArgumentException ? CORRECT : ELSEWHERE));
  }

  /** The plugin's own failure; what is around it only says that there was one. */
  private static String reason(Throwable error) {
    Throwable own = error;
    while (own.getCause() != null
        && (own instanceof InvocationTargetException
            || own instanceof ExceptionInInitializerError)) {
      own = own.getCause();
    }
    return own instanceof IllegalArgumentException && own == error
        ? own.getMessage()
        : "it failed: " + own;
  }
}
