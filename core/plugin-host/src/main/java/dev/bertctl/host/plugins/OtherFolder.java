// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.host.plugins;

import dev.bertctl.runtime.Remedy;

/** Choose another folder for a new project, or remove the one that is there. */
public record OtherFolder() implements Remedy {}
