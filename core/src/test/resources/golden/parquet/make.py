# Makes pyarrow.parquet, as pandas and the Hugging Face hub write such files. Made with pyarrow 26.0.1:
# python make.py
import pyarrow as pa
import pyarrow.parquet as pq

table = pa.table(
    {
        "premise": pa.array(["Über uns", "a, b", "\"q\"\n2"]),
        "hypothesis": pa.array(["Größe", "c", ""]),
        "label": pa.array([1, 0, -1], pa.int64()),
        "score": pa.array([0.5, float("nan"), None], pa.float64()),
        "sure": pa.array([True, False, None]),
        "tags": pa.array([["x", "y"], [], None], pa.list_(pa.string())),
        "answer": pa.array([{"text": ["t"], "start": 3}, None, {"text": [], "start": None}]),
        "kind": pa.array(["a", "b", "a"]).dictionary_encode(),
        "day": pa.array([18262, 18263, None], pa.date32()),
    }
)
# Two row groups, and the codec that is pandas' default.
pq.write_table(table, "pyarrow.parquet", row_group_size=2, compression="snappy")
