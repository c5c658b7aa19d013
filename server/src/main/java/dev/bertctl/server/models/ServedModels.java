// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.server.models;

import dev.bertctl.runtime.UserException;
import dev.bertctl.server.ServerSettings;
import dev.bertctl.server.metrics.ModelMetrics;
import dev.bertctl.server.problem.ProblemException;
import dev.bertctl.server.problem.ProblemType;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;

/** The models that are served, by name. Whoever uses one holds a {@link Lease} of it meanwhile. */
@Singleton
public final class ServedModels {

  private static final Logger LOG = Logger.getLogger("dev.bertctl.server");

  /** Where the server is in its life. */
  public enum State {
    /** Models are being opened. */
    LOADING,
    /** Requests are taken. */
    SERVING,
    /** What was taken is finished, and nothing new is taken. */
    DRAINING
  }

  private final ServerSettings settings;
  private final ModelOpener opener;
  private final ModelMetrics metrics;
  private volatile Map<String, ServedModel> byName = Map.of();
  private volatile State state = State.LOADING;

  ServedModels(ServerSettings settings, ModelOpener opener, ModelMetrics metrics) {
    this.settings = settings;
    this.opener = opener;
    this.metrics = metrics;
  }

  /**
   * Opens the models of the settings, one after the other, and begins to serve them.
   *
   * @throws UserException if one cannot be opened
   */
  public synchronized void open() {
    for (ModelSource source : ModelSource.parse(settings.models().orElse(List.of()))) {
      put(opener.open(source, this::closeApart));
      metrics.queue(source.name(), () -> find(source.name()).map(this::pending).orElse(0));
    }
    if (state == State.LOADING) {
      state = State.SERVING;
    }
  }

  private int pending(ServedModel model) {
    return model.batcher().pending();
  }

  private void put(ServedModel model) {
    Map<String, ServedModel> all = new LinkedHashMap<>(byName);
    all.put(model.name(), model);
    byName = Collections.unmodifiableMap(all);
  }

  /** Where the server is in its life. */
  public State state() {
    return state;
  }

  /** The models in the order in which they were named. */
  public List<ServedModel> all() {
    return new ArrayList<>(byName.values());
  }

  /** A model, to look at; to use it takes a {@link #lease}. */
  public Optional<ServedModel> find(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  /**
   * A model, to look at.
   *
   * @throws ProblemException naming the models there are, if there is none of the name
   */
  public ServedModel get(String name) {
    return find(name)
        .orElseThrow(
            () ->
                new ProblemException(
                    ProblemType.NOT_FOUND,
                    "no model '%s' is served; there are: %s"
                        .formatted(name, String.join(", ", byName.keySet()))));
  }

  /**
   * A model, to use; give it back.
   *
   * @throws ProblemException if there is none of the name, or the server is starting or ending
   */
  public Lease lease(String name) {
    requireServing();
    Optional<Lease> lease = get(name).lease();
    // A model that was retired meanwhile has been replaced before.
    while (lease.isEmpty()) {
      requireServing();
      lease = get(name).lease();
    }
    return lease.get();
  }

  private void requireServing() {
    switch (state) {
      case LOADING ->
          throw new ProblemException(
              ProblemType.UNAVAILABLE, "the models are still being loaded; try again soon");
      case DRAINING ->
          throw new ProblemException(
              ProblemType.UNAVAILABLE, "the server is ending; try another one");
      case SERVING -> {}
    }
  }

  /**
   * Opens a model anew from its folder, and serves it from then on in place of the old one, which
   * is closed when its last request is done.
   *
   * @throws ProblemException if there is none of the name
   * @throws UserException if it cannot be opened; the old one is served on
   */
  public synchronized ServedModel reload(String name) {
    requireServing();
    ServedModel old = get(name);
    ServedModel now = opener.open(old.source(), this::closeApart);
    put(now);
    old.retire();
    LOG.infof("model '%s' was loaded again from %s", name, now.source().folder());
    return now;
  }

  /** Its last request ends in a thread that closing would wait for. */
  private void closeApart(ServedModel model) {
    new Thread(model::close, "bertctl-close").start();
  }

  void drain(@Observes ShutdownDelayInitiatedEvent event) {
    state = State.DRAINING;
  }

  void close(@Observes ShutdownEvent event) {
    state = State.DRAINING;
    List<ServedModel> left = all();
    byName = Map.of();
    left.forEach(ServedModel::close);
  }
}
