// SPDX-License-Identifier: Apache-2.0
/** From logits to predictions and scores. */
package dev.bertctl.runtime.evaluation;
