// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.download;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;

/**
 * A proxy that wants to know who asks. It answers every GET with the same content, and opens no
 * tunnel.
 */
final class TestProxy implements AutoCloseable {

  static final byte[] CONTENT = {1, 2, 3};

  private final ServerSocket server;
  private final String authorization;
  private final List<String> requests = Collections.synchronizedList(new ArrayList<>());

  TestProxy(String user, String password) throws IOException {
    server = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
    byte[] credentials = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
    authorization = "proxy-authorization: basic " + Base64.getEncoder().encodeToString(credentials);
    Thread thread = new Thread(this::serve, "proxy");
    thread.setDaemon(true);
    thread.start();
  }

  /** Host and port. */
  String address() {
    return "127.0.0.1:" + server.getLocalPort();
  }

  /** Method and target of each request, and whether it said who asks. */
  List<String> requests() {
    return requests;
  }

  private void serve() {
    while (!server.isClosed()) {
      try (Socket connection = server.accept()) {
        answer(connection);
      } catch (SocketException e) {
        // Closed by the test, or by the client.
        continue;
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private void answer(Socket connection) throws IOException {
    BufferedReader in =
        new BufferedReader(
            new InputStreamReader(connection.getInputStream(), StandardCharsets.ISO_8859_1));
    String request = in.readLine();
    if (request == null) {
      return;
    }
    boolean allowed = false;
    for (String header = in.readLine(); !header.isEmpty(); header = in.readLine()) {
      allowed |= header.equalsIgnoreCase(authorization);
    }
    requests.add(request.replaceFirst(" HTTP/.*", "") + (allowed ? " allowed" : ""));
    OutputStream out = connection.getOutputStream();
    if (!allowed) {
      write(out, "407 Proxy Authentication Required", "Proxy-Authenticate: Basic realm=\"p\"\r\n");
    } else if (request.startsWith("CONNECT ")) {
      write(out, "502 Bad Gateway", "");
    } else {
      out.write("HTTP/1.1 200 OK\r\nConnection: close\r\n".getBytes(StandardCharsets.US_ASCII));
      out.write(
          ("Content-Length: " + CONTENT.length + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
      out.write(CONTENT);
    }
    out.flush();
  }

  private static void write(OutputStream out, String status, String header) throws IOException {
    String answer =
        "HTTP/1.1 %s\r\n%sConnection: close\r\nContent-Length: 0\r\n\r\n".formatted(status, header);
    out.write(answer.getBytes(StandardCharsets.US_ASCII));
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
