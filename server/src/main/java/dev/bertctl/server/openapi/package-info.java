// SPDX-License-Identifier: Apache-2.0
/** The OpenAPI document, of the models that are loaded. */
package dev.bertctl.server.openapi;
