// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.runs;

import dev.bertctl.runtime.Remedy;

/** Go on with the unfinished run. */
public record GoOn() implements Remedy {}
