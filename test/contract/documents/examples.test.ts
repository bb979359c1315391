import { accepted } from "../../../provider/sei/accepted";
import { cloudIdsBody } from "../../../provider/sei/codec/cloud-ids";
import { askLicensed, readLicensed } from "../../../provider/sei/contributors/licensed";
import { askList, readContributors } from "../../../provider/sei/contributors/list";
import { readContributorPage } from "../../../provider/sei/contributors/page";
import { readContributorSchema } from "../../../provider/sei/contributors/schema";
import { askUpdate, saysTaken } from "../../../provider/sei/contributors/update";
import { readVersions } from "../../../provider/sei/contributors/versions";
import { errorFromAnswer } from "../../../provider/sei/errors/from-answer";
import { RefusedError, UnauthorizedError } from "../../../provider/sei/errors/refusals";
import { ValidationError } from "../../../provider/sei/errors/validation-error";
import { currentRoutes } from "../../../provider/sei/routes/current";
import { withFilter } from "../../../provider/sei/routes/list-filter";
import { previousRoutes } from "../../../provider/sei/routes/previous";
import type { Answer, SeiRequest } from "../../../provider/sei/transport/request";
import { correctionsOf } from "./commands";
import { type Sample, samplesOf } from "./documents";

/** An example as an answer that the client reads. */
function answerOf(json: unknown): Answer {
  const call = { method: "GET", path: "/of-a-document" };
  return { call, status: 200, headers: new Map(), text: JSON.stringify(json), json };
}

function bodyOf({ body }: SeiRequest): unknown {
  return body?.kind === "json" ? body.value : undefined;
}

/** What an error with this body is to the client. */
function errorOf(status: number, json: unknown) {
  const { call, text } = answerOf(json);
  return errorFromAnswer({ call, effect: "write", status, retryAfter: null, text, json, authFormsTried: [] }, 0);
}

type Reading = readonly [what: string, read: (json: unknown) => void];

const done: Reading = [
  "an answer that says that it was done",
  (json) => expect(accepted(answerOf(json), String).json).toBe(json),
];
const refused = (message: string): Reading => [
  "a refusal",
  (json) => {
    for (const status of [400, 401]) expect(errorOf(status, json).message).toContain(message);
    expect(errorOf(400, json)).toBeInstanceOf(RefusedError);
    expect(errorOf(401, json)).toBeInstanceOf(UnauthorizedError);
    expect(() => accepted(answerOf(json), String)).toThrow(RefusedError);
  },
];
const sends = (what: string, request: SeiRequest): Reading => [
  `what the client sends: ${what}`,
  (json) => expect(bodyOf(request)).toEqual(json),
];

/** What each JSON example is to the client, in the order of the documents. */
const READINGS: readonly Reading[] = [
  [
    "validation errors",
    (json) => {
      const error = errorOf(400, json);
      expect(error).toBeInstanceOf(ValidationError);
      expect(error).toMatchObject({
        errors: [{ errorType: "ERROR_TYPE_NAME", fieldName: "field_name_or_null", count: 10 }],
      });
    },
  ],
  [
    "what the client sends: cloud ids",
    (json) =>
      expect(
        cloudIdsBody([
          {
            email: "developer@example.com",
            integrationId: 1,
            identity: "dev123-cloud",
            applicationType: "BITBUCKET_CLOUD",
          },
          { email: "jane.doe@example.com", integrationId: 2, identity: "jane.doe-internal", applicationType: "CUSTOM" },
        ]),
      ).toEqual(json),
  ],
  done,
  refused("Invalid payload or missing authorization."),
  done,
  refused("Invalid file format or missing authorization."),
  done,
  refused("Invalid file format or missing authorization."),
  [
    "a page of versions",
    (json) => expect(readVersions(readContributorPage(answerOf(json)).records, answerOf(json))).toEqual([]),
  ],
  [
    "a schema of contributors",
    (json) => expect(readContributorSchema(answerOf(json))).toEqual({ version: "190", fields: [] }),
  ],
  sends("the first page of contributors", askList({ index: 0, size: 50 }, null)),
  [
    "a page of contributors",
    (json) => expect(readContributors(readContributorPage(answerOf(json)).records, answerOf(json))).toEqual([]),
  ],
  [
    "what the client sends: an array of records",
    (json) => expect(Array.isArray(bodyOf(askUpdate([])))).toBe(Array.isArray(json)),
  ],
  ["an answer that says that it was done", (json) => expect(saysTaken(answerOf(json))).toBe(true)],
  sends("licensed contributors", askLicensed()),
  [
    "licensed contributors",
    (json) =>
      expect(readLicensed(answerOf(json))).toEqual({
        contributorCount: 27,
        integrationUserCount: 86,
        contributors: [],
      }),
  ],
];

const examples = samplesOf("json");

test("the documents have sixteen JSON examples, and no CSV", () => {
  expect(examples).toHaveLength(16);
  expect(READINGS).toHaveLength(16);
});

test.each(
  examples.map(({ document, section, text }, index) => ({
    index,
    text,
    name: `${index + 1}. ${document}, ${section}`,
  })),
)("$name", ({ index, text }) => {
  // The third document is a page whose objects are folded: a bullet marks each key.
  READINGS[index]?.[1](JSON.parse(text.replaceAll("• ", "")));
});

/** What the client sends where a command has a body, by the command's number; the others have none, or a file. */
const BODIES: ReadonlyMap<number, SeiRequest> = new Map([
  [4, currentRoutes.approve("1")],
  [9, currentRoutes.upsert([{ "<NEW_RECORD>": "string" }])],
  [10, currentRoutes.remove(["john.doe@example.com", "jane.smith@example.com"])],
  [
    11,
    withFilter(previousRoutes.list({ index: 0, size: 50 }), {
      sortOrder: "asc",
      searchKey: "string",
      searchValue: "string",
      sortKey: "string",
      developerRefIds: [1073741824],
    }),
  ],
  [
    14,
    currentRoutes.setIdentities([
      { email: "developer@example.com", integrationId: 123, identity: "bitbucket-user-123" },
    ]),
  ],
  [
    16,
    previousRoutes.setIdentities([
      {
        email: "aaron.phillips@company.com",
        integrationId: 1,
        identity: "phillips.aaron-api1",
        applicationType: "CUSTOM",
      },
    ]),
  ],
]);

/** The JSON that a command sends; "" for none. */
function sentBy(sample: Sample): string {
  const corrected = correctionsOf(sample).reduce((text, { put }) => put(text), sample.text);
  return /(?:-d|--data-raw) '([\s\S]*)'/.exec(corrected)?.[1] ?? "";
}

test("the client sends the bodies of the commands", () => {
  const bodies = samplesOf("curl").flatMap((sample, index) => {
    const text = sentBy(sample);
    return text === "" ? [] : [[index + 1, JSON.parse(text)] as const];
  });
  expect(bodies).toEqual([...BODIES].map(([number, request]) => [number, bodyOf(request)]));
});
