// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.duckdb;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.math.BigInteger;
import java.util.Optional;

/** Numbers that were seen in one place of many JSON values. */
final class JsonNumbers {

  private static final BigInteger MOST_OF_LONG = BigInteger.valueOf(Long.MAX_VALUE);
  private static final BigInteger LEAST_OF_LONG = BigInteger.valueOf(Long.MIN_VALUE);

  /** Of an integer in a decimal of Parquet. */
  private static final BigInteger MOST_OF_DECIMAL = BigInteger.TEN.pow(38).subtract(BigInteger.ONE);

  /** Up to here a double is each integer. */
  private static final BigInteger MOST_OF_DOUBLE = BigInteger.ONE.shiftLeft(53);

  private Optional<BigInteger> least = Optional.empty();
  private Optional<BigInteger> most = Optional.empty();
  private boolean fractions;
  private boolean beyondDouble;

  /** Adds the number that a parser is at. */
  void add(JsonParser parser) throws IOException {
    if (parser.currentToken() == JsonToken.VALUE_NUMBER_INT) {
      addInteger(parser.getBigIntegerValue());
      return;
    }
    fractions = true;
    // Known before the number is read: NaN and the infinities are written as such.
    boolean none = parser.isNaN();
    beyondDouble |= !none && Double.isInfinite(parser.getDoubleValue());
  }

  private void addInteger(BigInteger integer) {
    least = Optional.of(least.map(integer::min).orElse(integer));
    most = Optional.of(most.map(integer::max).orElse(integer));
  }

  /** Adds what was seen elsewhere. */
  void addAll(JsonNumbers other) {
    other.least.ifPresent(this::addInteger);
    other.most.ifPresent(this::addInteger);
    fractions |= other.fractions;
    beyondDouble |= other.beyondDouble;
  }

  boolean isEmpty() {
    return most.isEmpty() && !fractions;
  }

  /**
   * A type that holds them all, every integer as it is and others as the nearest double; empty if
   * there is none.
   */
  Optional<String> type() {
    if (fractions) {
      return !beyondDouble && integersLieIn(MOST_OF_DOUBLE.negate(), MOST_OF_DOUBLE)
          ? Optional.of("DOUBLE")
          : Optional.empty();
    }
    if (integersLieIn(LEAST_OF_LONG, MOST_OF_LONG)) {
      return Optional.of("BIGINT");
    }
    return integersLieIn(MOST_OF_DECIMAL.negate(), MOST_OF_DECIMAL)
        ? Optional.of("DECIMAL(38, 0)")
        : Optional.empty();
  }

  private boolean integersLieIn(BigInteger from, BigInteger to) {
    return least.map(value -> value.compareTo(from) >= 0).orElse(true)
        && most.map(value -> value.compareTo(to) <= 0).orElse(true);
  }
}
