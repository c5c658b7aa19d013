// SPDX-License-Identifier: Apache-2.0
/** Chooses what computes a model, and opens it there. */
package dev.bertctl.runtime.engine;
