// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.weights.formats;

import java.util.Map;

/**
 * A file of PyTorch, read but for its numbers.
 *
 * @param value what was saved
 * @param begins where the storages that it names begin in the file, by their keys; each has been
 *     checked to lie within the file
 */
record TorchStorages(Object value, Map<String, Long> begins) {}
