// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.runs;

import dev.bertctl.runtime.Remedy;

/** Wait until another run in the same folder is done, or give this one a folder of its own. */
public record OtherOutput() implements Remedy {}
