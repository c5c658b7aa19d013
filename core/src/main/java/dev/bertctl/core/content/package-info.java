// SPDX-License-Identifier: Apache-2.0
/**
 * From a path or pipe to characters, a stage a class: {@link dev.bertctl.core.content.Content}
 * gives bytes, {@link dev.bertctl.core.content.Unpacked} takes gzip and zip off them and refuses
 * what is no text, {@link dev.bertctl.core.content.StrictDecoder} decodes them, {@link
 * dev.bertctl.core.content.LineEnds} makes LF of other line ends, and {@link
 * dev.bertctl.core.content.TextReader} is all of them.
 *
 * <p>Each stage streams, so that a file may be larger than memory, and looks at a byte or character
 * a fixed number of times.
 */
package dev.bertctl.core.content;
