// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.download;

import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.files.FileException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/** A file on a web server. */
public final class WebFile {

  private final WebAddress address;

  private WebFile(WebAddress address) {
    this.address = address;
  }

  /** Its address. */
  public WebAddress address() {
    return address;
  }

  /**
   * Reads an address.
   *
   * @throws UserException if it is no http or https address of a file
   */
  public static WebFile parse(String text) {
    try {
      WebFile file = new WebFile(WebAddress.parse(text));
      if (!file.name().isEmpty()) {
        return file;
      }
    } catch (IllegalArgumentException e) {
      throw new UserException(WebAddress.shown(text) + ": " + e.getMessage(), e);
    }
    throw new UserException(WebAddress.shown(text) + ": no address of a file; it has no file name");
  }

  /** The last part of its address. */
  public String name() {
    String path = address.uri().getPath() == null ? "" : address.uri().getPath();
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /**
   * Fetches the file.
   *
   * @param target where to; must not exist
   * @param most bytes that it may have
   * @param proxies those of the environment
   * @throws UserException if it cannot be had, or is larger
   */
  public void fetch(Path target, long most, Proxies proxies, DownloadListener listener) {
    // Redirects are followed, but not from https to http.
    HttpClient client = proxies.client().followRedirects(HttpClient.Redirect.NORMAL).build();
    HttpRequest request = proxies.request(address.uri()).build();
    try {
      HttpResponse<InputStream> response = client.send(request, BodyHandlers.ofInputStream());
      try (InputStream body = new ImpatientStream(response.body(), ImpatientStream.PATIENCE)) {
        if (response.statusCode() != 200) {
          throw new UserException(
              "%s: the server answered %d%s; check the address"
                  .formatted(address, response.statusCode(), proxies.way(address.uri())));
        }
        copy(body, response.headers().firstValueAsLong("Content-Length"), target, most, listener);
      }
    } catch (ConnectException e) {
      throw new UserException(
          "%s: cannot connect to %s%s; check the address and the network"
              .formatted(address, address.host(), proxies.way(address.uri())),
          e);
    } catch (IOException e) {
      throw new UserException(
          "%s: cannot be fetched%s (%s); check the network and try again"
              .formatted(address, proxies.way(address.uri()), FileException.reason(e)),
          e);
    } catch (IllegalArgumentException e) {
      // The JDK's client follows whatever it is told, and fails where that is no address.
      throw new UserException(
          "%s: the server redirects to what is no address%s; check the address"
              .formatted(address, proxies.way(address.uri())),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UserException(address + ": interrupted", e);
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
              "%s: larger than %,d bytes; this is not the file you want".formatted(address, most));
        }
        listener.progress(name(), done, total);
      }
    }
  }
}
