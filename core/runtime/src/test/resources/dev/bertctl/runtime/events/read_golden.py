# Reads golden.tfevents, as EventFile wrote it, with the real TensorBoard (2.21), and compares its
# scalars with those that EventFileTest wrote.
#   pip install tensorboard; python read_golden.py
import os, shutil, tempfile
import numpy as np
from tensorboard.backend.event_processing.event_accumulator import EventAccumulator

expected = {
    "train/loss": [(10, 0.75)],
    "train/learning_rate": [(10, float(np.float32(5e-5)))],
    "eval/accuracy": [(20, 0.875)],
}
with tempfile.TemporaryDirectory() as folder:
    name = os.path.join(folder, "events.out.tfevents.1700000000.localhost")
    shutil.copy(os.path.join(os.path.dirname(os.path.abspath(__file__)), "golden.tfevents"), name)
    events = EventAccumulator(folder).Reload()
    found = {tag: [(e.step, e.value) for e in events.Scalars(tag)] for tag in events.Tags()["scalars"]}
    assert found == expected, found
    assert all(e.wall_time == 1700000000.25 for tag in found for e in events.Scalars(tag))
print("TensorBoard reads", found)
