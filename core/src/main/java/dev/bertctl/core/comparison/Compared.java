// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.comparison;

import dev.bertctl.spi.data.DataFile;

/**
 * One of the two that are compared.
 *
 * @param name the run or the file as the user named it
 * @param predictions what it predicted
 * @param gold what for
 */
public record Compared(String name, DataFile predictions, Gold gold) {}
