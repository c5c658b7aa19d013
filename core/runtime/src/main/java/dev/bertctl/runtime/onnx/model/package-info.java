// SPDX-License-Identifier: Apache-2.0
/** An ONNX graph in the making: its nodes, and its weights, which stay where they are. */
package dev.bertctl.runtime.onnx.model;
