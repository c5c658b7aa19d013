// SPDX-License-Identifier: Apache-2.0
/** The learning-rate schedule and the training loop. */
package dev.bertctl.runtime.training;
