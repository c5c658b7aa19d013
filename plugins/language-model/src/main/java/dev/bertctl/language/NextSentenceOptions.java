// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.language;

/** Options of the task {@code next-sentence}. */
public interface NextSentenceOptions extends PairingOptions {}
