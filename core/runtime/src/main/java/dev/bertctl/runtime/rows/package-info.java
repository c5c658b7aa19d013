// SPDX-License-Identifier: Apache-2.0
/** Rows as tasks read them: columns and labels under the user's names for them. */
package dev.bertctl.runtime.rows;
