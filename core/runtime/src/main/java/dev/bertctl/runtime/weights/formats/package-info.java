// SPDX-License-Identifier: Apache-2.0
/**
 * The weight files of PyTorch, Paddle and MXNet, and which of them a file is. They are read without
 * those libraries, and nothing in them is run.
 */
package dev.bertctl.runtime.weights.formats;
