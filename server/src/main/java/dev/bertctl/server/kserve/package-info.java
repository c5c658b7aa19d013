// SPDX-License-Identifier: Apache-2.0
/**
 * KServe's protocol, version 2 (Open Inference Protocol), with the extension for tensors in binary
 * form: /v2. The inputs are the columns of the model's task, the outputs what is predicted.
 */
package dev.bertctl.server.kserve;
