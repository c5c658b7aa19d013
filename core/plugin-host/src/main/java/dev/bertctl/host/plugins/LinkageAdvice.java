// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.host.plugins;

import dev.bertctl.runtime.tensorflow.line.TensorFlowLine;
import java.util.Locale;
import java.util.Optional;

/**
 * Explains why classes do not fit together.
 *
 * @param problem what is wrong with the plugin
 * @param remedy what to do about it
 */
record LinkageAdvice(String problem, String remedy) {

  private static final String SPI = "dev.bertctl.spi.";
  private static final String TENSORFLOW = "org.tensorflow.";

  /** The advice for an error of that kind; empty for one of another kind. */
  static Optional<LinkageAdvice> of(Throwable error) {
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      if (cause instanceof ClassNotFoundException || cause instanceof TypeNotPresentException) {
        return Optional.of(missing(name(cause)));
      }
      if (cause instanceof LinkageError && !(cause instanceof ExceptionInInitializerError)) {
        return Optional.of(advice(cause));
      }
    }
    return Optional.empty();
  }

  private static LinkageAdvice advice(Throwable error) {
    String message = String.valueOf(error.getMessage()).replace('/', '.');
    if (message.contains(SPI)) {
      return new LinkageAdvice(
          "it uses a part of the SPI that version %s does not have (%s: %s)"
              .formatted(SpiVersion.ofHost(), kind(error), message),
          "its author builds it against that version, or states the version that it needs");
    }
    if (message.contains(TENSORFLOW)) {
      return new LinkageAdvice(
          "it uses a part of TensorFlow that line %s does not have (%s: %s)"
              .formatted(TensorFlowLine.NAME, kind(error), message),
          "its author builds it against that line, or uses the layers of HeadGraph, which all lines"
              + " have");
    }
    if (error instanceof ClassFormatError || message.contains("(wrong name: ")) {
      return new LinkageAdvice(
          "one of its class files is damaged or not in its place (%s: %s)"
              .formatted(kind(error), message),
          "fetch it again, or build it again");
    }
    if (error instanceof NoClassDefFoundError) {
      return missing(message);
    }
    return new LinkageAdvice(
        "its classes do not fit together (%s: %s)".formatted(kind(error), message),
        "install it by its Maven coordinates, which brings the versions that it was built with");
  }

  private static LinkageAdvice missing(String name) {
    return new LinkageAdvice(
        "it needs the class %s, which is in none of its jars".formatted(name),
        "install it by its Maven coordinates, which brings what it depends on, or put the jar"
            + " with that class beside it, both in a folder of their own");
  }

  private static String name(Throwable missing) {
    return missing instanceof TypeNotPresentException type
        ? type.typeName()
        : String.valueOf(missing.getMessage());
  }

  /** {@code NoSuchMethodError} as "no such method". */
  private static String kind(Throwable error) {
    return error
        .getClass()
        .getSimpleName()
        .replaceFirst("Error$", "")
        .replaceAll("(?<=[a-z])(?=[A-Z])", " ")
        .toLowerCase(Locale.ROOT);
  }
}
