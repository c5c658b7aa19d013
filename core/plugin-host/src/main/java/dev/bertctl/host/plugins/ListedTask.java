// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.host.plugins;

import dev.bertctl.runtime.registry.PluginOrigin;
import dev.bertctl.runtime.registry.PluginRelease;
import dev.bertctl.runtime.registry.TaskDescription;

/**
 * A task as its plugin described it when it was installed.
 *
 * @param name the name by which users call the task
 * @param summary one line that says what the task does
 * @param origin the jar that its plugin is in
 * @param release which release of which plugin that jar is
 */
public record ListedTask(String name, String summary, PluginOrigin origin, PluginRelease release)
    implements TaskDescription {}
