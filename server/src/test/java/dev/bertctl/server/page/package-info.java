// SPDX-License-Identifier: Apache-2.0
/** The page on which a model is tried, tested in a browser. */
package dev.bertctl.server.page;
