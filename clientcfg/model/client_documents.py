# SPDX-License-Identifier: MPL-2.0
"""The JSON of ``clients``: ``clientcfg/clients/1``."""

from collections.abc import Iterable

from clientcfg.model.client import Ability, ClientVersion, Installation
from clientcfg.model.documents import Document


def clients_document(
    found: Iterable[tuple[ClientVersion, Installation | None]], *, can_apply: Iterable[str]
) -> Document:
    """*clients*: each with what it can do; ``can_apply`` are the formats there are."""
    formats = frozenset(can_apply)
    return {
        "schema": "clientcfg/clients/1",
        "clients": [_client(version, installation, formats) for version, installation in found],
    }


def _client(
    known: ClientVersion, installation: Installation | None, formats: frozenset[str]
) -> Document:
    abilities = known.abilities
    return {
        "id": known.id,
        "name": known.name,
        "version": known.version,
        "installed": installation is not None,
        **_here(installation),
        "local": known.local,
        "supports": {
            "smtp_auth": _ability(abilities.smtp_auth),
            "starttls": {
                "value": abilities.starttls.value,
                "reported": abilities.starttls.reported,
                "confidence": abilities.starttls.confidence,
                "source": abilities.starttls.source,
            },
            "implicit_tls": _ability(abilities.implicit_tls),
            "custom_port": _ability(abilities.custom_port),
            "separate_smtp_user": _ability(abilities.separate_smtp_user),
            "sni": _ability(abilities.sni),
            "pop_before_smtp": _ability(abilities.pop_before_smtp),
            "max_tls": {
                "value": abilities.max_tls.value,
                "reported": abilities.max_tls.reported,
                "confidence": abilities.max_tls.confidence,
                "source": abilities.max_tls.source,
            },
            "oauth2": {
                **_ability(abilities.oauth2),
                "providers": list(abilities.oauth2_providers),
            },
            "mechanisms": {
                "yes": list(abilities.mechanisms.yes),
                "reported": list(abilities.mechanisms.reported),
            },
        },
        "can_apply": installation is not None and known.format in formats,
        "formats": [*([known.format] if known.format in formats else []), *known.exports],
    }


def _here(installation: Installation | None) -> Document:
    """What only a program that is installed has; nulls for any other."""
    if installation is None:
        keys = ("path", "program", "profile", "packaging", "running", "remark", "build")
        return dict.fromkeys(keys) | {"recorded_only": False}
    i = installation
    return {
        "path": i.profile or i.program,
        "program": i.program,
        "profile": i.profile,
        "packaging": i.packaging,
        "running": i.running,
        "remark": i.remark,
        "build": [
            {
                "feature": fact.feature,
                "value": fact.value,
                "said": fact.said,
                "mechanisms": None if fact.mechanisms is None else list(fact.mechanisms),
            }
            for fact in i.build
        ],
        "recorded_only": i.recorded_only,
    }


def _ability(ability: Ability) -> Document:
    return {
        "value": ability.value,
        "reported": ability.reported,
        "confidence": ability.confidence,
        "source": ability.source,
    }
