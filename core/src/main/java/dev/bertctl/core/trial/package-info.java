// SPDX-License-Identifier: Apache-2.0
/**
 * A plugin tried on a few rows of its data: {@link dev.bertctl.core.trial.PluginTrial} as its
 * contract test does, {@link dev.bertctl.core.trial.TrialRun} as a user would.
 */
package dev.bertctl.core.trial;
