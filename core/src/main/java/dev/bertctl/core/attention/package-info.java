// SPDX-License-Identifier: Apache-2.0
/**
 * What the heads of one model, or of two beside each other, attend to in a user's texts: as a page
 * and as JSON.
 *
 * <p>Layers and heads are counted from 1 where people or programs read them.
 */
package dev.bertctl.core.attention;
