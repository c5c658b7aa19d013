// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.weights.pickle;

import dev.bertctl.runtime.weights.ElementType;

/**
 * A storage of PyTorch, which tensors are views of. A pickle holds only what it is called.
 *
 * @param key its name in the file
 * @param type of its numbers
 * @param bytes its length
 */
public record TensorStorage(String key, ElementType type, long bytes) {}
