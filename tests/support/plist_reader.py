# SPDX-License-Identifier: MPL-2.0
"""XML property lists by the rules of their DTD, without plistlib: strict, no key twice."""

import base64
from typing import Any
from xml.etree.ElementTree import Element, XMLParser, fromstring

DOCTYPE = (
    b'<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" '
    b'"http://www.apple.com/DTDs/PropertyList-1.0.dtd">\n'
)


def read_plist(data: bytes) -> Any:
    """What the file says. Raises ``ValueError`` (as a parse error, too) for anything odd."""
    declaration, _end, rest = data.partition(b"\n")
    if declaration != b'<?xml version="1.0" encoding="UTF-8"?>' or not rest.startswith(DOCTYPE):
        raise ValueError("not the two lines that begin a property list")
    try:
        root = fromstring(rest.removeprefix(DOCTYPE), XMLParser(encoding="utf-8"))
    except SyntaxError as error:
        raise ValueError(str(error)) from None
    if root.tag != "plist" or root.attrib != {"version": "1.0"} or len(root) != 1:
        raise ValueError("not one value in a plist")
    return _value(root[0])


def _value(element: Element) -> Any:
    if element.attrib:
        raise ValueError("attributes")
    if element.tag == "dict":
        return _dictionary(element)
    if element.tag == "array":
        return [_value(inner) for inner in element]
    if len(element):
        raise ValueError("elements in a text")
    return _plain(element.tag, element.text or "")


def _dictionary(element: Element) -> dict[str, Any]:
    keys, values = element[::2], element[1::2]
    if len(keys) != len(values) or any(k.tag != "key" or len(k) for k in keys):
        raise ValueError("a dict that is not key and value in turn")
    names = [k.text or "" for k in keys]
    if len(set(names)) != len(names):
        raise ValueError("a key twice")
    return dict(zip(names, map(_value, values), strict=True))


def _plain(tag: str, text: str) -> Any:
    match tag:
        case "string":
            return text
        case "integer":
            return int(text)
        case "true" | "false" if not text:
            return tag == "true"
        case "data":
            return base64.b64decode("".join(text.split()), validate=True)
    raise ValueError(f"an element {tag}")
