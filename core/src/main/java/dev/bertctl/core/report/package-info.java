// SPDX-License-Identifier: Apache-2.0
/**
 * Reports of runs and evaluations: facts as plain values, which are a file of JSON and of which a
 * page is made. Of the examples only those are kept that are shown.
 */
package dev.bertctl.core.report;
