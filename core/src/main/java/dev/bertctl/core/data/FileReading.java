// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.data;

import dev.bertctl.core.content.Encoding;
import dev.bertctl.core.content.Quotes;
import dev.bertctl.runtime.rows.RowTerms;
import java.util.List;

/**
 * What settings say about how a file is read.
 *
 * @param encoding what it is in, unless a byte-order mark says otherwise
 * @param quotes what double quotes in TSV are
 * @param header the names of a table's columns, where it has no header; none where it has one
 * @param terms finds columns and labels
 */
record FileReading(Encoding encoding, Quotes quotes, List<String> header, RowTerms terms) {}
