// SPDX-License-Identifier: Apache-2.0
/** What a loaded model answers, whichever engine computes it. */
package dev.bertctl.runtime.inference;
