// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.data;

import dev.bertctl.runtime.rows.DataRow;
import java.util.Iterator;

/**
 * The rows of a file, one after the other. Where one is malformed, {@link #next} throws, and can be
 * called again for the row behind it.
 */
interface RowSource extends Iterator<DataRow> {

  /**
   * The row that was taken last, malformed or not, as it stands in the file: the text of a line,
   * the list of a table's cells.
   */
  Object raw();
}
