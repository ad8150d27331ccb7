"""Prefect with a server of its own on SQLite, as `prefect server start` runs it; flows in this process."""

import json
import logging
import os
import time

os.environ.setdefault("PREFECT_HOME", os.path.join(os.getcwd(), "home"))
os.environ["PREFECT_LOGGING_LEVEL"] = "CRITICAL"
os.environ["PREFECT_SERVER_ANALYTICS_ENABLED"] = "false"

import prefect
from prefect import flow, task
from prefect.testing.utilities import prefect_test_harness
from prefect.task_runners import ThreadPoolTaskRunner

logging.disable(logging.CRITICAL)
QUICK = os.environ.get("BENCH_QUICK") == "1"
FANS_OUT = os.environ.get("BENCH_FAN_OUT") != "0"


@task
def nothing(_=None):
    return None


@flow
def pipeline():
    for _ in range(8):
        nothing()


@flow(task_runner=ThreadPoolTaskRunner(max_workers=16))
def fan_out(count):
    for future in nothing.map(list(range(count))):
        future.result()


with prefect_test_harness(server_startup_timeout=60):
    pipeline()
    pipelines = 2 if QUICK else 10
    started = time.perf_counter()
    for _ in range(pipelines):
        pipeline()
    took = time.perf_counter() - started
    tasks = 10 if QUICK else 200
    fan = None
    if FANS_OUT:
        fan_out(5)
        started = time.perf_counter()
        fan_out(tasks)
        fan = time.perf_counter() - started

print(
    json.dumps(
        {
            "version": prefect.__version__,
            "mode": "server with SQLite, flows in one process",
            "pipelinesPerMinute": pipelines * 60 / took,
            **({"tasksPerSecond": tasks / fan} if fan else {}),
        }
    )
)
