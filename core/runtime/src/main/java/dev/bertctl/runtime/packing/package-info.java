// SPDX-License-Identifier: Apache-2.0
/**
 * Word pieces to sequences, features and batches.
 *
 * <p>{@link dev.bertctl.runtime.packing.SequencePacker} is what a plugin packs with, {@link
 * dev.bertctl.runtime.packing.PackedSplit} a whole split that was packed, {@link
 * dev.bertctl.runtime.packing.BatchPlan} says which features go together, and {@link
 * dev.bertctl.runtime.packing.Batch} is what the encoder gets.
 */
package dev.bertctl.runtime.packing;
