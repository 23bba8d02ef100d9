# SPDX-License-Identifier: MPL-2.0
"""Secrets and holes say nothing; three-valued logic says no more than it knows."""

import copy
import json
import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientcfg.model.answer import Answer, all_of, any_of, known
from clientcfg.model.secret import DOTS, Hole, Secret

CANARY = "canary-7f3a"


def test_a_secret_is_told_only_by_reveal() -> None:
    secret = Secret(CANARY)
    assert secret.reveal() == CANARY
    for said in (repr(secret), str(secret), f"{secret}", f"{secret:>40}", "%s" % secret):  # noqa: UP031
        assert said == DOTS
    assert CANARY not in repr({"password": secret, "list": [secret]})
    with pytest.raises(TypeError):
        pickle.dumps(secret)
    with pytest.raises(TypeError):
        copy.deepcopy(secret)
    with pytest.raises(TypeError):
        json.dumps(secret)
    assert Secret(CANARY) != Secret(CANARY)


def test_a_hole_is_only_itself() -> None:
    hole = Hole("password", "nss-sdr")
    assert repr(hole) == DOTS
    assert hole == hole  # noqa: PLR0124
    assert hole != Hole("password", "nss-sdr")
    with pytest.raises(TypeError):
        pickle.dumps(hole)
    with pytest.raises(TypeError):
        json.dumps(hole)


ANSWERS = st.sampled_from(list(Answer))


@given(st.lists(ANSWERS), ANSWERS)
def test_learning_more_never_turns_a_certain_answer(answers: list[Answer], more: Answer) -> None:
    """Replacing an unknown by a fact keeps every yes and no that was said before."""
    for judge in (all_of, any_of):
        before = judge([*answers, Answer.UNKNOWN])
        after = judge([*answers, more])
        assert before in {Answer.UNKNOWN, after}


def test_nothing_asked() -> None:
    assert all_of([]) is Answer.YES
    assert any_of([]) is Answer.NO
    assert known(True) is Answer.YES
