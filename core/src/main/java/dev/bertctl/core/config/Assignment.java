// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.config;

/**
 * A value that overrides what a configuration file says. Lists are separated by commas.
 *
 * @param key such as {@code train.epochs} or {@code tasks.nli.train.epochs}
 * @param value as it was typed
 * @param origin how the user gave it, for messages
 */
public record Assignment(String key, String value, String origin) {}
