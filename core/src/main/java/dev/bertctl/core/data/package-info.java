// SPDX-License-Identifier: Apache-2.0
/**
 * Data files as a plugin sees them, and the splits that are read from them.
 *
 * <p>{@link dev.bertctl.core.data.DataFiles} opens a file; all formats read through one strict
 * UTF-8 decoder, so that a bad byte has a line, and stream, so that a file may be larger than
 * memory.
 */
package dev.bertctl.core.data;
