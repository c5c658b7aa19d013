// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.output;

import dev.bertctl.runtime.Remedy;

/** Go on with an unfinished prediction, or drop it. */
public record GoOnOrOverwrite() implements Remedy {}
