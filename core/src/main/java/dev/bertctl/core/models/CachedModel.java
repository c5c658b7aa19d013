// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.models;

import java.nio.file.Path;

/**
 * A model on this machine.
 *
 * @param name the reference that it is opened by: alias, {@code maven:…} or {@code hf:…}; {@code
 *     local/…} for a converted directory
 * @param path its folder
 * @param bytes that its files take
 */
public record CachedModel(String name, Path path, long bytes) {}
