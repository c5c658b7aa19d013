// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.qa;

/**
 * A part of a passage, in Java's characters (UTF-16).
 *
 * @param start its first character
 * @param end one past its last character
 */
record Span(int start, int end) {}
