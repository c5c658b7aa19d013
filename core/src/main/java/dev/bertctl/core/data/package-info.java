// SPDX-License-Identifier: Apache-2.0
/**
 * Data files as a plugin sees them, and the splits that are read from them.
 *
 * <p>{@link dev.bertctl.core.data.DataFiles} opens a file. All formats are read from the characters
 * that {@link dev.bertctl.core.content.TextReader} gives, and stream, so that a file may be larger
 * than memory. {@link dev.bertctl.runtime.rows.DataRow} is where columns and labels get the names
 * that a task has for them.
 */
package dev.bertctl.core.data;
