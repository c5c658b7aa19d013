// SPDX-License-Identifier: Apache-2.0
/** Models that ONNX Runtime computes, on the CPU. */
package dev.bertctl.runtime.onnxruntime;
