// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.packing;

import dev.bertctl.runtime.files.FileException;
import dev.bertctl.spi.packing.Feature;
import java.io.BufferedOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * The features of a whole split, kept in a file, so that text larger than memory can be trained on:
 * of each feature only its place, its sizes and its example, 20 bytes, are in memory. Written once,
 * then read in any order. Not thread-safe. Closing it deletes the file.
 */
public final class FeatureStore implements FeatureList, AutoCloseable {

  private final Path file;
  private final RandomAccessFile reader;
  private final long[] offsets; // one more than features
  private final int[] examples;
  private final int[] lengths;
  private final int[] sequences;

  private FeatureStore(Writer written) throws IOException {
    this.file = written.file;
    this.offsets = Arrays.copyOf(written.offsets, written.size + 1);
    this.examples = Arrays.copyOf(written.examples, written.size);
    this.lengths = Arrays.copyOf(written.lengths, written.size);
    this.sequences = Arrays.copyOf(written.sequences, written.size);
    // Not a channel: that would be closed for good when the thread is interrupted.
    this.reader = new RandomAccessFile(file.toFile(), "r");
  }

  /**
   * Begins a store.
   *
   * @param file where it is kept; an existing file is replaced
   */
  public static Writer write(Path file) {
    return new Writer(file);
  }

  @Override
  public int size() {
    return examples.length;
  }

  @Override
  public Feature get(int index) {
    byte[] bytes = new byte[Math.toIntExact(offsets[index + 1] - offsets[index])];
    try {
      reader.seek(offsets[index]);
      reader.readFully(bytes);
    } catch (IOException e) {
      throw FileException.reading(file, e);
    }
    return FeatureCodec.decode(bytes);
  }

  @Override
  public int example(int index) {
    return examples[index];
  }

  @Override
  public int length(int index) {
    return lengths[index];
  }

  @Override
  public int sequences(int index) {
    return sequences[index];
  }

  @Override
  public void close() {
    try {
      reader.close();
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw FileException.writing(file, e);
    }
  }

  /** Takes features one after the other. */
  public static final class Writer implements AutoCloseable {

    private final Path file;
    private final OutputStream output;
    private long[] offsets = new long[1024];
    private int[] examples = new int[1024];
    private int[] lengths = new int[1024];
    private int[] sequences = new int[1024];
    private int size;
    private boolean finished;

    private Writer(Path file) {
      this.file = file;
      try {
        Files.write(file, new byte[0]);
        // Not a channel here either: what was written stays when the thread is interrupted.
        this.output = new BufferedOutputStream(new FileOutputStream(file.toFile()), 1 << 16);
      } catch (IOException e) {
        throw FileException.writing(file, e);
      }
    }

    /**
     * Adds a feature.
     *
     * @param example the place of its example
     */
    public void add(int example, Feature feature) {
      byte[] bytes = FeatureCodec.encode(feature);
      try {
        output.write(bytes);
      } catch (IOException e) {
        throw FileException.writing(file, e);
      }
      if (size + 1 == offsets.length) {
        grow();
      }
      offsets[size + 1] = offsets[size] + bytes.length;
      examples[size] = example;
      lengths[size] = Batch.length(feature);
      sequences[size] = feature.sequences().size();
      size++;
    }

    private void grow() {
      int capacity = Math.toIntExact(size * 2L + 2);
      offsets = Arrays.copyOf(offsets, capacity);
      examples = Arrays.copyOf(examples, capacity);
      lengths = Arrays.copyOf(lengths, capacity);
      sequences = Arrays.copyOf(sequences, capacity);
    }

    /** The store, once everything is in it. */
    public FeatureStore finish() {
      try {
        output.close();
        finished = true;
        return new FeatureStore(this);
      } catch (IOException e) {
        throw FileException.writing(file, e);
      }
    }

    /** Deletes the file unless the store is finished. */
    @Override
    public void close() {
      if (!finished) {
        try {
          output.close();
          Files.deleteIfExists(file);
        } catch (IOException e) {
          throw FileException.writing(file, e);
        }
      }
    }
  }
}
