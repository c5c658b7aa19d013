// SPDX-License-Identifier: Apache-2.0
/**
 * What there is to know of data before a training: labels and their balance, lengths, duplicates,
 * overlaps of splits, contradicting labels, and texts that look broken. Inputs are remembered by
 * hashes, so that what is kept of an example does not depend on its length.
 */
package dev.bertctl.core.inspect;
