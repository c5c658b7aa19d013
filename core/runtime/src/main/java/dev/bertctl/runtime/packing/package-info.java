// SPDX-License-Identifier: Apache-2.0
/**
 * Word pieces to sequences, features and batches.
 *
 * <p>{@link dev.bertctl.runtime.packing.SequencePacker} is what a plugin packs with, {@link
 * dev.bertctl.runtime.packing.ExamplePacker} has examples packed, {@link
 * dev.bertctl.runtime.packing.FeatureStore} keeps the features of a whole split, {@link
 * dev.bertctl.runtime.packing.FeatureDraws} gives each as an epoch is to see it, {@link
 * dev.bertctl.runtime.packing.BatchPlan} says which go together, and {@link
 * dev.bertctl.runtime.packing.Batch} is what the encoder gets.
 */
package dev.bertctl.runtime.packing;
