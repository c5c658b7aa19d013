// SPDX-License-Identifier: Apache-2.0
/**
 * DuckDB, an analytical database in one native library, which reads and writes Parquet. Nothing of
 * it is loaded before it is first used.
 */
package dev.bertctl.core.duckdb;
