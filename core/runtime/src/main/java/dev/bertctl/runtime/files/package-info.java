// SPDX-License-Identifier: Apache-2.0
/** Files and folders that are whole or not there, and what is said when they cannot be had. */
package dev.bertctl.runtime.files;
