// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.runs;

import dev.bertctl.runtime.Remedy;

/**
 * Go on with the run that is there, replace it, or give this one a folder of its own.
 *
 * @param finished whether the run that is there is finished
 */
public record KeepOrReplace(boolean finished) implements Remedy {}
