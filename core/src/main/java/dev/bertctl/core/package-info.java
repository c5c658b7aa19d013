// SPDX-License-Identifier: Apache-2.0
/**
 * What the commands do, but for how they are called. One folder a concern:
 *
 * <ul>
 *   <li>{@code config}: app.yaml, overrides, the resolved run configuration
 *   <li>{@code content}: from a path or pipe to characters: unpacking, encodings, line ends
 *   <li>{@code data}: csv, tsv, jsonl, json and text files as a plugin sees them; splits
 *   <li>{@code duckdb}: the database that reads and writes Parquet
 *   <li>{@code inspect}: what there is to know of data before a training
 *   <li>{@code models}: where pretrained models come from, and their cache
 *   <li>{@code start}: from data that were never seen to a configuration
 *   <li>{@code runs}: the jobs that the commands start, and what they leave behind
 *   <li>{@code search}: hyper-parameter search: what is tried, and how long
 *   <li>{@code space}: what such a search draws
 *   <li>{@code trial}: a plugin tried on a few rows of its data
 * </ul>
 *
 * <p>What computes is in {@code dev.bertctl.runtime}, what knows installed plugins in {@code
 * dev.bertctl.host}.
 */
package dev.bertctl.core;
