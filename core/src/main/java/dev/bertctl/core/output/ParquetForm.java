// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.output;

import dev.bertctl.core.duckdb.DuckDb;
import dev.bertctl.core.duckdb.ParquetConversion;
import dev.bertctl.core.duckdb.ParquetNames;
import dev.bertctl.runtime.UserException;
import dev.bertctl.spi.data.Example;
import dev.bertctl.spi.decode.Prediction;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/**
 * Parquet, with columns of the types that all rows' values have. Those are known in the end, so
 * until then rows are kept as JSON lines. What a row lacks is null.
 */
final class ParquetForm<X extends Example, P extends Prediction> implements PredictionForm<X, P> {

  private final Path file;
  private final RowLayout layout;
  private final ParquetNames names = new ParquetNames();

  /**
   * @param file what messages name
   * @param layout what a row has
   * @throws UserException if this machine cannot write such files
   */
  ParquetForm(Path file, RowLayout layout) {
    DuckDb.requireLoadable();
    this.file = file;
    this.layout = layout;
  }

  @Override
  public byte[] part(X example, P prediction, long place) throws IOException {
    Map<String, Object> row = layout.row(example, prediction);
    row.keySet().forEach(this::check);
    return JsonLinesForm.line(row);
  }

  private void check(String name) {
    names
        .problem(name)
        .ifPresent(
            problem -> {
              throw new UserException(
                  "%s: %s, which Parquet files cannot have; choose and rename columns with --columns, or name the output %s"
                      .formatted(file, problem, PredictionForms.OTHER_ROWS));
            });
  }

  @Override
  public Path complete(Path grown) throws IOException {
    ParquetConversion conversion = ParquetConversion.of(grown, layout.likeliest());
    if (conversion.columns().isEmpty()) {
      throw new UserException(
          "%s: there are no predictions, and so no columns, without which there is no Parquet file; name the output %s"
              .formatted(file, PredictionForms.OTHER_ROWS));
    }
    // A prediction that was gone on with has seen only the last ones.
    conversion.columns().forEach(this::check);
    Path table = grown.resolveSibling(grown.getFileName() + ".table");
    conversion.write(table);
    return table;
  }
}
