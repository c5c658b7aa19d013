// SPDX-License-Identifier: Apache-2.0
/** What is counted and timed. */
package dev.bertctl.server.metrics;
