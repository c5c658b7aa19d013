// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.registry;

import dev.bertctl.spi.TaskPlugin;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/**
 * Asks the application's class loader for task plugins, one at a time, so that one that is broken
 * does not hide those after it.
 */
final class PluginSearch {

  private final ClassLoader loader;
  private final List<RegisteredTask> found = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();

  PluginSearch(ClassLoader loader) {
    this.loader = loader;
    Iterator<ServiceLoader.Provider<TaskPlugin<?>>> providers = providers();
    while (true) {
      try {
        if (!providers.hasNext()) {
          return;
        }
        add(providers.next());
      } catch (ServiceConfigurationError | LinkageError e) {
        problems.add(missing(e));
      }
    }
  }

  /** The plugins that can be used, in the class loader's order; names may occur twice. */
  List<RegisteredTask> found() {
    return found;
  }

  /** What is wrong with each of the others. */
  List<String> problems() {
    return problems;
  }

  @SuppressWarnings({"unchecked", "rawtypes"}) // a class literal has no type arguments
  private Iterator<ServiceLoader.Provider<TaskPlugin<?>>> providers() {
    ServiceLoader services = ServiceLoader.load(TaskPlugin.class, loader);
    return services.stream().iterator();
  }

  private void add(ServiceLoader.Provider<TaskPlugin<?>> provider) {
    try {
      found.add(RegisteredTask.of(provider.get()));
    } catch (RuntimeException | ServiceConfigurationError | LinkageError e) {
      Class<?> type = provider.type();
      problems.add(
          "the task plugin "
              + type.getName()
              + " in "
              + PluginOrigin.of(type)
              + " cannot be used: "
              + reason(e)
              + "; update or remove that jar");
    }
  }

  private String missing(Error error) {
    String reason = reason(error);
    List<String> files = ProviderFiles.read(loader).namedIn(reason);
    return "a task plugin cannot be loaded: "
        + reason
        + (files.isEmpty() ? "" : "; it is named in " + String.join(", ", files))
        + "; update or remove that jar";
  }

  /** The message of the innermost cause: outer ones only say that a provider failed. */
  private static String reason(Throwable error) {
    Throwable innermost = error;
    while (innermost.getCause() != null) {
      innermost = innermost.getCause();
    }
    String message = innermost.getMessage();
    if (innermost instanceof ServiceConfigurationError && message != null) {
      return message.replace(TaskPlugin.class.getName() + ": ", "");
    }
    boolean plain = innermost instanceof IllegalArgumentException && message != null;
    return plain ? message : innermost.toString();
  }
}
