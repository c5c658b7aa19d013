// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.weights.pickle;

import dev.bertctl.runtime.weights.ElementType;

/** A class of PyTorch's storages, such as {@code torch.FloatStorage}; untyped ones are of bytes. */
record StorageType(ElementType element) {}
