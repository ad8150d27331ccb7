"""ZenML's default stack: local orchestrator, SQLite store."""

import json
import logging
import os
import time

os.environ["ZENML_CONFIG_PATH"] = os.path.join(os.getcwd(), "config-zenml")
os.environ["ZENML_ANALYTICS_OPT_IN"] = "false"
os.environ["ZENML_LOGGING_VERBOSITY"] = "CRITICAL"
os.environ["ZENML_DISABLE_STEP_LOGS_STORAGE"] = "true"
os.environ["ZENML_ENABLE_RICH_TRACEBACK"] = "false"

import zenml
from zenml import pipeline, step

logging.disable(logging.CRITICAL)
QUICK = os.environ.get("BENCH_QUICK") == "1"
FANS_OUT = os.environ.get("BENCH_FAN_OUT") != "0"
TASKS = 4 if QUICK else 50


@step(enable_cache=False)
def nothing() -> None:
    return None


@pipeline(enable_cache=False)
def eight():
    before = []
    for number in range(8):
        nothing(id=f"step_{number}", after=before)
        before = [f"step_{number}"]


@pipeline(enable_cache=False)
def fan_out():
    for number in range(TASKS):
        nothing(id=f"item_{number}")


eight()
pipelines = 1 if QUICK else 5
started = time.perf_counter()
for _ in range(pipelines):
    eight()
took = time.perf_counter() - started
fan = None
if FANS_OUT:
    started = time.perf_counter()
    fan_out()
    fan = time.perf_counter() - started

print(
    json.dumps(
        {
            "version": zenml.__version__,
            "mode": "default stack: local orchestrator, SQLite",
            "pipelinesPerMinute": pipelines * 60 / took,
            "millisecondsPerStep": took * 1000 / pipelines / 8,
            **({"tasksPerSecond": TASKS / fan} if fan else {}),
        }
    )
)
