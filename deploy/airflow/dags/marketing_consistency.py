"""Every night: compares each projection with the log, and fails if one differs. An operator decides on repairs."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from airflow.sdk import DAG, task

from marketing_api import DEFAULTS, call, within


@task(retries=0)
def judge(answer: dict[str, Any]) -> None:
    """Fails if a projection differs, and says by how much."""
    differing = [
        f"{report['projection']}: {report['missing']} missing, {report['orphaned']} orphaned, "
        f"{report['different']} different, {report['derived']} derived, of {report['expected']} expected"
        for report in answer["projections"]
        if not report["consistent"]
    ]
    if differing:
        raise ValueError("Projections differ from the log. " + "; ".join(differing))


with DAG(
    dag_id="marketing_consistency",
    description="Compares the vector, graph and engagement projections with the interaction log.",
    schedule="30 3 * * *",
    start_date=datetime(2026, 1, 1),
    catchup=False,
    max_active_runs=1,
    dagrun_timeout=timedelta(hours=2),
    deadline=within(timedelta(hours=1)),
    default_args={**DEFAULTS, "owner": "operations"},
    tags=["marketing"],
):
    judge(call("compare", "GET", "/admin/consistency", timedelta(hours=1)).output)
