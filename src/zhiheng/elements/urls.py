"""Addresses of the element centre."""

from django.urls import URLPattern, URLResolver, path

from zhiheng.elements.views import (
    candidates,
    editing,
    files,
    home,
    merging,
    owner,
    proposals,
    register,
)

urlpatterns: list[URLPattern | URLResolver] = [
    path("", home.home, name="element_home"),
    path("proposals/", proposals.proposal_list, name="element_proposals"),
    path("proposals/<int:proposal_id>/", proposals.proposal_show, name="element_proposal"),
    path("proposals/<int:proposal_id>/edit/", editing.proposal_edit, name="element_proposal_edit"),
    path(
        "proposals/<int:proposal_id>/carry/",
        proposals.proposal_carry,
        name="element_proposal_carry",
    ),
    path(
        "proposals/<int:proposal_id>/do/<slug:step_id>/",
        proposals.proposal_step,
        name="element_proposal_step",
    ),
    path("files/<int:attachment_id>/", files.file_show, name="element_file"),
    path("duplicates/", merging.duplicates, name="element_duplicates"),
    path("duplicates/<uuid:kept>/<uuid:gone>/", merging.merge, name="element_merge"),
    path("merges/<int:merge_id>/undo/", merging.merge_undo, name="element_merge_undo"),
    path("candidates/", candidates.candidate_list, name="candidate_list"),
    path("candidates/<int:number>/", candidates.candidate, name="candidate"),
    path("<slug:slug>/", register.element_list, name="element_list"),
    path("<slug:slug>/new/", editing.element_new, name="element_new"),
    path("<slug:slug>/dictionary/", register.element_dictionary, name="element_dictionary"),
    path("<slug:slug>/<uuid:uid>/", register.element_show, name="element_show"),
    path("<slug:slug>/<uuid:uid>/edit/", editing.element_edit, name="element_edit"),
    path("<slug:slug>/<uuid:uid>/end/", editing.element_end, name="element_end"),
    path("<slug:slug>/<uuid:uid>/owner/", owner.element_owner, name="element_owner"),
    path("<slug:slug>/<uuid:uid>/files/", files.file_add, name="element_file_add"),
]
