"""A Celery pipeline of the shape of Forgeway's, to compare with: RabbitMQ, PostgreSQL, two prefork workers, one task for
each event and one for each of its three jobs, a row for each job; messages are persistent and confirmed, tasks are
acknowledged when they are done.

    python3 bench/celery/pipeline.py DELIVERIES DATABASE PAYLOAD

starts a RabbitMQ of its own in a temporary folder, queues so many deliveries of that payload while nobody consumes, starts
the clock with the consumers and prints the events per second until the rows of all jobs are there. Needs Debian's packages
python3-celery, python3-psycopg2 and rabbitmq-server.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time

import psycopg2
from celery import Celery
from kombu import Connection, Queue

HANDLERS = ("first", "second", "third")
PORT = 5681
BROKER = f"amqp://guest:guest@127.0.0.1:{PORT}//"
WARM_UP = 300

app = Celery("pipeline", broker=BROKER)
app.conf.update(
    task_ignore_result=True,
    task_acks_late=True,
    task_default_queue="jobs",
    task_queues=(Queue("jobs", durable=True), Queue("events", durable=True)),
    broker_transport_options={"confirm_publish": True},
    broker_connection_retry_on_startup=True,
    worker_hijack_root_logger=False,
)
_database = None


def database():
    """The connection of this worker process."""
    global _database
    if _database is None:
        _database = psycopg2.connect(os.environ["PIPELINE_DATABASE"])
    return _database


@app.task(name="process")
def process(delivery, payload):
    event = json.loads(payload)
    commit = event["pull_request"]["head"]["sha"]
    for handler in HANDLERS:
        handle.apply_async((delivery, handler, commit), queue="jobs")


@app.task(name="handle")
def handle(delivery, handler, commit):
    with database() as transaction, transaction.cursor() as cursor:
        cursor.execute(
            "insert into job (delivery, handler, commit_sha, outcome) values (%s, %s, %s, 'succeeded')",
            (delivery, handler, commit),
        )


def start_broker(folder):
    environment = dict(
        os.environ,
        RABBITMQ_NODENAME="forgeway-bench@localhost",
        RABBITMQ_NODE_PORT=str(PORT),
        RABBITMQ_NODE_IP_ADDRESS="127.0.0.1",
        RABBITMQ_DIST_PORT=str(PORT + 20000),
        RABBITMQ_MNESIA_BASE=f"{folder}/mnesia",
        RABBITMQ_LOG_BASE=f"{folder}/log",
        RABBITMQ_PID_FILE=f"{folder}/pid",
        RABBITMQ_ENABLED_PLUGINS_FILE=f"{folder}/plugins",
        HOME=folder,
    )
    server = next(s for s in ("/usr/lib/rabbitmq/bin/rabbitmq-server", shutil.which("rabbitmq-server")) if s and os.path.exists(s))
    broker = subprocess.Popen([server], env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    for _ in range(300):
        try:
            with Connection(BROKER, connect_timeout=1) as connection:
                connection.connect()
                return broker
        except OSError:
            time.sleep(0.2)
    broker.kill()
    raise SystemExit("RabbitMQ did not start")


def rows(cursor):
    cursor.execute("select count(*) from job")
    return cursor.fetchone()[0]


def play(cursor, deliveries, payload):
    """Events per second of so many deliveries that were queued before the consumers began."""
    app.control.cancel_consumer("events", reply=True)
    wanted = rows(cursor) + deliveries * len(HANDLERS)
    for delivery in range(deliveries):
        process.apply_async((delivery, payload), queue="events")
    started = time.monotonic()
    app.control.add_consumer("events", reply=True)
    while rows(cursor) < wanted:
        time.sleep(0.05)
    return deliveries / (time.monotonic() - started)


def main(deliveries, database_url, payload_file):
    os.environ["PIPELINE_DATABASE"] = database_url
    with open(payload_file, encoding="utf-8") as file:
        payload = file.read()
    connection = psycopg2.connect(database_url)
    connection.autocommit = True
    cursor = connection.cursor()
    cursor.execute(
        "create table job (id serial primary key, delivery int, handler text, commit_sha text, outcome text,"
        " made_at timestamptz default now())"
    )
    with tempfile.TemporaryDirectory() as folder:
        broker = start_broker(folder)
        worker = subprocess.Popen(
            [sys.executable, "-m", "celery", "-A", "pipeline", "worker", "-c", "2", "-Q", "events,jobs", "-l", "ERROR"],
            cwd=os.path.dirname(os.path.abspath(__file__)),
            stdout=sys.stderr,
            stderr=sys.stderr,
        )
        try:
            while not app.control.ping(timeout=0.5):
                pass
            play(cursor, WARM_UP, payload)
            print(f"events-per-second={play(cursor, deliveries, payload):.1f}")
        finally:
            worker.terminate()
            worker.wait()
            broker.terminate()
            broker.wait()


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2], sys.argv[3])
