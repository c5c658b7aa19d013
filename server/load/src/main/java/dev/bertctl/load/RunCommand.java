// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.load;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
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

  @Option(
      names = "--deadline",
      defaultValue = "60",
      paramLabel = "MINUTES",
      description = "Of the long run, which ends then, whatever it has done.")
  private int minutes;

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
  private final EarlyEnd early = new EarlyEnd();
  private final PrintStream progress = System.err;

  @Override
  public Integer call() throws Exception {
    early.onSignal();
    Vertx vertx = Vertx.vertx();
    Map<Target, Requester> requesters = new LinkedHashMap<>();
    try {
      measure(vertx, requesters);
    } catch (Exception e) {
      early.ask("failed: " + e);
      throw e;
    } finally {
      early.reason().ifPresent(report::endedEarly);
      report.write(folder);
      System.out.print(report.markdown());
      early.written();
      requesters.values().forEach(Requester::close);
      vertx.close();
    }
    return report.isClean() ? 0 : 1;
  }

  private void measure(Vertx vertx, Map<Target, Requester> requesters)
      throws WrongAnswerException, IOException, InterruptedException {
    for (String text : targets) {
      Target target = Target.parse(text);
      Requester requester = new Requester(vertx, target, Math.max(clients, 256));
      progress.printf("%s: %,d texts, each alone%n", target.name(), texts);
      requesters.put(target, requester);
      requester.learn(texts, early);
      report.learned(target.name(), requester.learned(), requester.distinct());
    }
    Target server = requesters.keySet().iterator().next();
    double highest = throughput(requesters);
    latency(requesters.get(server), highest);
    // What was found until here is there even if this process is killed.
    report.write(folder);
    if (!early.isAsked()) {
      progress.printf("%,d requests among disturbers%n", requests);
      new Soak(server, requesters.get(server), early, progress)
          .run(requests, clients, Duration.ofMinutes(minutes), pid, report);
    }
  }

  /** In turns, so that what else the machine does meets all of them. */
  private double throughput(Map<Target, Requester> requesters) throws InterruptedException {
    Map<Target, List<Double>> rates = new LinkedHashMap<>();
    Map<Target, Tally> tallies = new LinkedHashMap<>();
    requesters.keySet().forEach(target -> tallies.put(target, new Tally()));
    for (int i = 0; i <= rounds && !early.isAsked(); i++) {
      for (Map.Entry<Target, Requester> each : requesters.entrySet()) {
        Target target = each.getKey();
        double rate =
            ClosedLoop.run(each.getValue(), early, round, clients, tallies.get(target)).rate();
        progress.printf("%s: round %d of %d: %,.0f/s%n", target.name(), i, rounds, rate);
        // The first warms up, and one that ended early is none.
        if (i > 0 && !early.isAsked()) {
          rates.computeIfAbsent(target, one -> new ArrayList<>()).add(rate);
        }
      }
    }
    rates.forEach((target, of) -> report.throughput(target.name(), of, tallies.get(target)));
    return rates.isEmpty() ? 0 : Report.median(rates.values().iterator().next());
  }

  private void latency(Requester requester, double highest) throws InterruptedException {
    for (double load : LOADS) {
      if (early.isAsked()) {
        return;
      }
      Tally tally = new Tally();
      progress.printf("%,.0f/s for %d s%n", load * highest, seconds);
      Histogram latencies = ConstantRate.run(requester, early, load * highest, seconds, tally);
      report.latency(load, load * highest, latencies, tally);
    }
  }
}
