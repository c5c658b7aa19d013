// SPDX-License-Identifier: Apache-2.0
/** Predicts for the rows of requests, whatever protocol they speak. */
package dev.bertctl.server.predict;
