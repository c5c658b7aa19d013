// SPDX-License-Identifier: Apache-2.0
/**
 * Files of predictions: the forms that they are written in, and what lets a prediction that was cut
 * off go on where it stopped.
 */
package dev.bertctl.core.output;
