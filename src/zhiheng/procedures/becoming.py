"""A matter that goes on in another procedure (转为普通程序)."""

from zhiheng.procedures import selectors
from zhiheng.procedures.models import Run
from zhiheng.rulebook import api as rulebook


def goes_on(run: Run, state: str) -> rulebook.Becoming | None:
    """Where the matter goes on if its procedure ends in this state by becoming another."""
    return selectors.procedure_of(run).states[state].becomes


def switch(run: Run, *, procedure: rulebook.Procedure) -> None:
    """Put the matter on its way through another procedure; what is established stays."""
    run.procedure_id, run.procedure_version = procedure.id, procedure.version
    run.save(update_fields=["procedure_id", "procedure_version"])
    dossier = run.dossier
    dossier.procedure_id, dossier.procedure_version = procedure.id, procedure.version
    dossier.save(update_fields=["procedure_id", "procedure_version"])
