// SPDX-License-Identifier: Apache-2.0
/** What a hyper-parameter search draws: dimensions, and settings from them. */
package dev.bertctl.core.space;
