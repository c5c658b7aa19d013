// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.cli.fuzz;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/** Damage to what is in a zip, whose own structure and checksums stay right. */
final class ZipMutations {

  private ZipMutations() {}

  /** One entry is changed, removed or given another's name. */
  static Mutation within(Mutation mutation) {
    return (content, random) -> {
      try {
        Map<String, byte[]> entries = read(content);
        if (entries.isEmpty()) {
          return content;
        }
        change(entries, mutation, random);
        return written(entries);
      } catch (IOException | IllegalArgumentException e) {
        // A mutant of a mutant, which is a zip no more.
        return content;
      }
    };
  }

  private static void change(Map<String, byte[]> entries, Mutation mutation, Random random) {
    List<String> names = new ArrayList<>(entries.keySet());
    String name = names.get(random.nextInt(names.size()));
    switch (random.nextInt(6)) {
      case 0 -> entries.remove(name);
      case 1 -> entries.put("../" + name, entries.remove(name));
      case 2 -> entries.put(name, entries.get(names.get(random.nextInt(names.size()))));
      default -> entries.put(name, mutation.apply(entries.get(name), random));
    }
  }

  private static Map<String, byte[]> read(byte[] content) throws IOException {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(content))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        entries.put(entry.getName(), zip.readAllBytes());
      }
    }
    return entries;
  }

  private static byte[] written(Map<String, byte[]> entries) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        zip.putNextEntry(new ZipEntry(entry.getKey()));
        zip.write(entry.getValue());
      }
    }
    return bytes.toByteArray();
  }
}
