"""Which source a subject of the broker vouches for; that of this service itself, none does."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from adapters.broker import BrokerLayout
from adapters.wire import Refusal, decode, source_of_subject, subject_for
from domain.events.envelope import OWN_SOURCE
from domain.events.lifecycle import IncidentReported
from domain.events.permissions import RoleGranted
from domain.outcomes import Reason
from tests.support.messages import RECEIVED, Message, body
from tests.support.messages import example as example_of
from tests.support.stories import SOURCE

LAYOUTS = [BrokerLayout(), BrokerLayout(subject_prefix="landlord.in.")]

each_layout = pytest.mark.parametrize("layout", LAYOUTS)


@each_layout
@pytest.mark.parametrize("source", [SOURCE, "https://asb.cromwood/v1.2", "urn:case-timeline:rules"])
def test_a_subject_vouches_for_its_source(layout: BrokerLayout, source: str) -> None:
    told = layout.source_of(layout.subject_for(source))
    assert told == source_of_subject(subject_for(source))


@each_layout
@given(token=st.text(max_size=40))
@example(token=OWN_SOURCE)
@example(token=OWN_SOURCE + "\u00e9")
@example(token=OWN_SOURCE + "x" * 400)
def test_none_vouches_for_this_service_itself(layout: BrokerLayout, token: str) -> None:
    for subject in (layout.subject_prefix + token, token, layout.subject_for(token)):
        assert layout.source_of(subject) != OWN_SOURCE


@each_layout
@pytest.mark.parametrize("told", [example_of(IncidentReported), example_of(RoleGranted)])
def test_so_what_comes_on_its_subject_is_nobodys(layout: BrokerLayout, told: Message) -> None:
    sent_as = layout.source_of(layout.subject_for(OWN_SOURCE))
    for source in (OWN_SOURCE, SOURCE):
        with pytest.raises(Refusal) as caught:
            decode(body(told | {"source": source}), received_at=RECEIVED, sent_as=sent_as)
        assert caught.value.reason is Reason.SOURCE_MISMATCH
