// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.load;

import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Texts of mixed lengths, the same in every run: log-normal with a median of 18 words, as sentences
 * and short paragraphs are, one in a hundred about eight times as long.
 */
final class Texts {

  private static final int MEDIAN = 18;
  private static final double SPREAD = 0.9;
  private static final int MOST = 300;

  private static final String[] WORDS =
      """
      the a of and to in it was that for on with as at by this from they we she he not but or an were
      had have been their which one all there when who what so up out about into than them can only
      other new some time these two may then do first any my now such like our over man me even most
      made after also did many before must through years where much your way well down should because
      each just those people how too little state good very make world still own see men work long
      soup waiter museum river garden window morning letter bridge music winter bread story paper road
      cold warm slow quick bright quiet kind broken empty famous cheap fresh bitter gentle strange late
      """
          .split("\\s+");

  private Texts() {}

  /** The text of a number. */
  static String of(int number) {
    Random random = new Random(number * 0x9E3779B97F4A7C15L);
    double words = MEDIAN * Math.exp(SPREAD * random.nextGaussian());
    return IntStream.range(0, Math.max(1, Math.min(MOST, (int) words)))
        .mapToObj(i -> WORDS[random.nextInt(WORDS.length)])
        .collect(Collectors.joining(" ", "", "."));
  }
}
