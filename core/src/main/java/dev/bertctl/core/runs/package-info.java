// SPDX-License-Identifier: Apache-2.0
/**
 * The jobs that the commands start (fine-tune, evaluate, predict, pack, score) and what they leave
 * behind: the run's folder and the saved model.
 */
package dev.bertctl.core.runs;
