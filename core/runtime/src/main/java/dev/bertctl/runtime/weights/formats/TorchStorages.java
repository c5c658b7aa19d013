// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.weights.formats;

import dev.bertctl.runtime.weights.StoredFile;
import java.util.Map;

/**
 * A file of PyTorch, read but for its numbers.
 *
 * @param stored the file
 * @param value what was saved
 * @param begins where the storages that it names begin in the file, by their keys; each has been
 *     checked to lie within the file
 */
record TorchStorages(StoredFile stored, Object value, Map<String, Long> begins) {}
