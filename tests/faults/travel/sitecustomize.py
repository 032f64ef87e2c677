"""Read by Python before anything else: the processes under test live on another day."""

import os

if shift := os.environ.get("ZHIHENG_FAULTS_SHIFT"):
    from datetime import UTC, datetime, timedelta

    import time_machine

    moment = datetime.now(tz=UTC) + timedelta(seconds=float(shift))
    time_machine.travel(moment, tick=True).start()
