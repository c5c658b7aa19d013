// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.config;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class ConfigurationReferenceTest {

  private final String markdown = ConfigurationReference.markdown(List.of(new ToyPlugin()));

  @Test
  void eachKindOfSettingIsDescribed() {
    for (String line :
        List.of(
            "## Settings of every task",
            "| `max-length` | `128` | Longest sequence in word pieces, [CLS] and [SEP] included;"
                + " longer texts are cut, or taken apart into windows where the task does so. An integer"
                + " of at least 8. |",
            "| `data.sample.SPLIT` |  | Share of a split's examples to keep: each is kept with this"
                + " probability, drawn with train.seed; applied after limit. A number"
                + " above 0 and of at most 1. |",
            "| `train.parameter-groups` |  | Parameters that are trained otherwise than the rest. Of"
                + " several groups that a parameter's name matches, the last holds. A list of items"
                + " with the following keys. |",
            "| `train.parameter-groups[].match` | required | Names of the group's parameters, such as"
                + " encoder.layer.0.*; * stands for any characters. A text. |",
            "| `train.parameter-groups[].frozen` | `false` | Whether they are not trained at all. True"
                + " or false. |",
            "## Settings of `bertctl search`",
            "| `search.trials` | `20` | How many configurations are tried. An integer of at least 1. |",
            "| `search.space[].key` | required | The setting or option, such as train.learning-rate. A"
                + " text. |",
            "## Options of the task `toy`",
            "A toy.",
            "| `labels` | `no,yes` | The labels. A list, each a text. |",
            "| `truncation` | `longest-first` | What is cut. One of longest-first, only-first,"
                + " only-second, ratio. |",
            "| `case-sensitive` | `false` | Upper case counts. True or false. |",
            "| `window.stride` | required | Tokens that windows share. An integer. |",
            "| `weights.NAME` |  | Weights by label. A number. |",
            "| `note` |  | A note \\| a remark. A text. |")) {
      assertTrue(markdown.contains("\n" + line + "\n"), line + "\nis not in\n" + markdown);
    }
  }
}
