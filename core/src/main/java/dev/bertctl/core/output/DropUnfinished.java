// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.output;

import dev.bertctl.runtime.Remedy;

/** Go on as the unfinished prediction was begun, or drop it. */
public record DropUnfinished() implements Remedy {}
