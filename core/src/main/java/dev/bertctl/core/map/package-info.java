// SPDX-License-Identifier: Apache-2.0
/** A data set in a plane, by what a model makes of its examples. */
package dev.bertctl.core.map;
