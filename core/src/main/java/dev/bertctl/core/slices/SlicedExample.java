// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.slices;

import java.util.Map;
import java.util.Set;

/**
 * What slices are made by of an example.
 *
 * @param tokens of its longest sequence
 * @param cut word pieces that were cut off
 * @param labels its gold labels
 * @param columns its columns
 */
record SlicedExample(int tokens, int cut, Set<String> labels, Map<String, Object> columns) {}
