// SPDX-License-Identifier: Apache-2.0
/**
 * Pages for a browser: facts, a template and scripts in one file that needs no network.
 *
 * <p>A page is made of facts alone, plain values as they are also written as JSON. What can be read
 * is in the document, made by Qute templates: it is there without scripts, on paper and for screen
 * readers. Scripts draw what is to be looked at.
 */
package dev.bertctl.pages;
