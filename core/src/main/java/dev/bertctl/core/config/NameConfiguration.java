// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.config;

import dev.bertctl.runtime.Remedy;

/** Say which file the configuration is in. */
public record NameConfiguration() implements Remedy {}
