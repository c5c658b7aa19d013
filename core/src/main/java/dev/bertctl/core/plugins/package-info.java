// SPDX-License-Identifier: Apache-2.0
/**
 * Task plugins that users install: jars in a folder, each in a class loader of its own.
 *
 * <p>{@link dev.bertctl.core.plugins.PluginFolder} is the folder, {@link
 * dev.bertctl.core.plugins.PluginFiles} one entry of it. {@link
 * dev.bertctl.core.plugins.StaticCheck} reads its jars without loading anything, {@link
 * dev.bertctl.core.plugins.PluginLoader} loads those that pass, {@link
 * dev.bertctl.core.plugins.InstalledPlugins} has them all, and {@link
 * dev.bertctl.core.plugins.PluginInstallation} brings new ones.
 */
package dev.bertctl.core.plugins;
