// SPDX-License-Identifier: Apache-2.0
/**
 * What bertctl.json keeps beside a fine-tuned model: its task, plugin, labels and configuration.
 */
package dev.bertctl.runtime.saved;
