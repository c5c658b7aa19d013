// SPDX-License-Identifier: Apache-2.0
/** What is kept that can be fetched or unpacked again, and how damage to it is noticed. */
package dev.bertctl.runtime.cache;
