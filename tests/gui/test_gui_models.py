# SPDX-License-Identifier: MPL-2.0
"""The view models, without a window."""

from dataclasses import replace

import pytest

from clientcfg.changes.entry import State
from clientcfg.flows.events import (
    Asking,
    EndpointAnswered,
    Probing,
    SetUpDone,
    SourceAnswered,
    UndoDone,
    VerifyDone,
)
from clientcfg.gui.setup import done_model, exact_model, program_model, review_model
from clientcfg.gui.setup.address_model import domain_so_far, read
from clientcfg.gui.setup.by_hand_model import (
    NamedServer,
    NamedServers,
    as_typed,
    question_by_hand,
    usual_port,
)
from clientcfg.gui.setup.done_model import set_up_here
from clientcfg.gui.setup.evidence_model import evidence
from clientcfg.gui.setup.servers_model import Kind, Progress, conclude, server_row, trouble
from clientcfg.gui.words import advice_here
from clientcfg.model.endpoint import Endpoint, Protocol, Security
from clientcfg.model.offer import Outcome, SourceAnswer
from clientcfg.model.plan import Conflict, Folders
from clientcfg.model.trouble import No, NotFoundOut, Refused, WrongUsage
from clientcfg.model.verdict import VerdictKind
from tests.gui import scripted as s

pytestmark = pytest.mark.gui


def test_an_address_is_read_and_the_name_tidied() -> None:
    typed = read("  Ada   Lovelace ", " ada@Example.ORG ")
    assert (typed.name, str(typed.address), typed.problem) == (
        "Ada Lovelace",
        "ada@example.org",
        "",
    )


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("", "is missing"),
        ("ada", "after @"),
        ("ada@", "after @"),
        ("@example.org", "before @"),
        ("a b@example.org", "no mail server takes"),
        ("ada@exa mple.org", "not a host"),
    ],
)
def test_each_fault_of_an_address_has_its_sentence(typed: str, words: str) -> None:
    found = read("", typed)
    assert found.address is None
    assert words in found.problem


def test_the_domain_is_known_only_when_it_is_one() -> None:
    assert [domain_so_far(t) for t in ("", "ada@", "ada@example", "ada@example.org")] == [
        "",
        "",
        "",
        "example.org",
    ]


def test_rows_light_up_in_their_place() -> None:
    progress = Progress()
    seen = []
    events = [
        Asking("example.org", ("srv",)),
        SourceAnswered(SourceAnswer("srv", None, Outcome.FOUND, "names them", 41.0)),
        Probing((s.IMAP, s.SMTP, s.POP3)),
        EndpointAnswered(s.report(s.IMAP)),
        EndpointAnswered(s.silent(s.POP3)),
        EndpointAnswered(s.report(s.SMTP, s.BAD_TLS)),
    ]
    for event in events:
        progress = progress.after(event)
        seen.append(progress.share)
    assert [r.endpoint for r in progress.servers] == [s.SMTP, s.IMAP, s.POP3]
    assert [r.stations for r in progress.servers] == [
        ("done", "failed", "waiting"),
        ("done", "done", "done"),
        ("failed", "waiting", "waiting"),
    ]
    assert seen == sorted(seen)
    assert seen[-1] == 100
    assert progress.sources[0].kind == "ready"


def test_a_plain_server_never_lights_the_station_of_encryption() -> None:
    plain = Endpoint(Protocol.SMTP, "127.0.0.1", 2525, Security.PLAIN)
    row = server_row(replace(s.report(plain), tls=None))
    assert row.stations == ("done", "waiting", "done")


def test_good_servers_end_in_one_sentence() -> None:
    found = conclude(s.QUESTION, s.probed())
    assert found.kind is Kind.GOOD
    assert found.shape == "ready"
    assert found.title == "Your provider accepts your password over an encrypted connection."
    assert [c.login.endpoint for c in found.choices] == [s.SMTP, s.IMAP]


def test_an_address_that_is_the_user_name_is_said_to_be_it() -> None:
    assert conclude(s.QUESTION, s.probed()).address_is_user
    other = replace(s.QUESTION, username="ada.l")
    assert not conclude(other, s.probed()).address_is_user
    one_of_two = replace(s.QUESTION, smtp_username="ada.l")
    assert not conclude(one_of_two, s.probed()).address_is_user


def test_only_sending_is_said() -> None:
    found = conclude(s.QUESTION, s.probed(s.report(s.SMTP)))
    assert found.kind is Kind.GOOD
    assert "only sending" in found.text


def test_one_bad_incoming_server_is_trouble() -> None:
    found = conclude(s.QUESTION, s.probed(s.report(s.SMTP), s.report(s.IMAP, s.BAD_TLS)))
    assert found.kind is Kind.TROUBLE
    assert found.shape == "no"


def test_a_strange_host_is_confirmed_once() -> None:
    answer = s.elsewhere()
    found = conclude(s.QUESTION, answer)
    assert found.kind is Kind.CONFIRM
    assert len(found.confirm) == 2
    hosts = frozenset(o.endpoint.host for o in found.confirm)
    agreed = conclude(replace(s.QUESTION, accepted_hosts=hosts), answer)
    assert agreed.kind is Kind.GOOD
    half = replace(s.QUESTION, accepted_hosts=frozenset([found.confirm[0].endpoint.host]))
    assert conclude(half, answer).kind is Kind.CONFIRM


def test_not_found_out_is_a_diamond_and_a_refusal_an_octagon() -> None:
    assert trouble(NotFoundOut("x", "x")).shape == "unknown"
    assert trouble(No("x", "x")).shape == "no"
    assert trouble(Refused("x", "x")).shape == "no"


def test_advice_for_a_terminal_is_left_out_of_the_window() -> None:
    error = No(
        "x",
        "x",
        "Look whether the address is right.",
        "If you know the servers, name them with --smtp HOST.",
        "Use another program. See which ones can with: clientcfg check --all",
    )
    assert advice_here(error) == ("Look whether the address is right.", "Use another program.")


def test_evidence_marks_the_line_that_proves_it() -> None:
    found = evidence(s.probed(), (s.SMTP,))
    (said,) = found.conversations
    assert [said.lines[n] for n in said.marked] == ["← 250-AUTH PLAIN LOGIN SCRAM-SHA-256"]
    (certificate,) = found.certificates
    assert certificate.trusted
    assert "From Let's Encrypt R12, valid until 14 February 2027" in certificate.lines
    assert "srv" not in found.as_text()


def test_evidence_of_trouble_shows_every_server() -> None:
    answer = s.probed(s.report(s.SMTP, s.BAD_TLS), s.report(s.IMAP, s.BAD_TLS))
    found = evidence(answer, ())
    assert len(found.conversations) == 2
    assert [c.trusted for c in found.certificates] == [False]


def test_servers_by_hand() -> None:
    sending = NamedServer(Protocol.SMTP, "smtp.example.org", "", Security.STARTTLS)
    receiving = NamedServer(Protocol.POP3, "", "995", Security.TLS)
    asked = question_by_hand(s.QUESTION, NamedServers(sending, receiving, " ada "))
    assert asked.servers == (s.SMTP_HELLO,)
    assert asked.username == "ada"
    sixth = NamedServer(Protocol.SMTP, "::1", "465", Security.TLS)
    assert question_by_hand(s.QUESTION, NamedServers(sixth, receiving)).servers[0].host == "::1"


@pytest.mark.parametrize(
    ("host", "port"), [("", ""), ("a b", "465"), ("mail.example.org", "x"), ("mail", "70000")]
)
def test_a_server_that_is_none_is_refused_with_a_sentence(host: str, port: str) -> None:
    sending = NamedServer(Protocol.SMTP, host, port, Security.TLS)
    with pytest.raises(WrongUsage):
        question_by_hand(s.QUESTION, NamedServers(sending, as_typed(Protocol.IMAP, None)))


def test_the_usual_port_follows_the_encryption() -> None:
    assert usual_port(Protocol.SMTP, Security.TLS) == "465"
    assert usual_port(Protocol.SMTP, Security.STARTTLS) == "587"
    assert usual_port(Protocol.IMAP, Security.TLS) == "993"
    assert as_typed(Protocol.IMAP, s.POP3).protocol is Protocol.POP3


def test_cards_come_best_first_and_say_what_is_in_the_way() -> None:
    cards = program_model.cards(s.programs(s.probed()))
    kinds = [c.program.verdict.kind for c in cards]
    assert kinds == sorted(kinds, key=list(VerdictKind).index)
    assert (cards[0].name, cards[0].version, cards[0].blocked) == ("Thunderbird", "153.7.0", "")
    netscape = next(c for c in cards if c.name == "Netscape")
    assert netscape.blocked
    assert netscape.shape in ("update", "no")
    assert program_model.why(netscape.program.verdict)
    assert "clientcfg" not in " ".join(t for t, _u in program_model.what_to_do(netscape))
    unknown = next(c for c in cards if c.shape == "unknown")
    facts = [line for line, _evidence in program_model.why(unknown.program.verdict)]
    # What would decide it is the fact that is not known; it is not said twice.
    assert "another port" in facts[-1]
    assert len(facts) == len(set(facts))


def test_a_program_that_cannot_be_written_is_not_offered() -> None:
    first, *_rest = (p for p in s.programs(s.probed()) if p.verdict.kind is VerdictKind.READY)
    (card,) = program_model.cards((replace(first, writable=False),))
    assert "cannot write the settings" in card.blocked
    assert card.how is program_model.How.BY_HAND
    ((words, _url),) = program_model.what_to_do(card)
    assert words.startswith(card.blocked)


def test_where_only_another_program_helps_no_newer_version_is_promised() -> None:
    cards = program_model.cards(s.programs(s.probed()))
    netscape = next(c for c in cards if c.name == "Netscape")
    assert {a.client for a in netscape.program.verdict.advice} == {"thunderbird"}
    assert program_model.headline(netscape) == "Netscape 4.08 can’t send here."
    advice = replace(netscape.program.verdict.advice[0], client="netscape")
    verdict = replace(netscape.program.verdict, advice=(advice,))
    newer = replace(netscape, program=replace(netscape.program, verdict=verdict))
    assert program_model.headline(newer) == "Netscape 4.08 can’t send here; a newer version can."


def test_what_is_here_is_not_said_to_be_fetched() -> None:
    cards = program_model.cards(s.programs(s.probed()))
    netscape = next(c for c in cards if c.name == "Netscape")
    other = program_model.instead(netscape, cards)
    assert other is not None
    ((first, _url), *rest) = program_model.what_to_do(netscape, other)
    assert first == "Take Thunderbird 153.7.0: it is on this computer, and can send here."
    assert "Thunderbird" not in " ".join(words for words, _url in rest)


def test_a_program_that_asks_for_a_profile_is_not_guessed_at() -> None:
    first, *_rest = (p for p in s.programs(s.probed()) if p.verdict.kind is VerdictKind.READY)
    assert first.installation is not None
    asks = replace(first, installation=replace(first.installation, asks=True))
    (card,) = program_model.cards((asks,))
    assert "profile" in card.blocked


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Thunderbird", "Th"),
        ("Outlook Express", "OE"),
        ("Outlook (new)", "On"),
        ("", "?"),
        ("k", "K"),
    ],
)
def test_initials(name: str, letters: str) -> None:
    assert program_model.initials(name) == letters


def test_the_review_in_words() -> None:
    review = s.reviewed()
    assert review_model.title(review) == "This will be set in Thunderbird"
    assert [r.strong for r in review_model.rows(review.account)] == [
        "smtp.example.org",
        "imap.example.org",
        "ada@example.org",
    ]
    assert review_model.sentences(review)[0] == "Adds the account ada@example.org."
    assert exact_model.amount(review) == "1 file and 5 lines"
    assert "+ user_pref" in exact_model.as_text(exact_model.changed_files(review))


def test_the_review_has_folders_where_they_are_known() -> None:
    review = s.reviewed()
    last = review_model.rows(review.account, review.plan.folders)[-1]
    assert (last.glyph, last.name) == ("folder", "Folders")
    assert (last.strong, last.caption) == ("Sent, Drafts, Templates", "Kept on the server")
    at_home = Folders(("Sent", "Other"), on_server=False)
    last = review_model.rows(review.account, at_home)[-1]
    assert (last.strong, last.caption) == ("Sent, Other", "Kept on this computer")
    assert len(review_model.rows(review.account)) == 3


def test_only_sentences_that_have_rows_are_left_out() -> None:
    review = s.reviewed()
    trusts = "Trusts exactly one certificate at smtp.example.org:465: sha256:abcd"
    plan = replace(review.plan, summary=(*review.plan.summary, trusts))
    said = review_model.sentences(replace(review, plan=plan))
    assert said == (review.plan.summary[0], review.plan.summary[-1], trusts)


def test_nothing_to_change_is_said() -> None:
    review = s.reviewed()
    same = replace(review, plan=replace(review.plan, steps=()))
    assert review_model.title(same) == "Thunderbird is set up like this already."


def test_only_what_was_shown_is_agreed_to() -> None:
    shown = s.reviewed()
    account = shown.account
    kept = replace(shown, account=replace(account, store_password=True))
    assert review_model.same_but_store(shown, shown)
    assert not review_model.same_but_store(shown, kept), "the store was not agreed to"
    other = replace(account.outgoing, endpoint=s.SMTP_HELLO)
    moved = replace(shown, account=replace(account, outgoing=other))
    assert not review_model.same_but_store(shown, moved)
    more = replace(shown, plan=replace(shown.plan, summary=("Makes a profile.",)))
    assert not review_model.same_but_store(shown, more)
    first, *others = shown.changes
    elsewhere = replace(shown, changes=(replace(first, diff="+another line"), *others))
    assert not review_model.same_but_store(shown, elsewhere)
    kept_elsewhere = replace(kept, changes=elsewhere.changes)
    assert not review_model.same_but_store(shown, kept_elsewhere)
    logins = replace(first, where="/home/ada/logins.json")
    assert not review_model.same_but_store(shown, replace(shown, changes=(*shown.changes, logins)))


def test_a_kept_password_is_encrypted_anew_and_all_else_is_as_shown() -> None:
    both = s.keeping()
    shown = review_model.shown(both, keep=True)
    assert shown is both.keeping
    assert review_model.shown(both, keep=False) is both
    sentences = " ".join(review_model.sentences(shown))
    assert "own password store" in sentences
    assert "asks for the password" not in sentences
    store = tuple(
        replace(c, diff=c.diff.replace("1", "2")) if c.where.endswith("logins.json") else c
        for c in shown.changes
    )
    assert review_model.same_but_store(shown, replace(shown, changes=store))
    prefs = tuple(replace(c, diff=c.diff + "\n+more") for c in shown.changes)
    assert not review_model.same_but_store(shown, replace(shown, changes=prefs))
    fewer = replace(shown, changes=shown.changes[1:])
    assert not review_model.same_but_store(shown, fewer)


def test_why_a_password_cannot_be_kept_is_said() -> None:
    told = replace(s.reviewed(), keeping=No("passwords-not-kept", "It keeps no passwords."))
    assert review_model.why_not_kept(told) == "It keeps no passwords."
    assert review_model.shown(told, keep=True) is told
    account = s.SIGN_IN_ACCOUNT
    assert not review_model.may_keep(replace(s.reviewed(), account=account))
    assert "browser" in review_model.rows(account)[-1].caption


def verified(seen: bool | None) -> VerifyDone:
    return VerifyDone(True, True, seen, seen, "<x>", s.SMTP, s.IMAP)


def test_no_green_tick_for_what_was_not_seen() -> None:
    assert done_model.when_set(set_up_here(s.DONE)).kind == "step"
    assert done_model.when_tested(verified(True), "ada@example.org").kind == "ready"
    assert done_model.when_tested(verified(False), "ada@example.org").kind == "unknown"
    assert done_model.when_tested(verified(None), "ada@example.org").kind == "unknown"
    assert done_model.when_test_failed(Refused("x", "x")).kind == "no"
    assert done_model.when_test_failed(NotFoundOut("x", "x")).kind == "unknown"
    terminal = Refused("x", "x", "Ask the administrator.", "Else say so with --accept-weaker h")
    assert done_model.when_test_failed(terminal).text == "Ask the administrator."


def test_what_was_set_and_taken_back_in_words() -> None:
    assert "set up" in done_model.when_set(set_up_here(s.DONE)).title
    already = SetUpDone(s.reviewed(), None)
    assert "already" in done_model.when_set(set_up_here(already)).title
    undone = s.entry(state=State.UNDONE)
    assert "byte for byte" in done_model.when_undone(UndoDone(undone, True, ())).text
    kept = UndoDone(undone, False, (Conflict("mail.smtp.defaultserver", None, "smtp1", "smtp2"),))
    assert "mail.smtp.defaultserver" in done_model.when_undone(kept).text


def test_undo_says_how_much_goes_back() -> None:
    at = f"{s.AT.astimezone():%H:%M}"
    words = done_model.undo_words(set_up_here(s.DONE))
    assert words == (
        f"Undo puts both files back exactly as they were at {at}. The mail itself is not touched."
    )
    nothing = set_up_here(SetUpDone(s.reviewed(), None))
    assert done_model.undo_words(nothing) == ""
    registry = replace(set_up_here(s.DONE), files=None)
    assert done_model.undo_words(registry).startswith("Undo puts everything back as it was at")
