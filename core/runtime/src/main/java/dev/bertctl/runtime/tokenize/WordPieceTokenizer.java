// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.tokenize;

import ai.djl.engine.EngineException;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.djl.huggingface.tokenizers.jni.CharSpan;
import dev.bertctl.runtime.UserException;
import dev.bertctl.spi.packing.Pieces;
import dev.bertctl.spi.packing.Vocabulary;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;

/** Hugging Face's own tokenizers library, through DJL. */
final class WordPieceTokenizer implements Tokenizer {

  private final Path source;
  private final HuggingFaceTokenizer tokenizer;
  private final TokenList vocabulary;

  WordPieceTokenizer(TokenizerFile file) {
    source = file.source();
    vocabulary = TokenList.of(file);
    tokenizer = load(file);
  }

  private static HuggingFaceTokenizer load(TokenizerFile file) {
    // Without these options DJL would cut texts at 512 pieces.
    Map<String, String> options = Map.of("truncation", "do_not_truncate", "padding", "do_not_pad");
    byte[] json = file.content().toString().getBytes(StandardCharsets.UTF_8);
    return TokenizersLibrary.with(
        () -> {
          try {
            return HuggingFaceTokenizer.newInstance(new ByteArrayInputStream(json), options);
          } catch (EngineException e) {
            throw e;
          } catch (IOException | RuntimeException e) {
            throw new UserException(
                "%s: not a tokenizer that Hugging Face's library can read (%s); fetch the model again"
                    .formatted(file.source(), e.getMessage()),
                e);
          }
        });
  }

  @Override
  public Pieces tokenize(String text) {
    CharacterIndex index = new CharacterIndex(text);
    NativeEncoding encoding = encode(index.wellFormed());
    long[] ids = encoding.ids();
    CharSpan[] spans = encoding.spans();
    Pieces pieces = new Pieces(new int[ids.length], new int[ids.length], new int[ids.length]);
    for (int i = 0; i < ids.length; i++) {
      pieces.ids()[i] = Math.toIntExact(ids[i]);
      pieces.starts()[i] = index.index(spans[i].getStart());
      pieces.ends()[i] = index.index(spans[i].getEnd());
    }
    includeAccents(pieces, text);
    return pieces;
  }

  @Override
  public String decode(int[] ids, boolean skipSpecial) {
    return tokenizer.decode(Arrays.stream(ids).asLongStream().toArray(), skipSpecial);
  }

  private NativeEncoding encode(String text) {
    try {
      return NativeEncoding.of(tokenizer, text);
    } catch (RuntimeException e) {
      throw new UserException(
          "%s: Hugging Face's library cannot split a text with it (%s); fetch the model again"
              .formatted(source, e.getMessage()),
          e);
    }
  }

  /**
   * Where accents are stripped, a combining accent behind a letter belongs to no piece; a span that
   * ended before it would cut the letter in two, so it goes to the piece before it.
   */
  private static void includeAccents(Pieces pieces, String text) {
    for (int i = 0; i < pieces.size(); i++) {
      int limit = i + 1 < pieces.size() ? pieces.starts()[i + 1] : text.length();
      int end = pieces.ends()[i];
      while (end < limit
          && Character.getType(text.codePointAt(end)) == Character.NON_SPACING_MARK) {
        end += Character.charCount(text.codePointAt(end));
      }
      pieces.ends()[i] = end;
    }
  }

  @Override
  public Vocabulary vocabulary() {
    return vocabulary;
  }

  @Override
  public void close() {
    tokenizer.close();
  }
}
