// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.doctor;

import dev.bertctl.runtime.Remedy;

/** Make room on the disk of the cache, or use a cache on another disk. */
public record MoreSpace() implements Remedy {}
