// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.weights.pickle;

import dev.bertctl.runtime.weights.ElementType;
import java.util.List;

/**
 * A tensor of PyTorch as its file describes it; whether it lies within its storage has not been
 * checked.
 *
 * @param storage what it is a view of
 * @param type of its numbers
 * @param offset its first number in the storage
 * @param shape dimensions, none negative
 * @param strides how many numbers to go on for the next index of a dimension; none negative
 */
public record PickledTensor(
    TensorStorage storage, ElementType type, long offset, List<Long> shape, List<Long> strides) {}
