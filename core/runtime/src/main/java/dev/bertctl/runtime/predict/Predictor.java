// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.predict;

import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.engine.EngineChoice;
import dev.bertctl.runtime.huggingface.ModelLoader;
import dev.bertctl.runtime.huggingface.PretrainedModel;
import dev.bertctl.runtime.packing.TruncationSide;
import dev.bertctl.runtime.rows.ColumnNames;
import dev.bertctl.runtime.rows.LabelSynonyms;
import dev.bertctl.runtime.rows.RowTerms;
import dev.bertctl.runtime.rows.RowsInMemory;
import dev.bertctl.runtime.saved.SavedTask;
import dev.bertctl.spi.Task;
import dev.bertctl.spi.TaskPlugin;
import dev.bertctl.spi.data.Example;
import dev.bertctl.spi.data.InputColumn;
import dev.bertctl.spi.decode.MarkedText;
import dev.bertctl.spi.decode.ModelOutput;
import dev.bertctl.spi.decode.Prediction;
import dev.bertctl.spi.packing.Pieces;
import dev.bertctl.spi.packing.Vocabulary;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * A fine-tuned model in a Java program:
 *
 * <pre>{@code
 * try (Predictor<Classification> reviews = Predictor.open(Path.of("runs/reviews"), Classification.class)) {
 *   Classification prediction = reviews.predict(Map.of("text", "Warm, light and cheap."));
 * }
 * }</pre>
 *
 * <p>The plugin of the model's task must be on the class path. One predictor serves all threads of
 * a program; each call computes in its own thread, and {@link MicroBatcher} puts the calls of many
 * threads together. The model's native memory is freed by {@link #close}, which waits for calls
 * that are under way.
 *
 * @param <P> the task's predictions
 */
public final class Predictor<P extends Prediction> implements AutoCloseable {

  /** Where rows come from, in messages: the second of several is {@code row:2}. */
  private static final String ROWS = "row";

  private final SavedTask saved;
  private final Task<?, ?> task;
  private final List<InputColumn> columns;
  private final SavedSettings settings;
  private final TaskModel<?, ?> model;
  private final Class<P> type;
  private final int maxBatchTokens;
  private final ReadWriteLock lock = new ReentrantReadWriteLock();
  private boolean closed;

  private Predictor(
      SavedTask saved,
      PretrainedModel pretrained,
      TaskPlugin<?> plugin,
      Class<P> type,
      PredictorOptions options) {
    this.saved = saved;
    this.type = type;
    this.maxBatchTokens = options.maxBatchTokens();
    DescribedTask described = DescribedTask.of(saved, plugin);
    this.settings = DescribedTask.bound(SavedSettings.class, saved);
    this.task = described.task();
    this.columns = described.columns();
    saved.requireLabels(task.head());
    this.model =
        new TaskModel<>(
            saved.task(),
            task,
            pretrained,
            options.maxLength().orElse(settings.maxLength()),
            saved.temperature(),
            options);
  }

  /**
   * Opens a model on the device that is there.
   *
   * @param folder the model's folder, or that of the run which saved it
   * @throws UserException if there is no such model, its files are damaged, or its task's plugin is
   *     not on the class path
   */
  public static Predictor<Prediction> open(Path folder) {
    return open(folder, Prediction.class);
  }

  /**
   * Opens a model whose predictions are of a known class.
   *
   * @param folder the model's folder, or that of the run which saved it
   * @param type the class of the task's predictions
   * @throws UserException if there is no such model, its files are damaged, or its task's plugin is
   *     not on the class path
   */
  public static <P extends Prediction> Predictor<P> open(Path folder, Class<P> type) {
    return open(folder, type, PredictorOptions.DEFAULT);
  }

  /**
   * Opens a model.
   *
   * @param folder the model's folder, or that of the run which saved it
   * @param type the class of the task's predictions
   * @param options how it is opened
   * @throws UserException if there is no such model, its files are damaged, or its task's plugin is
   *     not there
   */
  public static <P extends Prediction> Predictor<P> open(
      Path folder, Class<P> type, PredictorOptions options) {
    SavedTask saved = SavedTask.open(folder);
    TaskPlugin<?> plugin = saved.pluginIn(DescribedTask.tasks(options), options.notice());
    PretrainedModel pretrained = ModelLoader.load(saved.folder().toString(), saved.folder());
    return new Predictor<>(saved, pretrained, plugin, type, options);
  }

  /**
   * Applies a task that needs no training, such as {@code embeddings}, to a model that was not
   * saved for one.
   *
   * @param pretrained the model; it must have the weights of the task's head, if it has any
   * @param task the task's name
   * @param values settings by key, lists separated by commas: the task's own options, {@code
   *     max-length}, and {@code data.columns.NAME}; what is left out is as the task has it, and the
   *     option {@link DeclaredPooling} as the model's folder tells
   * @param type the class of the task's predictions
   * @param options how it is opened
   * @throws dev.bertctl.runtime.options.ConfigException naming all settings that are wrong
   * @throws UserException if there is no such task, or the model lacks weights of its head
   */
  public static <P extends Prediction> Predictor<P> apply(
      PretrainedModel pretrained,
      String task,
      Map<String, String> values,
      Class<P> type,
      PredictorOptions options) {
    TaskPlugin<?> plugin = DescribedTask.tasks(options).get(task).plugin();
    SavedTask applied = AppliedTask.of(plugin, pretrained, values);
    return new Predictor<>(applied, pretrained, plugin, type, options);
  }

  /** What was saved: the task's name, the labels, the configuration. */
  public SavedTask saved() {
    return saved;
  }

  /** The task itself. */
  public Task<?, ?> task() {
    return task;
  }

  /** The columns that the task reads of a row; none if it does not say. */
  public List<InputColumn> columns() {
    return columns;
  }

  /**
   * Splits a text into word pieces, without special tokens and without cutting; offsets are UTF-16
   * indices into the text.
   */
  public Pieces tokenize(String text) {
    return whileOpen(open -> open.tokenizer().tokenize(text));
  }

  /**
   * The text that ids stand for, as Hugging Face's tokenizers put it together.
   *
   * @param ids of the model's vocabulary, each from 0 to V - 1
   * @param skipSpecial whether special tokens are left out
   */
  public String decode(int[] ids, boolean skipSpecial) {
    return whileOpen(open -> open.tokenizer().decode(ids, skipSpecial));
  }

  /** The model's word pieces and special tokens. */
  public Vocabulary vocabulary() {
    return whileOpen(open -> open.tokenizer().vocabulary());
  }

  /** The data's names of the task's columns, by the task's names, where they differ. */
  public Map<String, String> columnNames() {
    return settings.columns();
  }

  /** Which engine computes, and why. */
  public EngineChoice engine() {
    return model.engine();
  }

  /** Longest sequence in tokens, special tokens included; longer texts are cut or taken apart. */
  public int maxLength() {
    return model.maxLength();
  }

  /** Where it computes: {@code cpu} or {@code gpu:N}. */
  public String device() {
    return model.device();
  }

  /** Most tokens of a batch, padding included. */
  public int maxBatchTokens() {
    return maxBatchTokens;
  }

  /**
   * Predicts for a row.
   *
   * @param row values by column, under the names that the training data had or the task's own:
   *     texts, numbers, booleans, lists and maps of these
   * @throws dev.bertctl.spi.data.DataException naming the column, if the row cannot be used
   * @throws ClassCastException if the task's predictions are of another class
   */
  public P predict(Map<String, ?> row) {
    return compute(prepare(row));
  }

  /**
   * Predicts for rows, in batches of equal lengths.
   *
   * @return the predictions, in the rows' order
   * @throws dev.bertctl.spi.data.DataException naming row and column, if one cannot be used
   */
  public List<P> predict(List<? extends Map<String, ?>> rows) {
    return compute(prepare(rows));
  }

  /**
   * Predicts for an example of the task's own.
   *
   * @throws IllegalArgumentException if the task has examples of another class
   */
  public P predict(Example example) {
    return compute(prepare(example));
  }

  /**
   * Reads, checks and tokenises a row. It needs no other thread, and nothing of the model but its
   * vocabulary.
   *
   * @throws dev.bertctl.spi.data.DataException naming the column, if the row cannot be used
   */
  public Prepared prepare(Map<String, ?> row) {
    return prepare(List.of(row)).get(0);
  }

  /**
   * Reads, checks and tokenises rows.
   *
   * @return as many as there are rows, in their order
   * @throws dev.bertctl.spi.data.DataException naming row and column, if one cannot be used
   * @throws IllegalStateException if the task does not make one example of each row
   */
  public List<Prepared> prepare(List<? extends Map<String, ?>> rows) {
    return prepare(rows, TruncationSide.RIGHT);
  }

  /**
   * Reads, checks and tokenises rows.
   *
   * @param side where texts that are too long are cut, if the task leaves it to the packer; in
   *     training it was at their ends
   * @return as many as there are rows, in their order
   * @throws dev.bertctl.spi.data.DataException naming row and column, if one cannot be used
   * @throws IllegalStateException if the task does not make one example of each row
   */
  public List<Prepared> prepare(List<? extends Map<String, ?>> rows, TruncationSide side) {
    RowTerms terms =
        new RowTerms(
            ColumnNames.settled(settings.columns()), new LabelSynonyms(settings.labelSynonyms()));
    List<Prepared> prepared =
        whileOpen(open -> open.prepare(new RowsInMemory(ROWS, rows, terms), side));
    if (prepared.size() != rows.size()) {
      throw new IllegalStateException(
          "task '%s' made %d examples of %d rows; in prediction each row gives one"
              .formatted(saved.task(), prepared.size(), rows.size()));
    }
    return prepared;
  }

  /**
   * Tokenises an example of the task's own.
   *
   * @throws IllegalArgumentException if the task has examples of another class
   */
  public Prepared prepare(Example example) {
    return whileOpen(open -> open.prepare(example));
  }

  /** Predicts for what {@link #prepare} made. */
  public P compute(Prepared prepared) {
    return compute(List.of(prepared)).get(0);
  }

  /**
   * Predicts for what {@link #prepare} made, in batches of equal lengths.
   *
   * @return the predictions, in the same order
   * @throws UserException naming the example for which the model gives no finite outputs
   */
  public List<P> compute(List<Prepared> prepared) {
    List<P> predictions = new ArrayList<>(prepared.size());
    compute(prepared, (prediction, output) -> predictions.add(prediction));
    return predictions;
  }

  /**
   * Predicts for what {@link #prepare} made, in batches of equal lengths.
   *
   * @param sink takes each prediction, in the same order, with the outputs of the model that it was
   *     decoded from
   * @throws UserException naming the example for which the model gives no finite outputs
   */
  public void compute(List<Prepared> prepared, BiConsumer<P, ModelOutput> sink) {
    whileOpen(
        open -> {
          open.compute(
              prepared, (prediction, output) -> sink.accept(type.cast(prediction), output));
          return null;
        });
  }

  /** A prediction in its text, where the task shows it so. */
  public Optional<MarkedText> marked(Prepared prepared, P prediction) {
    return model.marked(prepared, prediction);
  }

  /** Native memory is not freed while it is in use. */
  private <T> T whileOpen(Function<TaskModel<?, ?>, T> work) {
    lock.readLock().lock();
    try {
      if (closed) {
        throw new IllegalStateException("the predictor of %s is closed".formatted(saved.folder()));
      }
      return work.apply(model);
    } finally {
      lock.readLock().unlock();
    }
  }

  /** Waits for calls that are under way, then frees the model's memory. */
  @Override
  public void close() {
    lock.writeLock().lock();
    try {
      if (!closed) {
        closed = true;
        model.close();
      }
    } finally {
      lock.writeLock().unlock();
    }
  }
}
