// SPDX-License-Identifier: Apache-2.0
/** Which requests are let in. */
package dev.bertctl.server.access;
