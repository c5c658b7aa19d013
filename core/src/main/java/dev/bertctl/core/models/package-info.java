// SPDX-License-Identifier: Apache-2.0
/**
 * Where pretrained models come from: a directory, a Maven repository or the Hugging Face hub. Each
 * becomes a local folder in Hugging Face layout, kept in a cache where it did not have that layout
 * already. Begin reading at {@link dev.bertctl.core.models.ModelStore}.
 */
package dev.bertctl.core.models;
