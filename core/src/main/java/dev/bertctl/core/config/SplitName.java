// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.config;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** The parts of a task's data. */
public enum SplitName {
  /** What the model learns from. */
  TRAIN,
  /** What epochs are compared on. */
  VALIDATION,
  /** What is looked at once, at the end. */
  TEST;

  /** The configured file of this split. */
  public Optional<Path> file(DataSettings data) {
    return switch (this) {
      case TRAIN -> data.train();
      case VALIDATION -> data.validation();
      case TEST -> data.test();
    };
  }

  /** The name as it is written in the configuration and in results. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
