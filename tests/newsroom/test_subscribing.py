"""People in and out: by hand, by file, by their own link."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from digest.deliver import tokens
from digest.errors import UsageError
from digest.model.audience import SubscriptionState
from digest.newsroom import subscribing
from digest.newsroom.house import House
from digest.newsroom.subscriber_files import ImportReport, export_csv, import_csv
from tests import builders
from tests.house import house as build_house

TWO = (builders.newsletter(), builders.newsletter(id="evening", title="Evening"))


@pytest.fixture
def house() -> House:
    """A newsroom with two newsletters and nobody in it."""
    return build_house(newsletters=TWO)


def states(house: House, address: str) -> dict[str, SubscriptionState]:
    """How somebody stands with each newsletter."""
    person = subscribing.show(house, address)
    assert person is not None
    return {s.newsletter_id: s.state for s in person.subscriptions}


def leave(house: House, address: str, newsletter_id: str = "morning") -> subscribing.Standing:
    """Use the person's own unsubscribe link."""
    reader = house.store.subscribers.get(address)
    assert reader is not None
    token = tokens.reader_token(subscribing.secret(house), newsletter_id, reader.id)
    found = subscribing.unsubscribe(house, token)
    assert found is not None
    return found


def test_added_person_is_confirmed_everywhere(house: House) -> None:
    """Without a newsletter named, all are meant; the reason is kept."""
    added = subscribing.add(house, "Niamh@B.example", name="Niamh", supporter=True)
    assert added.new and added.subscribed == ("morning", "evening")
    person = subscribing.show(house, "niamh@b.example")
    assert person is not None and person.subscriber is not None
    assert (person.subscriber.name, person.subscriber.supporter) == ("Niamh", True)
    assert {s.state for s in person.subscriptions} == {SubscriptionState.CONFIRMED}
    assert {s.because for s in person.subscriptions} == {"added by the editor"}


def test_person_is_added_to_the_named_newsletter_only(house: House) -> None:
    """One newsletter named, one subscription made."""
    subscribing.add(house, "a@b.example", newsletters=["evening"])
    assert list(states(house, "a@b.example")) == ["evening"]


def test_adding_again_keeps_what_is_known(house: House) -> None:
    """A second add without name and supporter takes neither away."""
    subscribing.add(house, "a@b.example", name="Niamh", supporter=True)
    added = subscribing.add(house, "a@b.example")
    person = subscribing.show(house, "a@b.example")
    assert not added.new and person is not None and person.subscriber is not None
    assert (person.subscriber.name, person.subscriber.supporter) == ("Niamh", True)


def test_bad_address_is_refused_with_a_reason(house: House) -> None:
    """The sentence names the address and what is wrong with it."""
    with pytest.raises(UsageError, match="'a@b' was not added: after the @ there must be"):
        subscribing.add(house, "a@b")


def test_unknown_newsletter_is_refused(house: House) -> None:
    """The sentence names those there are, and nobody was added."""
    with pytest.raises(UsageError, match="there are: morning, evening"):
        subscribing.add(house, "a@b.example", newsletters=["noon"])
    assert subscribing.show(house, "a@b.example") is None


def test_reader_leaves_by_link_and_stays_away(house: House) -> None:
    """Neither an add nor an import brings back who left; other newsletters stay."""
    subscribing.add(house, "a@b.example")
    assert leave(house, "a@b.example").gone
    added = subscribing.add(house, "a@b.example")
    report = import_csv(house, "address\na@b.example\n")
    assert added.left_alone == ("morning",) and report.left_alone == 1
    assert states(house, "a@b.example") == {
        "morning": SubscriptionState.UNSUBSCRIBED,
        "evening": SubscriptionState.CONFIRMED,
    }


def test_leaving_twice_keeps_the_first_date(house: House) -> None:
    """A second click changes nothing, not even when."""
    subscribing.add(house, "a@b.example")
    leave(house, "a@b.example")
    first = subscribing.show(house, "a@b.example")
    house.clock.forward(days=1)
    leave(house, "a@b.example")
    assert subscribing.show(house, "a@b.example") == first


def test_wrong_token_is_none(house: House) -> None:
    """What is no link of ours is about nobody."""
    assert subscribing.standing(house, "zz") is None
    assert subscribing.unsubscribe(house, "00" * 20) is None


def test_link_of_a_newsletter_that_was_taken_out_still_works(house: House) -> None:
    """A reader can leave a newsletter that is no longer configured."""
    subscribing.add(house, "a@b.example")
    alone = build_house(store=house.store, newsletters=TWO[1:])
    found = leave(alone, "a@b.example")
    assert (found.title, found.gone) == ("morning", True)
    assert states(house, "a@b.example")["morning"] is SubscriptionState.UNSUBSCRIBED


def test_forgotten_person_is_unknown(house: House) -> None:
    """After forgetting nothing is shown, and forgetting again finds nothing."""
    subscribing.add(house, "a@b.example")
    assert subscribing.forget(house, "A@b.example")
    assert subscribing.show(house, "a@b.example") is None
    assert not subscribing.forget(house, "a@b.example")


def test_import_counts_and_names_bad_lines(house: House) -> None:
    """New, known and doubled are counted; each bad line has its number and reason."""
    subscribing.add(house, "old@b.example")
    text = (
        "address,name,supporter\n"
        'a@b.example,"N\u00ed Bhriain, Niamh",yes\n'
        "\n"
        "A@B.EXAMPLE,again,no\n"
        "nonsense,x,no\n"
        "old@b.example,,\n"
        "x@m\u00fcnchen.example,,no\n"
    )
    report = import_csv(house, text)
    assert (report.new, report.known, report.doubled) == (2, 1, 1)
    assert [(bad.line, bad.text) for bad in report.bad] == [(5, "nonsense")]
    assert "exactly one @" in report.bad[0].because
    person = subscribing.show(house, "a@b.example")
    assert person is not None and person.subscriber is not None
    assert (person.subscriber.name, person.subscriber.supporter) == ("N\u00ed Bhriain, Niamh", True)
    assert house.store.subscribers.get("x@xn--mnchen-3ya.example") is not None


@pytest.mark.parametrize(
    "text",
    [
        "\ufeffE-Mail;Name\r\na@b.example;Niamh\r\n",
        "name\taddress\nNiamh\ta@b.example\n",
        "a@b.example,Niamh\n",
        "\n\naddress,name\na@b.example,Niamh",
    ],
)
def test_import_takes_the_files_people_have(house: House, text: str) -> None:
    """Another delimiter, a byte order mark, other column order, no head: all are read."""
    assert import_csv(house, text) == ImportReport(new=1)
    person = subscribing.show(house, "a@b.example")
    assert person is not None and person.subscriber is not None
    assert person.subscriber.name == "Niamh"


@pytest.mark.parametrize("text", ["", "\n", "address,name\n"])
def test_import_of_nothing(house: House, text: str) -> None:
    """An empty file imports nobody and is no error."""
    assert import_csv(house, text) == ImportReport()


def test_import_refuses_unknown_newsletter_and_state(house: House) -> None:
    """A row about a newsletter or state that does not exist is a bad row."""
    text = "address,newsletter,state\na@b.example,noon,\nb@b.example,morning,maybe\n"
    assert [bad.because for bad in import_csv(house, text).bad] == [
        "there is no newsletter 'noon'",
        "'maybe' is no state; it can be pending, confirmed, unsubscribed",
    ]


def test_import_of_what_is_no_csv(house: House) -> None:
    """A file that cannot be read at all imports nobody."""
    with pytest.raises(UsageError, match="nobody was imported"):
        import_csv(house, "address\n" + '"' + "x" * 200_000)


def test_export_moves_house(house: House) -> None:
    """What one newsroom exports another imports: the same people with the same states."""
    subscribing.add(house, "a@b.example", name="=HYPERLINK(1)", supporter=True)
    subscribing.add(house, "c@d.example", newsletters=["evening"])
    leave(house, "a@b.example")
    text = export_csv(house)
    assert ",'=HYPERLINK(1),yes,morning,unsubscribed," in text
    other = build_house(newsletters=TWO)
    assert import_csv(other, text).bad == ()
    for address in ("a@b.example", "c@d.example"):
        assert states(other, address) == states(house, address)
    person = subscribing.show(other, "a@b.example")
    assert person is not None and person.subscriber is not None
    assert person.subscriber.name == "=HYPERLINK(1)"


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text("address,@b.exmpl;\t\n\"' =\u00e4\x00", max_size=80))
def test_any_text_can_be_imported(house: House, text: str) -> None:
    """Whatever a file holds, every line is taken or reported, or the file is refused."""
    try:
        report = import_csv(house, text)
    except UsageError:
        return
    assert all(bad.because for bad in report.bad)
