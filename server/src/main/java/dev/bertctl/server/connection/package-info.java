// SPDX-License-Identifier: Apache-2.0
/**
 * Closes connections whose clients do not get to their request. What Quarkus can set is no help:
 * its idle timeout also counts while an answer is computed, and each byte that a client lets
 * trickle in begins it anew.
 */
package dev.bertctl.server.connection;
