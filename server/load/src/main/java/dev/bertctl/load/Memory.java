// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Looks at a server's memory every second: at its process (Linux) and at its metrics. */
final class Memory implements AutoCloseable {

  private static final Pattern RSS = Pattern.compile("VmRSS:\\s+(\\d+) kB");
  private static final double MIB = 1 << 20;

  private final long pid;
  private final URI metrics;
  private final LongSupplier ended;
  private final HttpClient client = HttpClient.newHttpClient();
  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private final List<Sample> samples = new ArrayList<>();
  private volatile Throwable failure;

  /**
   * The memory at a time, in MiB.
   *
   * @param rss of the process, resident
   * @param heap used of Java's
   * @param outside resident, and not of the heap that Java holds: TensorFlow's, buffers, classes
   * @param ended requests that had ended by then
   */
  record Sample(double rss, double heap, double outside, long ended) {}

  /**
   * @param ended tells how many requests have ended
   */
  Memory(long pid, URI server, LongSupplier ended) {
    this.pid = pid;
    this.ended = ended;
    this.metrics = server.resolve("/metrics");
    timer.scheduleAtFixedRate(this::look, 0, 1, TimeUnit.SECONDS);
  }

  private void look() {
    try {
      Matcher rss = RSS.matcher(Files.readString(Path.of("/proc/" + pid + "/status")));
      if (!rss.find()) {
        throw new IOException("no VmRSS of process " + pid);
      }
      HttpRequest.Builder request = HttpRequest.newBuilder(metrics);
      String key = System.getenv("BERTCTL_API_KEY");
      if (key != null) {
        request.header("Authorization", "Bearer " + key);
      }
      String text = client.send(request.build(), BodyHandlers.ofString()).body();
      double resident = Long.parseLong(rss.group(1)) / 1024.0;
      Sample sample =
          new Sample(
              resident,
              sum(text, "jvm_memory_used_bytes"),
              resident - sum(text, "jvm_memory_committed_bytes"),
              ended.getAsLong());
      synchronized (samples) {
        samples.add(sample);
      }
    } catch (IOException e) {
      failure = e;
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static double sum(String metrics, String name) {
    return metrics
            .lines()
            .filter(line -> line.startsWith(name) && line.contains("area=\"heap\""))
            .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
            .sum()
        / MIB;
  }

  /**
   * The samples until now.
   *
   * @throws IOException if the memory could not be looked at
   */
  List<Sample> samples() throws IOException {
    if (failure != null) {
      throw new IOException("the server's memory cannot be looked at: " + failure, failure);
    }
    synchronized (samples) {
      return List.copyOf(samples);
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
