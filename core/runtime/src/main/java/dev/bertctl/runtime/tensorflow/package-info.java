// SPDX-License-Identifier: Apache-2.0
/** TensorFlow's native library and the device that it computes on. */
package dev.bertctl.runtime.tensorflow;
