// SPDX-License-Identifier: Apache-2.0
/**
 * Whether this machine can run what bertctl does, and what to do where it cannot: Java, processor,
 * memory, cache, native libraries, GPUs and plugins, a small class each that judges what it is
 * given. Nothing is downloaded; native libraries are unpacked where they are not yet.
 */
package dev.bertctl.core.doctor;
