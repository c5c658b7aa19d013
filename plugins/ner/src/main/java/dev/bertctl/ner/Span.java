// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.ner;

/**
 * A typed stretch of a text.
 *
 * @param type the entity's type
 * @param start its first character, as an index into the Java string
 * @param end one past its last character
 */
record Span(String type, int start, int end) {}
