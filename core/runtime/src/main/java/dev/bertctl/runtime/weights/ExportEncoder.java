// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.weights;

import dev.bertctl.runtime.Remedy;

/**
 * Begin with the encoder of a model, without its head.
 *
 * @param model the model, as the user named it
 */
public record ExportEncoder(String model) implements Remedy {}
