from tests import cast


def test_a_form_sent_twice_is_one_act(walk_from):
    walk = walk_from(stage="filed")
    url = walk.url("show_id")
    form = walk.sees(cast.OFFICER, url)
    first = walk.sends(cast.OFFICER, url, form, {"id_shown_to": "经营者"})
    again = walk.sends(cast.OFFICER, url, form, {"id_shown_to": "经营者"})
    assert first.path == again.path == walk.url()
    assert walk.acts().count("case.show_id") == 1


def test_going_back_in_the_browser_after_a_step_does_nothing_twice(walk_from):
    walk = walk_from(stage="collected")
    url = walk.url("conclude")
    form = walk.sees(cast.OFFICER, url)
    walk.sends(cast.OFFICER, url, form, walk.usual("conclude"))
    again = walk.sends(cast.OFFICER, url, form, walk.usual("conclude"))
    assert again.path == walk.url(), "同一张表再交一次，回到卷宗"
    assert walk.acts().count("case.conclude") == 1
