// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.load;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.HdrHistogram.Histogram;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures throughput and latency, then serves a million requests among disturbers. */
@Command(
    name = "run",
    description = "Loads a server, checks every answer, and writes a report.",
    mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {

  private static final double[] LOADS = {0.5, 0.9};

  @Option(
      names = "--target",
      required = true,
      paramLabel = "NAME=FORM:URL",
      description = "Repeatable: the server, then peers whose throughput is compared in turns.")
  private List<String> targets = List.of();

  @Option(names = "--pid", description = "The server's process, whose memory is looked at.")
  private Optional<Long> pid = Optional.empty();

  @Option(names = "--requests", defaultValue = "1000000", description = "Of the long run.")
  private long requests;

  @Option(names = "--round", defaultValue = "20000", description = "Requests of a round.")
  private long round;

  @Option(names = "--rounds", defaultValue = "5", description = "Rounds of each target.")
  private int rounds;

  @Option(names = "--clients", defaultValue = "64", description = "Requests at once.")
  private int clients;

  @Option(names = "--seconds", defaultValue = "60", description = "At each constant rate.")
  private int seconds;

  @Option(names = "--texts", defaultValue = "1000", description = "Different texts.")
  private int texts;

  @Option(names = "--report", defaultValue = "target/load", description = "Folder.")
  private Path folder;

  private final Report report = new Report();
  private final PrintStream progress = System.err;

  @Override
  public Integer call() throws Exception {
    Vertx vertx = Vertx.vertx();
    Map<Target, Requester> requesters = new LinkedHashMap<>();
    try {
      for (String text : targets) {
        Target target = Target.parse(text);
        Requester requester = new Requester(vertx, target, Math.max(clients, 256));
        progress.printf("%s: %,d texts, each alone%n", target.name(), texts);
        requester.learn(texts);
        report.learned(target.name(), texts, requester.distinct());
        requesters.put(target, requester);
      }
      Target server = requesters.keySet().iterator().next();
      double highest = throughput(requesters);
      latency(requesters.get(server), highest);
      soak(server, requesters.get(server));
    } finally {
      requesters.values().forEach(Requester::close);
      vertx.close();
    }
    report.write(folder);
    System.out.print(report.markdown());
    return report.isClean() ? 0 : 1;
  }

  /** In turns, so that what else the machine does meets all of them. */
  private double throughput(Map<Target, Requester> requesters) throws InterruptedException {
    Map<Target, List<Double>> rates = new LinkedHashMap<>();
    Map<Target, Tally> tallies = new LinkedHashMap<>();
    requesters.keySet().forEach(target -> tallies.put(target, new Tally()));
    for (int i = 0; i <= rounds; i++) {
      for (Map.Entry<Target, Requester> each : requesters.entrySet()) {
        Target target = each.getKey();
        double rate = ClosedLoop.run(each.getValue(), round, clients, tallies.get(target));
        progress.printf("%s: round %d of %d: %,.0f/s%n", target.name(), i, rounds, rate);
        // The first warms up.
        if (i > 0) {
          rates.computeIfAbsent(target, one -> new ArrayList<>()).add(rate);
        }
      }
    }
    rates.forEach((target, of) -> report.throughput(target.name(), of, tallies.get(target)));
    return Report.median(rates.values().iterator().next());
  }

  private void latency(Requester requester, double highest) throws InterruptedException {
    for (double load : LOADS) {
      Tally tally = new Tally();
      progress.printf("%,.0f/s for %d s%n", load * highest, seconds);
      Histogram latencies = ConstantRate.run(requester, load * highest, seconds, tally);
      report.latency(load, load * highest, latencies, tally);
    }
  }

  private void soak(Target server, Requester requester) throws IOException, InterruptedException {
    Tally tally = new Tally();
    progress.printf("%,d requests among disturbers%n", requests);
    Optional<Memory> memory = pid.map(process -> new Memory(process, server.uri()));
    double rate;
    Disturbers disturbers = new Disturbers(server);
    try (disturbers) {
      rate = ClosedLoop.run(requester, requests, clients, tally);
    } finally {
      memory.ifPresent(Memory::close);
    }
    report.soak(requests, rate, tally, disturbers);
    if (memory.isPresent()) {
      report.memory(memory.get().samples());
    }
  }
}
