// SPDX-License-Identifier: Apache-2.0
/**
 * What a plugin's tests need: the contract that each plugin keeps ({@link
 * dev.bertctl.spi.testkit.TaskPluginContract}) and data files in memory. Depends on the SPI, JUnit
 * and SmallRye Config alone.
 */
package dev.bertctl.spi.testkit;
