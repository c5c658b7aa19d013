// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.cli;

import dev.bertctl.application.InstalledTasks;
import dev.bertctl.runtime.registry.TaskDescription;
import io.quarkus.arc.Unremovable;
import jakarta.enterprise.context.Dependent;
import java.util.Iterator;

/** The tasks' names, for help and completion. */
@Dependent
@Unremovable
final class TaskNames implements Iterable<String> {

  private final InstalledTasks installed;

  TaskNames(InstalledTasks installed) {
    this.installed = installed;
  }

  @Override
  public Iterator<String> iterator() {
    return installed.listing().tasks().stream().map(TaskDescription::name).iterator();
  }
}
