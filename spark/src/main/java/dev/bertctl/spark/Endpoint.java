// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spark;

import java.io.Serializable;

/**
 * Where messages to an executor go.
 *
 * @param port of its {@link MessageService}, on the executor's host
 */
record Endpoint(Peer peer, int port) implements Serializable {}
