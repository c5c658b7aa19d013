// SPDX-License-Identifier: Apache-2.0
/**
 * Task plugins that users install: jars in a folder, each in a class loader of its own.
 *
 * <p>{@link dev.bertctl.host.plugins.PluginFolder} is the folder, {@link
 * dev.bertctl.host.plugins.PluginFiles} one entry of it. {@link
 * dev.bertctl.host.plugins.StaticCheck} reads its jars without loading anything, {@link
 * dev.bertctl.host.plugins.PluginLoader} loads those that pass, {@link
 * dev.bertctl.host.plugins.InstalledPlugins} has them all, and {@link
 * dev.bertctl.host.plugins.PluginInstallation} brings new ones.
 */
package dev.bertctl.host.plugins;
