// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.cli;

import dev.bertctl.core.tasks.TaskRegistry;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Gives commands the tasks of this installation. */
final class InstalledTasks {

  @Produces
  @Singleton
  TaskRegistry registry() {
    return TaskRegistry.load(InstalledTasks.class.getClassLoader());
  }
}
