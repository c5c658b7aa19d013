// SPDX-License-Identifier: Apache-2.0
/**
 * app.yaml, overrides, and the run configuration that comes of them.
 *
 * <p>{@link dev.bertctl.core.config.AppConfig} is the entry. A {@code YamlFile} is read into flat
 * {@code Value}s that know where they were written; a {@code Schema}, taken from the mapping
 * interfaces, says which keys there are; a {@code Binder} checks all values at once and binds them.
 * Nothing here reads environment variables, system properties or Quarkus' own configuration.
 */
package dev.bertctl.core.config;
