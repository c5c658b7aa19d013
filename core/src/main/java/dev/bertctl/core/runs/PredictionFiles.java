// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.runs;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bertctl.runtime.evaluation.PredictionSink;
import dev.bertctl.runtime.files.FileException;
import dev.bertctl.runtime.files.FileTree;
import dev.bertctl.runtime.files.WholeFile;
import dev.bertctl.runtime.json.JsonLines;
import dev.bertctl.spi.Task;
import dev.bertctl.spi.data.Example;
import dev.bertctl.spi.decode.OutputFile;
import dev.bertctl.spi.decode.Prediction;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes predictions in forms of the task's own while they are made, one file each. Until all are
 * there, and {@link #publish} is called, they are in a hidden folder beside their places.
 *
 * @param <X> an example
 * @param <P> a prediction
 */
final class PredictionFiles<X extends Example, P extends Prediction>
    implements PredictionSink<X, P>, AutoCloseable {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final Path folder;
  private final Path partial;
  private final List<String> names = new ArrayList<>();
  private final List<Part<X, P>> parts = new ArrayList<>();

  private PredictionFiles(Path folder) {
    this.folder = folder;
    this.partial = folder.resolve(".predictions.part");
    FileTree.clear(partial);
  }

  /**
   * The task's own files.
   *
   * @param folder where they are to be; it must be there
   */
  static <X extends Example, P extends Prediction> PredictionFiles<X, P> ofTask(
      Path folder, Task<X, P> task) {
    PredictionFiles<X, P> files = new PredictionFiles<>(folder);
    for (OutputFile<X, P> file : task.files()) {
      files.add(file.name(), part(files.partial.resolve(file.name()), file.content()));
    }
    return files;
  }

  /**
   * The task's own files, and {@code predictions.jsonl}: one line an example, in the input's order.
   *
   * @param folder where they are to be; it must be there
   */
  static <X extends Example, P extends Prediction> PredictionFiles<X, P> ofRun(
      Path folder, Task<X, P> task) {
    PredictionFiles<X, P> files = ofTask(folder, task);
    files.add(RunFolder.PREDICTIONS, new RowsPart<>(files.partial.resolve(RunFolder.PREDICTIONS)));
    return files;
  }

  private void add(String name, Part<X, P> part) {
    names.add(name);
    parts.add(part);
  }

  private static <X extends Example, P extends Prediction> Part<X, P> part(
      Path file, OutputFile.Content<X, P> content) {
    try {
      if (content instanceof OutputFile.Content.Json<X, P> json) {
        return new JsonPart<>(file, json);
      }
      return new TextPart<>(file, (OutputFile.Content.Text<X, P>) content);
    } catch (IOException e) {
      throw FileException.writing(file, e);
    }
  }

  /**
   * The fields of a row of predictions: the input's columns, then the prediction, whose fields
   * replace columns of their names.
   */
  static Map<String, Object> row(Example example, Prediction prediction) {
    Map<String, Object> fields = new LinkedHashMap<>(example.columns());
    fields.putAll(prediction.fields());
    return fields;
  }

  @Override
  public void accept(X example, P prediction) {
    for (Part<X, P> part : parts) {
      try {
        part.add(example, prediction);
      } catch (IOException e) {
        throw FileException.writing(partial, e);
      }
    }
  }

  /** Puts the files in their places; existing ones are replaced. */
  void publish() {
    close();
    for (String name : names) {
      WholeFile.force(partial.resolve(name));
      FileTree.replace(partial.resolve(name), folder.resolve(name));
    }
    FileTree.delete(partial);
  }

  /** Ends the files, and drops those that are not published. */
  void drop() {
    close();
    FileTree.delete(partial);
  }

  /** Ends the files; those that are not published are dropped when others are begun. */
  @Override
  public void close() {
    List<Part<X, P>> open = List.copyOf(parts);
    parts.clear();
    for (Part<X, P> part : open) {
      try {
        part.close();
      } catch (IOException e) {
        throw FileException.writing(partial, e);
      }
    }
  }

  /** One file. */
  private interface Part<X, P> extends AutoCloseable {
    void add(X example, P prediction) throws IOException;

    @Override
    void close() throws IOException;
  }

  private static final class RowsPart<X extends Example, P extends Prediction>
      implements Part<X, P> {

    private final JsonLines lines;

    RowsPart(Path file) {
      this.lines = new JsonLines(file);
    }

    @Override
    public void add(X example, P prediction) {
      lines.write(row(example, prediction));
    }

    @Override
    public void close() {
      lines.close();
    }
  }

  private static final class TextPart<X extends Example, P extends Prediction>
      implements Part<X, P> {

    private final Writer writer;
    private final OutputFile.Content.Text<X, P> content;
    private long place;

    TextPart(Path file, OutputFile.Content.Text<X, P> content) throws IOException {
      this.writer = Files.newBufferedWriter(file);
      this.content = content;
      writer.write(content.header());
    }

    @Override
    public void add(X example, P prediction) throws IOException {
      writer.write(content.part().of(example, prediction, place++));
    }

    @Override
    public void close() throws IOException {
      writer.close();
    }
  }

  private static final class JsonPart<X extends Example, P extends Prediction>
      implements Part<X, P> {

    private final JsonGenerator generator;
    private final OutputFile.Content.Json<X, P> content;

    JsonPart(Path file, OutputFile.Content.Json<X, P> content) throws IOException {
      this.generator =
          MAPPER.getFactory().createGenerator(Files.newOutputStream(file), JsonEncoding.UTF8);
      this.content = content;
      generator.setPrettyPrinter(new DefaultPrettyPrinter());
      generator.writeStartObject();
    }

    @Override
    public void add(X example, P prediction) throws IOException {
      Map.Entry<String, Object> entry = content.entry().apply(example, prediction);
      generator.writeFieldName(entry.getKey());
      MAPPER.writeValue(generator, entry.getValue());
    }

    /** Ends whatever is begun, the object included. */
    @Override
    public void close() throws IOException {
      generator.close();
    }
  }
}
