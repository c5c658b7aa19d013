// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.host.plugins;

import dev.bertctl.runtime.Remedy;

/**
 * Remove a plugin that is installed, or give another name to the one that is not.
 *
 * @param name the name of the installed one
 */
public record RemovePlugin(String name) implements Remedy {}
