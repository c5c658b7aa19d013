// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.config;

import java.nio.file.Path;
import java.util.List;
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

  /** The configured files of this split, and patterns of such; none if it is not configured. */
  public List<Path> files(DataSettings data) {
    Optional<List<Path>> files =
        switch (this) {
          case TRAIN -> data.train();
          case VALIDATION -> data.validation();
          case TEST -> data.test();
        };
    return files.orElse(List.of());
  }

  /** The split whose files this one is read from: the training data if it is split off them. */
  public SplitName source(DataSettings data) {
    return this == VALIDATION && data.split().isPresent() ? TRAIN : this;
  }

  /** Whether there are files that it is read from. */
  public boolean isConfigured(DataSettings data) {
    return !source(data).files(data).isEmpty();
  }

  /** The name as it is written in the configuration and in results. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
