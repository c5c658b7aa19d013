// SPDX-License-Identifier: Apache-2.0
/** Hyper-parameter search: which settings are tried, how long each is trained, what is the best. */
package dev.bertctl.core.search;
