// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Which seeds to run with.
 *
 * @param count how many, counted up from the configured one; 0 if they are listed
 * @param listed the seeds themselves; none if they are counted
 */
record Seeds(int count, List<Long> listed) {

  /** The seeds, of which the first is the configured one unless they are listed. */
  List<Long> from(long configured) {
    return count == 0 ? listed : LongStream.range(configured, configured + count).boxed().toList();
  }

  /** Reads {@code 5} as five seeds, and {@code 1,2,3} as these. */
  static final class Converter implements ITypeConverter<Seeds> {

    private static final String FORMS =
        "give how many, such as 5, or the seeds themselves, such as 1,2,3";

    @Override
    public Seeds convert(String text) {
      String[] parts = text.split(",", -1);
      try {
        return parts.length == 1 ? counted(Integer.parseInt(text.strip())) : listed(parts);
      } catch (NumberFormatException e) {
        throw new TypeConversionException("'%s' is no number of seeds; %s".formatted(text, FORMS));
      }
    }

    private static Seeds counted(int count) {
      if (count < 1) {
        throw new TypeConversionException("%d are no seeds; %s".formatted(count, FORMS));
      }
      return new Seeds(count, List.of());
    }

    private static Seeds listed(String[] parts) {
      List<Long> seeds = new ArrayList<>();
      for (String part : parts) {
        long seed = Long.parseLong(part.strip());
        if (seeds.contains(seed)) {
          throw new TypeConversionException("seed %d is there twice; remove one".formatted(seed));
        }
        seeds.add(seed);
      }
      return new Seeds(0, List.copyOf(seeds));
    }
  }
}
