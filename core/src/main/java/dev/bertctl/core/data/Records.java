// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.data;

import java.util.Optional;

/** The records of a table, one after the other. */
@FunctionalInterface
interface Records {

  /** The next record; empty at the end. */
  Optional<Cells> next();
}
