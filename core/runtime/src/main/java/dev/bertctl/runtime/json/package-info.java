// SPDX-License-Identifier: Apache-2.0
/** JSON files: read with limits and clear errors, written whole or not at all. */
package dev.bertctl.runtime.json;
