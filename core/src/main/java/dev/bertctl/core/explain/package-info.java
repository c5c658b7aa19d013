// SPDX-License-Identifier: Apache-2.0
/** Explanations of predictions, as they are shown, as JSON and as a page. */
package dev.bertctl.core.explain;
