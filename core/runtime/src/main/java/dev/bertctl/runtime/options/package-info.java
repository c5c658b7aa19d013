// SPDX-License-Identifier: Apache-2.0
/**
 * Options that interfaces declare: which keys there are, what each may be, and how texts become an
 * object of the interface.
 */
package dev.bertctl.runtime.options;
