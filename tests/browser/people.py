"""The people of the browser tests, built by real actions in the server's own folder before it starts."""

import json

from django.conf import settings

from kith.conversation import actions as talk
from kith.core import clock
from kith.core.models import Site
from kith.finding.actions import renew_index
from kith.groups import actions
from kith.groups.queries import get_place
from kith.groups.viewer import Viewer
from kith.people.actions import seed_person
from kith.people.actions.phrases import new_codes
from kith.safety.actions import redraw_help
from kith.testing.cast import PHRASE, a_plan

PLAN = {
    "name": "Widowed young", "line": "For people whose husband, wife or partner died before their time.",
    "for_whom": "Anyone under fifty who lost a partner.", "concerns": ("widowed-young", "losing-a-partner"),
    "charter": "We lost the person we lived with, years too soon. We talk about nights, children, money and the empty chair.",
    "door": "request", "tint": "heather",
}  # fmt: skip


def build() -> None:
    """Build a site with one group by request, a host, a second host, a member and some talk."""
    at = clock.now()
    Site.objects.filter(pk=1).update(set_up_at=at, country="GB", run_by="The tests")
    redraw_help()
    viewers = {name: Viewer(seed_person(name=f"{name} 1000", phrase=PHRASE, at=at)) for name in ("hanna", "hugo", "mia", "pia")}
    steward = Viewer(seed_person(name="stella 1000", phrase=PHRASE, steward=True, at=at), steward=True)
    persona = actions.begin_group(a_plan(**PLAN), by=viewers["hanna"], persona_name="Old Kettle", at=at)
    code = str(persona.group.code)
    actions.approve_group(code, by=steward, at=at)
    for who, face, role in (("hugo", "Heron", "host"), ("mia", "Fig", "member")):
        made = actions.invite(get_place(viewers["hanna"], code), role=role, at=at)
        actions.use_invitation(made.code, by=viewers[who], name=face, at=at)
    talk.start_topic(
        get_place(viewers["mia"], code), title="The school play", words="He would have filmed it.", wish="heard", at=at, intent=""
    )
    renew_index()
    leaders = {name: viewers[name] for name in ("hanna", "hugo")} | {"stella": steward}
    codes = {f"{name} 1000": [code for _card in range(6) for code in new_codes(who.person or 0)] for name, who in leaders.items()}
    (settings.ENV.data / "codes.json").write_text(json.dumps(codes))
