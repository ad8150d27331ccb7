"""Metaflow's local runtime: `python flow.py run`, one process a step, as it documents."""

import json
import os
import subprocess
import sys
import time
from importlib.metadata import version

QUICK = os.environ.get("BENCH_QUICK") == "1"
FANS_OUT = os.environ.get("BENCH_FAN_OUT") != "0"
TASKS = 4 if QUICK else 24

FLOW = """
from metaflow import FlowSpec, step

class {name}(FlowSpec):
{steps}

if __name__ == "__main__":
    {name}()
"""


def chain():
    names = ["start", *[f"step_{number}" for number in range(6)], "end"]
    steps = []
    for name, following in zip(names, [*names[1:], None]):
        after = f"self.next(self.{following})" if following else "pass"
        steps.append(f"    @step\n    def {name}(self):\n        {after}\n")
    return FLOW.format(name="Eight", steps="\n".join(steps))


def fan():
    steps = f"""    @step
    def start(self):
        self.items = list(range({TASKS}))
        self.next(self.each, foreach="items")

    @step
    def each(self):
        self.next(self.join)

    @step
    def join(self, inputs):
        self.next(self.end)

    @step
    def end(self):
        pass
"""
    return FLOW.format(name="Fan", steps=steps)


def run(name, text):
    with open(f"{name}.py", "w") as file:
        file.write(text)
    started = time.perf_counter()
    command = [sys.executable, f"{name}.py", "--quiet", "run", "--max-workers", "16"]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env={**os.environ, "USERNAME": "bench"})
    return time.perf_counter() - started


run("eight", chain())
pipelines = 1 if QUICK else 3
took = sum(run("eight", chain()) for _ in range(pipelines))
fanned = run("fan", fan()) if FANS_OUT else None

print(
    json.dumps(
        {
            "version": version("metaflow"),
            "mode": "local runtime, a process a step",
            "pipelinesPerMinute": pipelines * 60 / took,
            **({"tasksPerSecond": TASKS / fanned} if fanned else {}),
        }
    )
)
