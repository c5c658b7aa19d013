// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.attention;

/**
 * What one token gives to another.
 *
 * @param from the token that attends, from 0
 * @param to the token that is attended to, from 0
 * @param weight from 0 to 1
 */
public record Link(int from, int to, float weight) {}
