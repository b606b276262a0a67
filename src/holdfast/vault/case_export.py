"""The story of items as CASE/UCO, for another agency's tools: JSON-LD that `case_validate` lets pass (CASE 1.x).

- Who did something stands in it by role and staff identifier. No name, no file name, no place, no code of the case.
- What somebody typed is left out, purposes too unless they are of a fixed list: an export leaves the building, and
  words may hold an address. The custody page has them.
- The same record gives the same document: every identifier is worked out from the case's own and the entry's number.
"""

import json
from collections.abc import Collection
from collections.abc import Iterable
from collections.abc import Sequence
from datetime import UTC
from datetime import datetime
from typing import Any
from uuid import UUID
from uuid import uuid5

from holdfast.record.entry import ROLES
from holdfast.record.entry import By
from holdfast.record.field import UNKNOWN
from holdfast.record.kind import label
from holdfast.record.kinds import KINDS
from holdfast.vault.acts import Act
from holdfast.vault.items import KnownItem

NAME = "custody.jsonld"
MEDIA = "application/ld+json"
# Choices and numbers of the record, which hold no word that anybody typed; an exhibit's number is one of a list.
_TOLD = (
    "what", "source", "police_may_have", "may", "how", "media", "metadata_left_out", "credentials", "scanned", "why",
    "second_person", "to_whose_side", "confirmed_by", "manifest_sha256",
)  # fmt: skip
_UCO = "https://ontology.unifiedcyberontology.org/uco"
_CONTEXT = {
    "kb": "urn:holdfast:",
    "case-investigation": "https://ontology.caseontology.org/case/investigation/",
    "uco-action": f"{_UCO}/action/",
    "uco-core": f"{_UCO}/core/",
    "uco-identity": f"{_UCO}/identity/",
    "uco-observable": f"{_UCO}/observable/",
    "uco-role": f"{_UCO}/role/",
    "uco-types": f"{_UCO}/types/",
    "uco-vocabulary": f"{_UCO}/vocabulary/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


def case_uco(
    case_id: UUID,
    items: Sequence[KnownItem],
    acts: Iterable[Act],
    *,
    purposes: Collection[str] = (),
    witnessed: dict[UUID, str] | None = None,
) -> str:
    """The document. `purposes` are the ways of saying for what that are no typed words; `witnessed` says by item which
    checkpoint saw it, in words."""
    return json.dumps(
        {"@context": _CONTEXT, "@graph": _Graph(case_id, items).of(acts, purposes, witnessed or {})}, indent=1
    )


class _Graph:
    """The nodes of one document, each once."""

    def __init__(self, case_id: UUID, items: Sequence[KnownItem]):
        self.case_id, self.items = case_id, {item.item: item for item in items}
        self.nodes: dict[str, dict[str, Any]] = {}

    def of(self, acts: Iterable[Act], purposes: Collection[str], witnessed: dict[UUID, str]) -> list[dict[str, Any]]:
        """Every node, the investigation first."""
        for item in self.items.values():
            self._item(item)
        done = [self._act(act, purposes) for act in acts]
        for item_id, words in witnessed.items():
            self._annotation(item_id, words)
        held = {"@id": self._id("investigation", ""), "@type": "case-investigation:Investigation"}
        objects = [_ref(each) for each in dict.fromkeys([*self._records(), *done])]
        return [{**held, "uco-core:object": objects} if objects else held, *self.nodes.values()]

    def _records(self) -> list[str]:
        return [self._id("provenance-record", item) for item in self.items]

    def _item(self, item: KnownItem) -> None:
        hashed = {
            "@id": self._id("hash", item.item), "@type": "uco-types:Hash",
            "uco-types:hashMethod": _typed("uco-vocabulary:HashNameVocab", "SHA256"),
            "uco-types:hashValue": _typed("xsd:hexBinary", item.sha256.upper()),
        }  # fmt: skip
        content = {
            "@id": self._id("content-data-facet", item.item), "@type": "uco-observable:ContentDataFacet",
            "uco-observable:sizeInBytes": item.size, "uco-observable:hash": hashed,
        }  # fmt: skip
        if item.media:
            content["uco-observable:mimeType"] = item.media
        node = self._node("file", item.item, "uco-observable:File", {"uco-core:hasFacet": content})
        record: dict[str, Any] = {"uco-core:object": _ref(node), "uco-core:name": "Item of the vault"}
        if item.exhibit:
            root = item if item.of is None else self.items.get(item.of, item)
            record |= {"case-investigation:exhibitNumber": item.exhibit}
            record |= {"case-investigation:rootExhibitNumber": root.exhibit or item.exhibit}
        self._node("provenance-record", item.item, "case-investigation:ProvenanceRecord", record)
        if item.of is not None and item.of in self.items:
            related = {
                "uco-core:source": _ref(node), "uco-core:target": _ref(self._id("file", item.of)),
                "uco-core:kindOfRelationship": "Derived_From", "uco-core:isDirectional": True,
            }  # fmt: skip
            self._node("derived", item.item, "uco-observable:ObservableRelationship", related)

    def _act(self, act: Act, purposes: Collection[str]) -> str:
        about = [self._id("file", each) for each in act.items if each in self.items]
        made = act.kind in ("ItemTaken", "ItemDerived")
        results = [about[0], self._id("provenance-record", act.items[0])] if made and about else []
        objects = about[1:] if made else about
        said: dict[str, Any] = {
            "uco-core:name": label(KINDS[act.kind]),
            "uco-core:description": _description(act, purposes),
            "uco-core:objectCreatedTime": _time(act.recorded_at),
            "uco-action:startTime": _time(act.happened_at),
            "uco-action:performer": _ref(self._performer(act.by)),
        }
        if act.kind == "ItemTimeStamped":
            results.append(self._token(act))
        if objects:
            said["uco-action:object"] = [_ref(each) for each in objects]
        if results:
            said["uco-action:result"] = [_ref(each) for each in results]
        return self._node("act", act.number, "case-investigation:InvestigativeAction", said)

    def _performer(self, by: By) -> str:
        role_name = ROLES.get(by.role, by.role)
        role = self._node("role", by.role, "uco-role:Role", {"uco-core:name": role_name})
        identity = self._node(
            "identity", f"{by.role}/{by.staff}", "uco-identity:Identity",
            {"uco-core:name": f"{role_name} {by.staff}".strip()},
        )  # fmt: skip
        related = {
            "uco-core:source": _ref(identity), "uco-core:target": _ref(role),
            "uco-core:kindOfRelationship": "Has_Role", "uco-core:isDirectional": True,
        }  # fmt: skip
        self._node("has-role", f"{by.role}/{by.staff}", "uco-core:Relationship", related)
        return identity

    def _token(self, act: Act) -> str:
        facet = {
            "@id": self._id("token-facet", act.number), "@type": "uco-observable:ContentDataFacet",
            "uco-observable:mimeType": "application/timestamp-reply", "uco-observable:dataPayload": act.fields.token,
        }  # fmt: skip
        said = {"uco-core:name": "RFC 3161 time stamp", "uco-core:hasFacet": facet}
        return self._node("time-stamp", act.number, "uco-observable:ObservableObject", said)

    def _annotation(self, item: UUID, words: str) -> None:
        said = {"uco-core:description": words, "uco-core:tag": "checkpoint"}
        about = {"uco-core:object": [_ref(self._id("file", item))]}
        self._node("checkpoint", item, "uco-core:Annotation", {**said, **about})

    def _node(self, kind: str, name: object, type_: str, said: dict[str, Any]) -> str:
        found = self._id(kind, name)
        self.nodes.setdefault(found, {"@id": found, "@type": type_, **said})
        return found

    def _id(self, kind: str, name: object) -> str:
        return f"kb:{kind}-{uuid5(self.case_id, f'{kind}/{name}')}"


def _description(act: Act, purposes: Collection[str]) -> str:
    """What was chosen, never what was typed."""
    said = [f"Entry {act.number}."]
    purpose = next((each for each in purposes if act.purpose.startswith(each)), "")
    if purpose:
        said.append(f"Purpose: {purpose}.")
    elif act.purpose:
        said.append("Purpose: in the record, in words.")
    for name in _TOLD:
        value = getattr(act.fields, name, None)
        if isinstance(value, str) and value and value not in UNKNOWN:
            said.append(f"{name.replace('_', ' ')}: {value.replace('_', ' ')}.")
    return " ".join(said)


def _ref(found: str) -> dict[str, str]:
    return {"@id": found}


def _typed(kind: str, value: str) -> dict[str, str]:
    return {"@type": kind, "@value": value}


def _time(at: datetime) -> dict[str, str]:
    return _typed("xsd:dateTime", at.astimezone(UTC).isoformat().replace("+00:00", "Z"))
