"""Each rule of tools/lint_own.py, with good and bad lines."""

import pytest

from tools import lint_own

CASES = [
    (lint_own.objects_in_shells, "kith/web/x.py", "rows = queries.list_x(viewer)", "rows = Topic.objects.all()"),
    (lint_own.objects_in_shells, "kith/cli/x.py", "for row in rows:", "for row in group.topic_set.all():"),
    (lint_own.objects_in_shells, "kith/cli/demo/loading.py", "Topic.objects.update()", None),
    (lint_own.clock_in_rooms, "kith/groups/actions.py", "join(at=at)", "join(at=clock.now())"),
    (lint_own.clock_in_rooms, "kith/groups/rules.py", "from kith.core.clock import DAY", "from kith.core.clock import DAY, now"),
    (lint_own.clock_in_rooms, "kith/groups/jobs.py", "clock.now()", None),
    (lint_own.clock_in_rooms, "kith/web/x.py", "clock.now()", None),
    (lint_own.trust_elsewhere, "kith/web/x.py", 'Markup("<b>{}</b>").format(name)', "Markup(name)"),
    (lint_own.trust_elsewhere, "kith/groups/rows.py", "escape(name)", "mark_safe(name)"),
    (lint_own.unsafe_templates, "kith/web/x.html", '<p class="a">{{ words }}</p>', "<p>{{ words|safe }}</p>"),
    (lint_own.unsafe_templates, "kith/web/x.html", '<p class="a">', '<p style="color: red">'),
    (lint_own.unsafe_templates, "kith/web/x.html", '<script src="a.js"></script>', "<script>go()</script>"),
    (lint_own.unsafe_templates, "kith/web/x.html", '<button type="submit">', '<button onclick="go()">'),
    (lint_own.bare_words, "kith/web/x.html", '<p>{{ _("Hello") }}</p>', "<p>Hello there</p>"),
    (lint_own.bare_words, "kith/web/x.html", "<p>{% trans n=n %}Hello {{ n }}{% endtrans %}</p>", "<p>Hello {{ n }}</p>"),
    (lint_own.bare_words, "kith/web/x.html", "<nav aria-label=\"{{ _('Steps') }}\">", '<nav aria-label="Steps">'),
    (lint_own.long_templates, "kith/web/x.html", "<p>" + "x" * 127, "<p>" + "x" * 128),
    (lint_own.long_templates, "kith/web/x.html", "<p>\n" * 80, "<p>\n" * 81),
    (lint_own.long_templates, "kith/web/x.py", "x" * 131 + "\n" * 81, None),
    (
        lint_own.bare_refusals,
        "kith/groups/x.py",
        'raise Invalid(name=_("Choose another."))',
        'raise Invalid(name="Choose another.")',
    ),
    (lint_own.bare_refusals, "kith/web/x.py", 'raise Refused(_("Not now."))', 'raise Refused("Not now.")'),
    (lint_own.unnumbered_todo, "kith/core/x.py", "# TODO #12: later", "# TODO: later"),
    (lint_own.unnumbered_todo, "kith/web/x.html", "<!-- later -->", "<!-- FIXME later -->"),
]


@pytest.mark.parametrize(("rule", "path", "good", "bad"), CASES)
def test_catches_the_bad_line_and_leaves_the_good_one(rule, path, good, bad):
    assert list(rule(path, good)) == []
    if bad is not None:
        assert len(list(rule(path, bad))) == 1


def test_each_rule_has_a_bad_line():
    assert {rule for rule, _path, _good, bad in CASES if bad} == set(lint_own.RULES)


def test_the_tree_has_no_break():
    assert lint_own.breaks() == []


def test_says_the_line():
    template = "<p>{{ _('one\ntwo') }}</p>\n<p>Three</p>"
    assert list(lint_own.bare_words("kith/web/x.html", template)) == ["kith/web/x.html:3: 'Three' is not in _()"]


def test_every_exception_is_still_needed():
    for path in lint_own.OWN_ROWS:
        assert ".objects" in (lint_own.ROOT / path).read_text(), path
    for path in lint_own.TRUSTED:
        text = (lint_own.ROOT / path).read_text()
        assert list(lint_own.trust_elsewhere("kith/elsewhere.py", text)), path


def test_the_tree_keeps_every_rule():
    assert lint_own.breaks() == []
