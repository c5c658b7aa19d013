// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.doctor;

import dev.bertctl.runtime.Remedy;

/**
 * What to do where it is the same in every front end.
 *
 * @param words a sentence without its full stop
 */
public record Advice(String words) implements Remedy {}
