// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spi.data;

import java.util.Map;

/** One example of a task's data. Usually a record that also carries the gold label, if known. */
public interface Example {

  /** Where it was read. */
  Location location();

  /** The input's own columns, in their order; they are passed through to the predictions. */
  Map<String, Object> columns();
}
