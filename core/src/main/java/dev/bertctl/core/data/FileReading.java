// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.data;

import dev.bertctl.core.content.Encoding;
import dev.bertctl.core.content.Quotes;
import java.util.List;

/**
 * What settings say about how a file is read.
 *
 * @param encoding what it is in, unless a byte-order mark says otherwise
 * @param quotes what double quotes in TSV are
 * @param header the names of a table's columns, where it has no header; none where it has one
 * @param names finds the task's columns
 * @param synonyms finds the task's labels
 */
record FileReading(
    Encoding encoding,
    Quotes quotes,
    List<String> header,
    ColumnNames names,
    LabelSynonyms synonyms) {}
