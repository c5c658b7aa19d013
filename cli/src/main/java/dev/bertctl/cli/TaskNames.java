// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.cli;

import dev.bertctl.runtime.registry.RegisteredTask;
import dev.bertctl.runtime.registry.TaskRegistry;
import io.quarkus.arc.Unremovable;
import jakarta.enterprise.context.Dependent;
import java.util.Iterator;

/** The tasks' names, for help and completion. */
@Dependent
@Unremovable
final class TaskNames implements Iterable<String> {

  private final TaskRegistry registry;

  TaskNames(TaskRegistry registry) {
    this.registry = registry;
  }

  @Override
  public Iterator<String> iterator() {
    return registry.tasks().stream().map(RegisteredTask::name).iterator();
  }
}
