// SPDX-License-Identifier: Apache-2.0
/**
 * Compares two models by their predictions for the same examples: whether the difference between
 * their scores is more than chance, and where they differ.
 */
package dev.bertctl.core.comparison;
