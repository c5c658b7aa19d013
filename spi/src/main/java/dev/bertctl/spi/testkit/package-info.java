// SPDX-License-Identifier: Apache-2.0
/**
 * What every task plugin promises, as checks that need no model.
 *
 * <p>Each {@link dev.bertctl.spi.testkit.Promise} is tried on a few rows of data with a packer and
 * a model made up, and a broken one says what to change. A plugin's own test extends {@code
 * TaskPluginContract}, which is in this package of the SPI's test-jar and has a JUnit test for each
 * promise; {@code bertctl plugins check JAR --samples FILE} tries the same on a jar.
 */
package dev.bertctl.spi.testkit;
