"""The worker: runs jobs until it is told to stop, and finishes what it has begun.

`python -m zhiheng.config.worker` starts one; as many may run as the machine bears. A job whose
worker was killed is put back by a periodic task.
"""

import os

import django

CONCURRENCY = int(os.environ.get("ZHIHENG_WORKER_THREADS", "2"))
GRACE = 10.0  # seconds that running jobs get to finish


def main() -> None:
    """Run until SIGINT or SIGTERM."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhiheng.config.settings")
    django.setup()
    from procrastinate.contrib.django import app

    from zhiheng.config import tasks  # noqa: F401 - registers the periodic tasks

    connector = app.connector.get_worker_connector()  # type: ignore[attr-defined]
    with app.replace_connector(connector) as working:
        working.run_worker(
            concurrency=CONCURRENCY,
            shutdown_graceful_timeout=GRACE,
            install_signal_handlers=True,
            delete_jobs="never",
        )


if __name__ == "__main__":
    main()
