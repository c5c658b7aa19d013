// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.runs;

import dev.bertctl.runtime.Remedy;

/** Restore what an unfinished run had, or do not go on with it. */
public record StartOver() implements Remedy {}
