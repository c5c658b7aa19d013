// SPDX-License-Identifier: Apache-2.0
/**
 * The native protocol: rows in, rows with predictions out; and what other protocols share of
 * reading bodies.
 */
package dev.bertctl.server.rest;
