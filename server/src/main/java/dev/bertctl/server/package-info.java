// SPDX-License-Identifier: Apache-2.0
/**
 * {@code bertctl serve}: predictions over HTTP, an application of its own. Each protocol is a
 * package of resources that turn its requests into rows, and answers into its responses; all of
 * them predict through {@link dev.bertctl.server.predict.PredictionService}.
 */
package dev.bertctl.server;
