// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.cli;

import dev.bertctl.application.InstalledTasks;
import dev.bertctl.runtime.registry.TaskRegistry;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** What commands have injected. */
@Singleton
final class CommandBeans {

  @Produces
  @Singleton
  InstalledTasks installedTasks() {
    return new InstalledTasks();
  }

  @Produces
  @Singleton
  TaskRegistry registry(InstalledTasks installed) {
    return installed.registry();
  }
}
