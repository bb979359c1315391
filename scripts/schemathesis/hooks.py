"""Gives schemathesis what the description cannot say: people, columns and files that the simulator's account knows.

Only requests that are meant to be right are changed. Which of the values is taken depends on the request alone, so that a
run can be repeated.
"""

import hashlib
import json

import schemathesis
from hypothesis import strategies as st

EMAILS = ["grace@example.com", "ada@example.com", "alan@example.com"]
COLUMNS = ["Name", "email", "Manager Email", "team", "developerRefId"]

DEVELOPERS = [
    b"Name,Email,Manager Email,Team\nGrace Hopper,grace@example.com,,Core\nAda,ada@example.com,grace@example.com,X\n",
    b"\xef\xbb\xbfName,Email,Manager Email,Team\r\n\"Hopper, Grace\",grace@example.com,,\"a\r\nb\"\r\n",
    "Name,Email,Manager Email,Team,名前\nAda,ada@example.com,,,\nÉmile,emile@example.com,ada@example.com,,é\n".encode(),
    b"Name,Email,Manager Email\nAda,ada@example.com,nobody@example.com\nAda,ada@example.com,\n",
    b"Name,Email\n",
    b",\n1,2\n",
]
IDENTITIES = [
    b"email,integrationId,identity\nada@example.com,1,ada\n",
    b"identity,email,integrationId\n",
    b"email,applicationType,cloudId\nada@example.com,GITHUB,ada\n",
    b"cloudId,email,applicationType\n",
]


def csv_of(table):
    return "\n".join(",".join(row) for row in table).encode("utf-8", "surrogatepass")


ANYTHING = st.lists(st.lists(st.text(max_size=5), min_size=1, max_size=4), max_size=4).map(csv_of) | st.binary(max_size=40)
schemathesis.openapi.media_type("text/csv", st.sampled_from(DEVELOPERS) | ANYTHING)
# Files of identities are the only ones that may be sent as it.
schemathesis.openapi.media_type("application/octet-stream", st.sampled_from(IDENTITIES))


@schemathesis.hook
def before_call(context, case, kwargs):
    if case.meta is not None and not case.meta.generation.mode.is_positive:
        return
    one_of = Choice(case)
    if case.query:
        # 5.0 is an integer to a schema; in a URL it is written as one.
        for key, value in case.query.items():
            case.query[key] = [whole(each) for each in value] if isinstance(value, list) else whole(value)
        pair_search(case.query)
        if "sortKey" in case.query:
            case.query["sortKey"] = one_of(COLUMNS)
    name = case.operation.definition.raw.get("operationId")
    if name == "previousList" and isinstance(case.body, dict):
        pair_search(case.body)
        if case.body.get("sortKey"):
            case.body["sortKey"] = one_of(COLUMNS)
    elif name in KNOWN and not is_form(case) and one_of([True, True, False]):
        case.body = KNOWN[name](case.body, one_of)


def is_form(case):
    return case.media_type == "multipart/form-data"


class Choice:
    """Takes one of several, by what the request is."""

    def __init__(self, case):
        text = json.dumps([case.path_parameters, case.query, case.body], default=repr, sort_keys=True)
        self.number = int.from_bytes(hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()[:6], "big")

    def __call__(self, values):
        self.number, at = divmod(self.number, len(values))
        return values[at]


def whole(value):
    return int(value) if isinstance(value, float) and value.is_integer() else value


def pair_search(asked):
    """searchKey and searchValue go together."""
    if not asked.get("searchKey") or not asked.get("searchValue"):
        asked.pop("searchKey", None)
        asked.pop("searchValue", None)


def upsert(body, _):
    return [{**record, "Name": "Somebody", "Email": f"person{at}@example.com"} for at, record in enumerate(body)]


def identities(body, one_of):
    return [{**entry, "email": one_of(EMAILS)} for entry in body]


def cloud_ids(body, one_of):
    return {"integrationUsers": [{**user, "email": one_of(EMAILS)} for user in body["integrationUsers"]]}


def contributors(body, _):
    return [{**record, "id": str(at + 1), "email": EMAILS[at]} for at, record in enumerate(body[:3])]


def mapping(_, one_of):
    types = {"Name": "NAME", "Email": "EMAIL", "Manager Email": "MANAGER_EMAIL"}
    entries = [{"columnName": column, "fieldType": kind} for column, kind in types.items()]
    return one_of([entries, {"fieldMappings": entries}])


KNOWN = {
    "upsertDevelopers": upsert,
    "setIdentities": identities,
    "setCloudIds": cloud_ids,
    "updateContributors": contributors,
    "saveFieldMappings": mapping,
    "previousSave": mapping,
}
