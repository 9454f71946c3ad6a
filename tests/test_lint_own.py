"""Each rule of tools/lint_own.py, with a good and a bad line."""

import pytest

from tools import lint_own

CASES = [
    (lint_own.objects_in_shells, "kith/web/x.py", "rows = queries.list_x(viewer)", "rows = Topic.objects.all()"),
    (lint_own.trust_elsewhere, "kith/web/x.py", 'Markup("<b>{}</b>").format(name)', "Markup(name)"),
    (lint_own.unsafe_templates, "kith/web/x.html", '<p class="a">{{ words }}</p>', "<p>{{ words|safe }}</p>"),
    (lint_own.unsafe_templates, "kith/web/x.html", '<script src="a.js"></script>', "<script>go()</script>"),
    (lint_own.bare_words, "kith/web/x.html", '<p>{{ _("Hello") }}</p>', "<p>Hello there</p>"),
    (lint_own.unnumbered_todo, "kith/core/x.py", "# TODO #12: later", "# TODO: later"),
]


@pytest.mark.parametrize(("rule", "path", "good", "bad"), CASES)
def test_catches_the_bad_line_and_leaves_the_good_one(rule, path, good, bad):
    assert list(rule(path, good)) == []
    assert len(list(rule(path, bad))) == 1


def test_the_tree_keeps_every_rule():
    found = [p for path in lint_own.files() for rule in lint_own.RULES for p in rule(path, (lint_own.ROOT / path).read_text())]
    assert found == []
