// SPDX-License-Identifier: Apache-2.0
/** A model's figures on parts of the data: by length, by label, by a column. */
package dev.bertctl.core.slices;
