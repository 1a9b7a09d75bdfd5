"""A Spark of one process on this machine, where there is Java and `pyspark` (`make test-spark`)."""

import gc
import logging
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any

MISSING = [
    name
    for name, there in (("pyspark", find_spec("pyspark")), ("Java", shutil.which("java")))
    if not there
]
SMALL = {  # as quick as it gets: a table of tests has some dozen rows
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.log.level": "ERROR",
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.driver.memory": "1g",
    "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
    "spark.sql.shuffle.partitions": "1",
    "spark.sql.adaptive.enabled": "false",
    "spark.sql.codegen.wholeStage": "false",
    "spark.sql.codegen.factoryMode": "NO_CODEGEN",
}


@contextmanager
def session(folder: Path) -> Iterator[Any]:
    """Start Spark, and end it. `folder`: for what it writes beside."""
    from pyspark.sql import SparkSession

    logging.getLogger("py4j").setLevel(logging.WARNING)
    building = SparkSession.builder.master("local[1]").appName("tests")
    for name, value in SMALL.items():
        building = building.config(name, value)
    started = building.config("spark.sql.warehouse.dir", str(folder / "warehouse")).getOrCreate()
    gateway = started.sparkContext._gateway
    yield started
    started.stop()
    del started, building
    gc.collect()  # what is forgotten later would still be told to Java
    gateway.shutdown()
    gateway.proc.stdin.close()
    gateway.proc.wait()
