// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime;

/** Use a cache folder that can be read and written, or have it filled by who can write there. */
public record OtherCache() implements Remedy {}
