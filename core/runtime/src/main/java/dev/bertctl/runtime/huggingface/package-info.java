// SPDX-License-Identifier: Apache-2.0
/**
 * A model folder in Hugging Face layout, read and written.
 *
 * <p>{@link dev.bertctl.runtime.huggingface.ModelLoader} opens one and checks that its parts fit
 * together.
 */
package dev.bertctl.runtime.huggingface;
