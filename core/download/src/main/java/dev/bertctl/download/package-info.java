// SPDX-License-Identifier: Apache-2.0
/** Files from elsewhere: Maven repositories and web servers. */
package dev.bertctl.download;
