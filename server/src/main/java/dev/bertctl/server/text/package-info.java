// SPDX-License-Identifier: Apache-2.0
/**
 * What the protocols for texts share: which model, its columns, vectors, and fields of requests.
 */
package dev.bertctl.server.text;
