// SPDX-License-Identifier: Apache-2.0
/** Task plugins: found by {@link java.util.ServiceLoader}, checked, and looked up by name. */
package dev.bertctl.runtime.registry;
