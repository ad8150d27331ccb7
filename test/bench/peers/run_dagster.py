"""Dagster's `execute_in_process` with a SQLite instance on disk."""

import json
import logging
import os
import tempfile
import time

import dagster
from dagster import DagsterInstance, DynamicOut, DynamicOutput, job, op

logging.disable(logging.CRITICAL)
QUICK = os.environ.get("BENCH_QUICK") == "1"
FANS_OUT = os.environ.get("BENCH_FAN_OUT") != "0"
TASKS = 10 if QUICK else 200


def step(number):
    @op(name=f"step_{number}")
    def nothing(before=None):
        return number

    return nothing


STEPS = [step(number) for number in range(8)]


@job
def pipeline():
    last = STEPS[0]()
    for one in STEPS[1:]:
        last = one(last)


@op(out=DynamicOut())
def items():
    for number in range(TASKS):
        yield DynamicOutput(number, mapping_key=str(number))


@op
def each(item):
    return None


@job
def fan_out():
    items().map(each)


with tempfile.TemporaryDirectory() as folder:
    with DagsterInstance.local_temp(folder) as instance:
        pipeline.execute_in_process(instance=instance)
        pipelines = 2 if QUICK else 20
        started = time.perf_counter()
        for _ in range(pipelines):
            assert pipeline.execute_in_process(instance=instance).success
        took = time.perf_counter() - started
        fan = None
        if FANS_OUT:
            started = time.perf_counter()
            assert fan_out.execute_in_process(instance=instance).success
            fan = time.perf_counter() - started

print(
    json.dumps(
        {
            "version": dagster.__version__,
            "mode": "execute_in_process, SQLite instance",
            "pipelinesPerMinute": pipelines * 60 / took,
            "millisecondsPerStep": took * 1000 / pipelines / 8,
            **({"tasksPerSecond": TASKS / fan} if fan else {}),
        }
    )
)
