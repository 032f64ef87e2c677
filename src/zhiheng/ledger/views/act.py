"""The sealed content of an act, for those who may see its dossier: to seal it again elsewhere."""

from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from zhiheng.kernel.errors import NotFound
from zhiheng.ledger import api as ledger
from zhiheng.people import api as people


@require_safe
@people.requires("case.view", "clue.view")
def sealed_json(request: HttpRequest, act_id: int) -> JsonResponse:
    """What of an act is sealed; tools/verify_proof.py --act takes it."""
    try:
        act = access_act_by_id(actor=request.actor, act_id=act_id)  # type: ignore[attr-defined]
    except NotFound as error:
        return JsonResponse({"error": str(error)}, status=404)
    response = JsonResponse(ledger.sealed_content(act), json_dumps_params={"ensure_ascii": False})
    response["Content-Disposition"] = f'attachment; filename="act-{act.pk}.json"'
    return response


def access_act_by_id(*, actor: people.Actor, act_id: int) -> ledger.Act:
    """The act, if its dossier is in the actor's scope; absent and forbidden answer alike.

    Raises:
        NotFound: there is none that this person may know of.
    """
    act = ledger.Act.objects.select_related("dossier").filter(pk=act_id).first()
    if act is not None:
        dossier = act.dossier
        permission = "clue.view" if dossier.kind == dossier.Kind.CLUE else "case.view"
        reach = people.scope(actor, permission)
        if reach.covers(region_code=dossier.region_code, agency_code=dossier.agency_code):
            return act
    raise NotFound
