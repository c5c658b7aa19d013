// SPDX-License-Identifier: Apache-2.0
/**
 * What the command line and the server have in common as applications: errors, signals, settings.
 */
package dev.bertctl.application;
