// SPDX-License-Identifier: Apache-2.0
/** TensorBoard's event files. */
package dev.bertctl.runtime.events;
