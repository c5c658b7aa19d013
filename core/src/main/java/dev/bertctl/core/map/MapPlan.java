// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.map;

/**
 * How a map is made.
 *
 * @param projection what becomes of the vectors
 * @param neighbors points that are to stay together, and that the agreement looks at; at least 2
 * @param seed of what is drawn
 */
public record MapPlan(Projection projection, int neighbors, long seed) {}
