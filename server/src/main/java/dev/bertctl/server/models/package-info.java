// SPDX-License-Identifier: Apache-2.0
/** The models that are served: opened, replaced while requests use them, and closed. */
package dev.bertctl.server.models;
