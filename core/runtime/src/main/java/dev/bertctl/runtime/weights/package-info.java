// SPDX-License-Identifier: Apache-2.0
/**
 * Weights and the files they are stored in. Everything that a file says about itself is checked
 * before it is believed; nothing is allocated by what a file announces but by what it holds.
 */
package dev.bertctl.runtime.weights;
