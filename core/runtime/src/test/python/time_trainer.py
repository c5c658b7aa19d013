# SPDX-License-Identifier: Apache-2.0
"""Time and memory of fine-tuning with transformers' Trainer: the peer of `bertctl run`.

usage: python time_trainer.py TASK FILE ROWS MODEL BATCH MAX_LENGTH default|grouped

TASK is nli (csv with premise, hypothesis, label), ner (CoNLL) or qa (SQuAD json; stride 128). One epoch over the first
ROWS examples, AdamW, dropout as the model has it, each batch padded to its longest row; `grouped` puts rows of about
one length together (train_sampling_strategy=group_by_length). Prints a line of JSON. Needs torch, transformers, accelerate.
"""
import csv
import json
import resource
import sys
import time

import torch
from transformers import (
    AutoModelForQuestionAnswering,
    AutoModelForSequenceClassification,
    AutoModelForTokenClassification,
    AutoTokenizer,
    DataCollatorForTokenClassification,
    DataCollatorWithPadding,
    Trainer,
    TrainingArguments,
)

task, file, rows, model_name, batch, max_length, order = sys.argv[1:8]
rows, batch, max_length = int(rows), int(batch), int(max_length)
begin = time.perf_counter()
tokenizer = AutoTokenizer.from_pretrained(model_name)


def nli():
    with open(file, encoding="utf-8", newline="") as source:
        pairs = [row for row in csv.DictReader(source) if row["label"] in ("0", "1", "2")][:rows]
    encoded = [
        {
            **tokenizer(row["premise"], row["hypothesis"], truncation=True, max_length=max_length),
            "labels": int(row["label"]),
        }
        for row in pairs
    ]
    model = AutoModelForSequenceClassification.from_pretrained(model_name, num_labels=3, ignore_mismatched_sizes=True)
    return encoded, model, DataCollatorWithPadding(tokenizer)


def ner():
    sentences, words, tags = [], [], []
    with open(file, encoding="utf-8") as source:
        for line in list(source) + ["\n"]:
            if line.strip():
                word, tag = line.rstrip("\n").split("\t")
                words.append(word)
                tags.append(tag)
            elif words:
                sentences.append((words, tags))
                words, tags = [], []
    sentences = sentences[:rows]
    names = sorted({tag for _, each in sentences for tag in each})
    encoded = []
    for words, tags in sentences:
        inputs = tokenizer(words, is_split_into_words=True, truncation=True, max_length=max_length)
        labels, before = [], None
        for word in inputs.word_ids():
            labels.append(-100 if word is None or word == before else names.index(tags[word]))
            before = word
        encoded.append({**inputs, "labels": labels})
    model = AutoModelForTokenClassification.from_pretrained(
        model_name, num_labels=len(names), ignore_mismatched_sizes=True
    )
    return encoded, model, DataCollatorForTokenClassification(tokenizer)


def qa():
    with open(file, encoding="utf-8") as source:
        articles = json.load(source)["data"]
    questions = [
        (question["question"], paragraph["context"], question["answers"][0])
        for article in articles
        for paragraph in article["paragraphs"]
        for question in paragraph["qas"]
    ][:rows]
    encoded = []
    for question, context, answer in questions:
        windows = tokenizer(
            question,
            context,
            truncation="only_second",
            max_length=max_length,
            stride=128,
            return_overflowing_tokens=True,
            return_offsets_mapping=True,
        )
        first, last = answer["answer_start"], answer["answer_start"] + len(answer["text"])
        for index, offsets in enumerate(windows["offset_mapping"]):
            places = [
                place
                for place, (one, end) in enumerate(offsets)
                if windows.sequence_ids(index)[place] == 1 and one < last and end > first
            ]
            encoded.append(
                {
                    "input_ids": windows["input_ids"][index],
                    "attention_mask": windows["attention_mask"][index],
                    "token_type_ids": windows["token_type_ids"][index],
                    "start_positions": places[0] if places else 0,
                    "end_positions": places[-1] if places else 0,
                }
            )
    model = AutoModelForQuestionAnswering.from_pretrained(model_name, num_labels=2, ignore_mismatched_sizes=True)
    return encoded, model, DataCollatorWithPadding(tokenizer)


encoded, model, collator = {"nli": nli, "ner": ner, "qa": qa}[task]()
grouped = {"train_sampling_strategy": "group_by_length"} if order == "grouped" else {}
trainer = Trainer(
    model,
    TrainingArguments(
        output_dir="trainer-output",
        num_train_epochs=1,
        per_device_train_batch_size=batch,
        learning_rate=5e-5,
        save_strategy="no",
        report_to=[],
        disable_tqdm=True,
        use_cpu=True,
        **grouped,
    ),
    train_dataset=encoded,
    data_collator=collator,
)
ready = time.perf_counter()
result = trainer.train()
end = time.perf_counter()
print(
    json.dumps(
        {
            "task": task,
            "order": order,
            "sequences": len(encoded),
            "tokens": sum(len(each["input_ids"]) for each in encoded),
            "train_s": round(end - ready, 2),
            "prepare_s": round(ready - begin, 2),
            "max_rss_mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
            "torch": torch.__version__,
        }
    )
)
