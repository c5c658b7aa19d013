// SPDX-License-Identifier: Apache-2.0
/**
 * Task plugins.
 *
 * <ul>
 *   <li>{@code registry}: those on a class path, found by ServiceLoader, and tasks by name
 *   <li>{@code plugins}: those that users install, each in a class loader of its own, and new ones
 * </ul>
 */
package dev.bertctl.host;
