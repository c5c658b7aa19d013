// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.inference;

import dev.bertctl.spi.decode.Matrix;
import java.util.List;
import java.util.Map;

/**
 * Result of a batch with targets.
 *
 * @param outputs each feature's outputs by name
 * @param losses by name
 */
public record Evaluated(List<Map<String, Matrix>> outputs, Map<String, LossSum> losses) {}
