// SPDX-License-Identifier: Apache-2.0
/** How sure figures are: confidence intervals, and whether two systems differ by chance. */
package dev.bertctl.core.statistics;
