// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.download;

import dev.bertctl.runtime.UserException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalLong;

/** A file on a web server. */
public final class WebFile {

  private final URI uri;

  /**
   * @param uri its http or https address
   */
  private WebFile(URI uri) {
    this.uri = uri;
  }

  /** Its http or https address. */
  public URI uri() {
    return uri;
  }

  /**
   * Reads an address.
   *
   * @throws UserException if it is no http or https address of a file
   */
  public static WebFile parse(String address) {
    try {
      URI uri = new URI(address);
      if (uri.getHost() != null && !name(uri).isEmpty()) {
        return new WebFile(uri);
      }
    } catch (java.net.URISyntaxException e) {
      throw new UserException(address + ": no web address: " + e.getReason(), e);
    }
    throw new UserException(address + ": no address of a file; it has no host or no file name");
  }

  /** The last part of its address. */
  public String name() {
    return name(uri);
  }

  private static String name(URI uri) {
    String path = uri.getPath() == null ? "" : uri.getPath();
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /**
   * Fetches the file.
   *
   * @param target where to; must not exist
   * @param most bytes that it may have
   * @throws UserException if it cannot be had, or is larger
   */
  public void fetch(Path target, long most, DownloadListener listener) {
    // Redirects are followed, but not from https to http.
    HttpClient client =
        HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NORMAL)
            .connectTimeout(Duration.ofSeconds(30))
            .build();
    HttpRequest request =
        HttpRequest.newBuilder(uri)
            .timeout(Duration.ofSeconds(60))
            .header("User-Agent", "bertctl")
            .build();
    try {
      HttpResponse<InputStream> response = client.send(request, BodyHandlers.ofInputStream());
      try (InputStream body = new ImpatientStream(response.body(), ImpatientStream.PATIENCE)) {
        if (response.statusCode() != 200) {
          throw new UserException(
              "%s: the server answered %d; check the address"
                  .formatted(uri, response.statusCode()));
        }
        copy(body, response.headers().firstValueAsLong("Content-Length"), target, most, listener);
      }
    } catch (ConnectException e) {
      throw new UserException(
          "%s: cannot connect to %s; check the address and the network"
              .formatted(uri, uri.getAuthority()),
          e);
    } catch (IOException e) {
      throw new UserException(
          "%s: cannot be fetched (%s); check the network and try again"
              .formatted(uri, e.getMessage()),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UserException(uri + ": interrupted", e);
    }
  }

  private void copy(
      InputStream body, OptionalLong total, Path target, long most, DownloadListener listener)
      throws IOException {
    byte[] buffer = new byte[1 << 16];
    long done = 0;
    try (OutputStream output = Files.newOutputStream(target)) {
      for (int read = body.read(buffer); read >= 0; read = body.read(buffer)) {
        output.write(buffer, 0, read);
        done += read;
        if (done > most) {
          throw new UserException(
              "%s: larger than %,d bytes; this is not the file you want".formatted(uri, most));
        }
        listener.progress(name(), done, total);
      }
    }
  }
}
