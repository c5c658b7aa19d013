// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime;

/**
 * What a user can do about a problem; how it is done is for the front end to say: a command line
 * names an option or a command, a service something else.
 */
public interface Remedy {}
