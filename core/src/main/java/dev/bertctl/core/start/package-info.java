// SPDX-License-Identifier: Apache-2.0
/** From a data file that bertctl has never seen to a configuration that trains on it. */
package dev.bertctl.core.start;
