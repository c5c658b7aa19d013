// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.files;

import dev.bertctl.runtime.Remedy;

/** Wait until the other process that writes in the same folder is done. */
public record OneAtATime() implements Remedy {}
