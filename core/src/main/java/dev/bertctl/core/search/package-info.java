// SPDX-License-Identifier: Apache-2.0
/** Hyper-parameter search: which settings are tried, and how long each of them is trained. */
package dev.bertctl.core.search;
