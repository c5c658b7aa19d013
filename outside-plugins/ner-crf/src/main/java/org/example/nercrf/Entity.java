// SPDX-License-Identifier: Apache-2.0
package org.example.nercrf;

/**
 * A part of a text that names something.
 *
 * @param type what it names, such as {@code person}
 * @param start its first character
 * @param end one past its last character
 */
record Entity(String type, int start, int end) {}
