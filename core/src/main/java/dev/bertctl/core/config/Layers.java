// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.config;

import dev.bertctl.runtime.options.Binder;
import dev.bertctl.runtime.options.Origin;
import dev.bertctl.runtime.options.Problem;
import dev.bertctl.runtime.options.Schema;
import dev.bertctl.runtime.options.Value;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Lays what a file and assignments say for one task over each other, the strongest last. */
final class Layers {

  private final String task;
  private final boolean searching;
  private final Binder binder;

  /**
   * @param task its name
   * @param searching whether the section {@code search} is wanted, too
   * @param binder takes the values
   */
  Layers(String task, boolean searching, Binder binder) {
    this.task = task;
    this.searching = searching;
    this.binder = binder;
  }

  /** Adds a file's top-level settings and those of the task's section. */
  void add(YamlFile yaml) {
    yaml.problems().forEach(binder::add);
    yaml.values().values().stream().filter(value -> !isTasks(value.path())).forEach(this::add);
    yaml.values().values().stream()
        .filter(value -> value.path().startsWith(section()))
        .map(value -> value.withKey(value.path().substring(section().length())))
        .forEach(this::add);
    checkSections(yaml);
  }

  private void add(Value value) {
    if (searching || !SearchSettings.isOf(value.key())) {
      binder.add(value);
    }
  }

  private void checkSections(YamlFile yaml) {
    Set<String> sections = new LinkedHashSet<>();
    Origin first = null;
    for (Value value : yaml.values().values()) {
      if (!isTasks(value.path())) {
        continue;
      }
      first = first == null ? value.origin() : first;
      if (value.form() == Value.Form.OBJECT || value.form() == Value.Form.ITEM) {
        continue;
      }
      String[] names = value.path().split("\\.", 3);
      if (names.length > 1) {
        sections.add(names[1].replaceFirst("\\[.*", ""));
      }
      if (names.length < 3 && value.form() != Value.Form.EMPTY) {
        binder.add(
            new Problem(
                value.origin(), "'%s' takes keys of its own, not a value".formatted(value.path())));
      }
    }
    if (!sections.isEmpty() && !sections.contains(task)) {
      binder.add(
          new Problem(
              first,
              "no section 'tasks.%s'; the file has: %s. Add the section, or name one of these tasks"
                  .formatted(task, String.join(", ", sections))));
    }
  }

  /** Adds assignments, those to the task's section after the others. */
  void add(List<Assignment> assignments) {
    for (Assignment assignment : assignments) {
      if (isTasks(assignment.key()) && !assignment.key().startsWith(section())) {
        refuse(assignment, "is not of this run, which is of task '%s'".formatted(task));
      } else if (!isTasks(assignment.key())) {
        assign(assignment, assignment.key());
      }
    }
    for (Assignment assignment : assignments) {
      if (assignment.key().startsWith(section())) {
        assign(assignment, assignment.key().substring(section().length()));
      }
    }
  }

  private void assign(Assignment assignment, String key) {
    if (!searching && SearchSettings.isOf(key)) {
      refuse(assignment, "is of a search, and this is none");
    } else {
      Origin origin = Origin.of(assignment.origin());
      binder.add(Value.scalar(assignment.key(), assignment.value(), origin).withKey(key));
    }
  }

  private void refuse(Assignment assignment, String why) {
    binder.add(
        new Problem(Origin.of(assignment.origin()), "'%s' %s".formatted(assignment.key(), why)));
  }

  private String section() {
    return Schema.TASKS + "." + task + ".";
  }

  private static boolean isTasks(String path) {
    return path.equals(Schema.TASKS) || path.startsWith(Schema.TASKS + ".");
  }
}
