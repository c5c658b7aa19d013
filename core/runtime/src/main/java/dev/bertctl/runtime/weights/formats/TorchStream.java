// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.weights.formats;

import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.files.FileException;
import dev.bertctl.runtime.weights.FileCursor;
import dev.bertctl.runtime.weights.pickle.Pickle;
import dev.bertctl.runtime.weights.pickle.PickleDict;
import dev.bertctl.runtime.weights.pickle.PickleList;
import dev.bertctl.runtime.weights.pickle.TensorStorage;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * What torch.save wrote before PyTorch 1.6: pickles of a magic number, a version, the machine, the
 * object and the keys of its storages; then each storage, its number of elements first.
 */
final class TorchStream {

  private static final BigInteger MAGIC = new BigInteger("1950a86a20f9469cfc6c", 16);
  private static final long VERSION = 1001;

  private TorchStream() {}

  static boolean isMagic(Object value) {
    return MAGIC.equals(value);
  }

  /**
   * Reads what follows the magic number.
   *
   * @param cursor stands behind it
   */
  static TorchStorages read(FileCursor cursor) {
    Path file = cursor.file();
    Object version = Pickle.read(cursor).value();
    if (!version.equals(VERSION)) {
      throw FileException.damaged(file, "it is of no version of PyTorch's format that is known");
    }
    if (!(Pickle.read(cursor).value() instanceof PickleDict machine)
        || !Boolean.TRUE.equals(machine.entries().get("little_endian"))) {
      throw new UserException(
          file + ": it does not say that it is little-endian; save it anew on such a machine");
    }
    Pickle object = Pickle.read(cursor);
    return new TorchStorages(cursor.stored(), object.value(), begins(cursor, object.storages()));
  }

  private static Map<String, Long> begins(FileCursor cursor, Map<String, TensorStorage> storages) {
    Path file = cursor.file();
    Map<String, Long> begins = new HashMap<>();
    if (!(Pickle.read(cursor).value() instanceof PickleList keys)) {
      throw FileException.damaged(file, "it has no list of its storages");
    }
    for (Object key : keys.items()) {
      TensorStorage storage = key instanceof String ? storages.get(key) : null;
      if (storage == null || begins.containsKey(storage.key())) {
        throw FileException.damaged(file, "its list of storages does not fit its pickle");
      }
      long elements = cursor.length64();
      if (elements != storage.bytes() / storage.type().bytes()) {
        throw FileException.damaged(
            file,
            "it has "
                + elements
                + " numbers of storage "
                + storage.key()
                + "; its pickle says "
                + storage.bytes() / storage.type().bytes());
      }
      begins.put(storage.key(), cursor.position());
      cursor.skip(storage.bytes());
    }
    if (begins.size() != storages.size()) {
      throw FileException.damaged(file, "its list of storages does not fit its pickle");
    }
    if (cursor.remaining() > 0) {
      throw FileException.damaged(
          file, "there are " + cursor.remaining() + " bytes behind its last storage");
    }
    return begins;
  }
}
