// SPDX-License-Identifier: Apache-2.0
/** Models in the forms of other runtimes. */
package dev.bertctl.core.export;
