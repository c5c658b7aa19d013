// SPDX-License-Identifier: Apache-2.0
/** What clients are told when a request fails. */
package dev.bertctl.server.problem;
