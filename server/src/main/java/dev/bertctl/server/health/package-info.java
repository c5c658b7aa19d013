// SPDX-License-Identifier: Apache-2.0
/** What is asked whether the server is well. */
package dev.bertctl.server.health;
