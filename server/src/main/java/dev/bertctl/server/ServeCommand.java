// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.server;

import dev.bertctl.application.BuildInfo;
import dev.bertctl.application.LogFormat;
import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.engine.Engine;
import dev.bertctl.runtime.engine.Quantize;
import dev.bertctl.runtime.tensorflow.Device;
import dev.bertctl.server.models.ModelSource;
import io.netty.bootstrap.ChannelInitializerExtension;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusBindException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code bertctl serve MODEL...}: predictions over HTTP. */
@Command(
    name = "bertctl serve",
    versionProvider = BuildInfo.class,
    description = {
      "Serves saved models over HTTP until it is told to end.",
      "",
      "POST /v1/models/NAME/predict takes rows as JSON and answers what predict prints; /openapi"
          + " describes all there is, with an example for each model. Requests that come at once are"
          + " computed together."
    },
    sortOptions = false,
    usageHelpAutoWidth = true,
    descriptionHeading = "%n",
    parameterListHeading = "%nParameters:%n",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExamples:%n",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "  1:the server did not start",
      "  2:wrong usage",
      "130:interrupted",
      "143:terminated, what was taken is answered"
    },
    footer = {
      "  bertctl serve runs/nli",
      "  bertctl serve minilm-l6@embeddings",
      "  bertctl serve reviews=runs/2026-11/text-classification runs/qa --port 8081",
      "  BERTCTL_API_KEY=secret bertctl serve runs/nli --host 0.0.0.0 --tls-cert tls.crt --tls-key tls.key",
      "  curl localhost:8080/v1/models/nli/predict --json '{\"premise\": \"A dog sleeps.\", \"hypothesis\": \"An animal rests.\"}'"
    })
final class ServeCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Parameters(
      arity = "1..*",
      paramLabel = "MODEL",
      description =
          "Folder of a run, or of its model; or NAME=FOLDER, to be called something else than the"
              + " folder. A model that was not fine-tuned is named with a task that needs no"
              + " training, and its settings: minilm-l6@embeddings,pooling=cls.")
  private List<String> models;

  @Option(
      names = "--device",
      paramLabel = "DEVICE",
      defaultValue = "auto",
      converter = DeviceConverter.class,
      description =
          "Where to compute: auto (the default), cpu, gpu, gpu:N or gpu:N:P%% of its memory.")
  private Device device;

  @Option(
      names = "--engine",
      paramLabel = "ENGINE",
      defaultValue = "auto",
      description =
          "What computes: auto (the default; ONNX Runtime on a CPU, unless it cannot compute a task's"
              + " head), tensorflow or onnxruntime.")
  private Engine engine;

  @Option(
      names = "--quantize",
      paramLabel = "TYPE",
      defaultValue = "none",
      description =
          "What weights are rounded to: none (the default), int8 (faster, at a small loss of accuracy;"
              + " for processors with VNNI) or int8-reduced (for any processor).")
  private Quantize quantize;

  @Option(
      names = "--plugins",
      paramLabel = "DIR",
      description = "Folder of installed plugins, instead of the user's own.")
  private Optional<Path> plugins = Optional.empty();

  @Option(
      names = "--reload",
      description = "Load a model again when its files change; no request is lost.")
  private boolean reload;

  @Mixin private NetworkOptions network;

  @Mixin private LimitOptions limits;

  @Option(names = "--access-log", description = "Log a line for each request, without its body.")
  private boolean accessLog;

  @Option(
      names = "--otlp-endpoint",
      paramLabel = "URL",
      description =
          "Send traces to an OpenTelemetry collector (OTLP over gRPC), such as"
              + " http://localhost:4317.")
  private Optional<String> traces = Optional.empty();

  @Option(
      names = LogFormat.OPTION,
      paramLabel = "FORMAT",
      defaultValue = "${env:" + LogFormat.VARIABLE + ":-text}",
      description =
          "How the log is written to standard error: text, or json, an object a line. "
              + LogFormat.VARIABLE
              + " in the environment sets it, too.")
  private LogFormat logFormat;

  @Option(names = "--stacktrace", description = "Show where in the code a failure happened.")
  private boolean stacktrace;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  private boolean help;

  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      description = "Show the versions of bertctl and Java.")
  private boolean version;

  @Override
  public Integer call() throws Exception {
    try {
      ModelSource.parse(models);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
    settings().apply();
    AtomicInteger exitCode = new AtomicInteger();
    AtomicReference<Throwable> failed = new AtomicReference<>();
    Quarkus.run(
        Server.class,
        (code, failure) -> {
          exitCode.set(code);
          failed.set(failure);
        });
    if (failed.get() != null) {
      throw innermost(failed.get());
    }
    return exitCode.get();
  }

  /** Quarkus wraps what went wrong while it starts. */
  private static Exception innermost(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof UserException || cause instanceof QuarkusBindException) {
        return (Exception) cause;
      }
    }
    return failure instanceof Exception exception ? exception : new IllegalStateException(failure);
  }

  private LaunchSettings settings() {
    LaunchSettings settings = new LaunchSettings();
    for (int i = 0; i < models.size(); i++) {
      settings.own("models[%d]".formatted(i), models.get(i));
    }
    settings.own("device", device);
    settings.own("engine", engine);
    settings.own("quantize", quantize);
    plugins.ifPresent(folder -> settings.own("plugins", folder));
    settings.own("reload", reload);
    network.addTo(settings, spec.commandLine());
    limits.addTo(settings);
    settings.netty(ChannelInitializerExtension.EXTENSIONS_SYSTEM_PROPERTY, "serviceload");
    settings.quarkus("log.console.json.enabled", logFormat == LogFormat.JSON);
    settings.quarkus("http.access-log.enabled", accessLog);
    traces.ifPresent(
        endpoint -> {
          settings.quarkus("otel.sdk.disabled", false);
          settings.quarkus("otel.exporter.otlp.endpoint", endpoint);
        });
    return settings;
  }

  /** Makes a device of its text on the command line. */
  static final class DeviceConverter implements ITypeConverter<Device> {

    @Override
    public Device convert(String text) {
      try {
        return Device.of(text);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }
}
