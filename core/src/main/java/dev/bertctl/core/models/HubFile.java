// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.models;

import dev.bertctl.download.DownloadListener;
import dev.bertctl.download.ImpatientStream;
import dev.bertctl.download.WebAddress;
import dev.bertctl.runtime.OtherCache;
import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.files.FileException;
import dev.bertctl.runtime.files.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.Callable;

/** One file on the hub, as its headers describe it. */
final class HubFile {

  /** Attempts without a byte of progress before giving up. */
  private static final int MOST_ATTEMPTS = 5;

  private static final int SHA256_DIGITS = 64;

  /** Each further pause is twice as long. */
  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);

  private final WebAddress address;
  private final String name;
  private final long size;
  private final String checksum;

  /**
   * @param address where it is
   * @param name its name, shown to users
   * @param size in bytes
   * @param checksum SHA-256 of large files (64 digits), git's blob name of others (40 digits); hubs
   *     other than Hugging Face's may give something else, which cannot be checked
   */
  private HubFile(WebAddress address, String name, long size, String checksum) {
    this.address = address;
    this.name = name;
    this.size = size;
    this.checksum = checksum;
  }

  static HubFile of(WebAddress address, String name, HttpHeaders headers) throws IOException {
    // Large files lie elsewhere: the hub's own answer then describes them as "linked".
    long size = size(address, headers);
    String tag =
        headers
            .firstValue("X-Linked-ETag")
            .or(() -> headers.firstValue("ETag"))
            .orElse("")
            .replaceFirst("^W/", "")
            .replace("\"", "");
    // No checksum is longer, and parts are called by it.
    return new HubFile(address, name, size, tag.length() > SHA256_DIGITS ? "" : tag);
  }

  private static long size(WebAddress address, HttpHeaders headers) throws IOException {
    String size =
        headers
            .firstValue("X-Linked-Size")
            .or(() -> headers.firstValue("Content-Length"))
            .orElse("");
    if (!size.matches("[0-9]{1,18}")) {
      throw new IOException(address + ": the answer does not tell the size");
    }
    return Long.parseLong(size);
  }

  /**
   * Downloads the file, going on where an earlier attempt of this or another run broke off.
   *
   * @throws UserException if what arrived is not what was announced
   */
  void download(Path folder, HubClient client, DownloadListener listener) throws IOException {
    // Its name holds the checksum: parts of another version of the file are not mixed with it.
    Path file = folder.resolve(name);
    Path part =
        file.resolveSibling(
            "." + file.getFileName() + "." + checksum.replaceAll("[^A-Za-z0-9]", "") + ".part");
    Files.createDirectories(file.getParent());
    if (checksum.length() != 64 && checksum.length() != 40) {
      // Nothing would notice if the part were of another version.
      Files.deleteIfExists(part);
    }
    int attempts = 0;
    while (length(part) < size || !Files.exists(part)) {
      long before = length(part);
      try {
        fetch(part, client, listener);
      } catch (IOException e) {
        attempts = length(part) > before ? 1 : attempts + 1;
        if (attempts >= MOST_ATTEMPTS) {
          throw new IOException(
              address + ": " + length(part) + " of " + size + " bytes arrived: " + e.getMessage(),
              e);
        }
        sleep(FIRST_PAUSE.multipliedBy(1L << attempts));
      }
    }
    verify(part);
    Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
  }

  private void fetch(Path part, HubClient client, DownloadListener listener) throws IOException {
    long from = length(part);
    HttpResponse<InputStream> response = client.get(address, from);
    try (InputStream body = new ImpatientStream(response.body(), client.patience())) {
      boolean resumed = response.statusCode() == 206 && startsAt(response, from);
      if (!resumed && response.statusCode() != 200) {
        throw new IOException("the server answered " + response.statusCode());
      }
      long at = resumed ? from : 0;
      at = copy(body, part, at, resumed, listener);
      if (at < size) {
        throw new IOException("the connection was closed");
      }
    }
  }

  /** What goes wrong with the disk is not tried again, as what goes wrong with the network is. */
  private long copy(
      InputStream body, Path part, long from, boolean resumed, DownloadListener listener)
      throws IOException {
    long at = from;
    try (FileChannel output =
        writing(
            part,
            () ->
                FileChannel.open(
                    part,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.WRITE,
                    resumed ? StandardOpenOption.APPEND : StandardOpenOption.TRUNCATE_EXISTING))) {
      byte[] buffer = new byte[1 << 16];
      for (int read = body.read(buffer); read >= 0 && at <= size; read = body.read(buffer)) {
        ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, read);
        while (bytes.hasRemaining()) {
          writing(part, () -> output.write(bytes));
        }
        at += read;
        listener.progress(name, at, OptionalLong.of(size));
      }
    }
    return at;
  }

  private static <T> T writing(Path part, Callable<T> work) {
    try {
      return work.call();
    } catch (IOException e) {
      throw new UserException(FileException.writing(part, e).getMessage(), new OtherCache(), e);
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static boolean startsAt(HttpResponse<?> response, long from) {
    return response
        .headers()
        .firstValue("Content-Range")
        .map(range -> range.startsWith("bytes " + from + "-"))
        .orElse(false);
  }

  private void verify(Path part) throws IOException {
    long length = length(part);
    String found =
        switch (checksum.length()) {
          case 64 -> Sha256.of(part);
          case 40 -> GitBlob.of(part);
          default -> checksum;
        };
    if (length != size || !found.equals(checksum)) {
      Files.delete(part);
      throw new UserException(
          address
              + ": what arrived has "
              + length
              + " bytes and the checksum "
              + found
              + ", announced were "
              + size
              + " and "
              + checksum
              + "; it was thrown away: try again");
    }
  }

  private static long length(Path part) throws IOException {
    return Files.exists(part) ? Files.size(part) : 0;
  }

  private static void sleep(Duration pause) throws IOException {
    try {
      Thread.sleep(pause.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }
}
