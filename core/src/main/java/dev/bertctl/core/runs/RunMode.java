// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.runs;

/** What a run does where another has been. */
public enum RunMode {
  /** Begins, unless there is something that would be lost. */
  NEW,
  /** Goes on with an unfinished run; a finished one is told of once more. */
  RESUME,
  /** Begins; drops an unfinished run, and in the end replaces a finished one. */
  OVERWRITE
}
