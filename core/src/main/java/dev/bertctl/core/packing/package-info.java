// SPDX-License-Identifier: Apache-2.0
/**
 * Word pieces to sequences, features and batches.
 *
 * <p>{@link dev.bertctl.core.packing.SequencePacker} is what a plugin packs with, {@link
 * dev.bertctl.core.packing.PackedSplit} a whole split that was packed, {@link
 * dev.bertctl.core.packing.BatchPlan} says which features go together, and {@link
 * dev.bertctl.core.packing.Batch} is what the encoder gets.
 */
package dev.bertctl.core.packing;
