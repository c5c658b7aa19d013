// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.data;

import dev.bertctl.spi.data.DataException;
import dev.bertctl.spi.data.DataFile;
import dev.bertctl.spi.data.Location;
import dev.bertctl.spi.data.Row;
import java.util.List;
import java.util.stream.Stream;

/**
 * The files of a split, one at the least, as one: what is in the first, and then what is in the
 * next. Each is read by its own format, header and packing.
 */
final class JoinedFiles implements DataFile {

  private final List<LocalFile> files;
  private final boolean apart;

  /**
   * @param files the files
   * @param apart whether an empty line stands between files of text, as it does between documents;
   *     between files of CoNLL columns there is one in any case, so that no sentence goes on
   * @throws DataException if some have rows and others have not, or several are JSON documents
   */
  JoinedFiles(List<LocalFile> files, boolean apart) {
    this.files = List.copyOf(files);
    this.apart = apart;
    if (files.size() > 1) {
      requireAlike();
    }
  }

  private void requireAlike() {
    LocalFile first = files.get(0);
    for (LocalFile file : files) {
      if (file.format() == Format.JSON) {
        throw new DataException(
            file.location(),
            "is one JSON document, which is not read together with other files; name it alone, or give rows (csv, tsv, jsonl)");
      }
      if (hasRows(file.format()) != hasRows(first.format())
          || !hasRows(file.format()) && file.format() != first.format()) {
        throw new DataException(
            file.location(),
            "is read as %s, and %s as %s; files that are read together all have rows (csv, tsv, jsonl), or are of one format"
                .formatted(file.format(), first.location(), first.format()));
      }
    }
  }

  /** Whether a file of this format is read by rows. */
  static boolean hasRows(Format format) {
    return switch (format) {
      case CSV, TSV, JSONL -> true;
      case JSON, TEXT, CONLL -> false;
    };
  }

  /** Of several files it names the first. */
  @Override
  public Location location() {
    Location first = files.get(0).location();
    int more = files.size() - 1;
    return more == 0
        ? first
        : new Location(
            "%s and %d more file%s".formatted(first.file(), more, more > 1 ? "s" : ""), 0);
  }

  /** Of several files with rows, that of the first. */
  @Override
  public Format format() {
    return files.get(0).format();
  }

  @Override
  public boolean canBeReread() {
    return files.stream().allMatch(LocalFile::canBeReread);
  }

  @Override
  public Stream<Row> rows() {
    JoinedRows rows = openRows();
    return LocalFile.<Row>stream(rows).onClose(rows::close);
  }

  /**
   * Opens the rows; close them.
   *
   * @throws DataException if the first file has none
   */
  JoinedRows openRows() {
    return new JoinedRows(files);
  }

  @Override
  public Stream<Line> lines() {
    JoinedLines lines = new JoinedLines(files, apart || format() == Format.CONLL);
    return LocalFile.stream(lines).onClose(lines::close);
  }

  @Override
  public Object json() {
    if (files.size() > 1) {
      throw new DataException(location(), "one JSON document is needed; name it alone");
    }
    return files.get(0).json();
  }
}
