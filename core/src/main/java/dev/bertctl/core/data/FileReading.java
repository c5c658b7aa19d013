// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.data;

import dev.bertctl.core.content.Encoding;
import dev.bertctl.core.content.Quotes;

/**
 * What settings say about how a file is read.
 *
 * @param encoding what it is in, unless a byte-order mark says otherwise
 * @param quotes what double quotes in TSV are
 * @param names finds the task's columns
 * @param synonyms finds the task's labels
 */
record FileReading(Encoding encoding, Quotes quotes, ColumnNames names, LabelSynonyms synonyms) {}
