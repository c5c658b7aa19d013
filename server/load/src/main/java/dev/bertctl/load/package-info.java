// SPDX-License-Identifier: Apache-2.0
/** Loads a server with requests of mixed lengths, checks each answer, and measures. */
package dev.bertctl.load;
