import type { GenerationEntries } from "../../provider/simulator/dialect/generation-entries.js";
import type { Dialect, SimulatorOptions } from "../../provider/simulator/simulator.js";
import { type Client, type Got, PEOPLE, start, started, TYPES, versionPath } from "./support.js";

/** A dialect with some entries of its own, and what a client notices. */
type Case = readonly [Partial<Dialect>, (sei: Client) => Promise<unknown>, unknown];

const IDENTITIES = "/v2/developers/identities";
const ADA = { email: "ada@example.com", integrationId: 101, identity: "ada" };
const NEXT = PEOPLE.replace("Ada Lovelace", "Ada King").replace(/Alan.*\n/, "Linus,linus@example.com,,Core\n");
const WRONG = "Name,Email,Manager Email,Team\n,ada@example.com,,\n";
const SELF = "Name,Email,Manager Email\nGrace,grace@example.com,grace@example.com\n";
const CYCLE = "Name,Email,Manager Email\nA,a@x.com,b@x.com\nB,b@x.com,a@x.com\nC,c@x.com,a@x.com\n";
const bare = { kind: "list", columnKey: "column", typeKey: "type", customType: "TEXT" } as const;

const status = async (got: Promise<Got>) => (await got).status;
const json = async (got: Promise<Got>) => (await got).json;
const text = async (got: Promise<Got>) => (await got).text;
const first = async (sei: Client, list = "developers") => (await sei.list()).json[list][0];
const save = (sei: Client, versionId: unknown, body: unknown) =>
  sei.send(`${versionPath(versionId)}/fieldMappings`, { method: "PUT", json: body });
const saved = async (sei: Client, body: unknown) => {
  const { versionId } = (await sei.upload(PEOPLE)).json;
  return save(sei, versionId, body);
};
const entries = Object.entries(TYPES).map(([columnName, fieldType]) => ({ columnName, fieldType }));
const identities = async (sei: Client) => {
  await sei.identify([ADA]);
  return json(sei.send(IDENTITIES));
};
const shape = (value: unknown): unknown =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? Object.keys(value) : typeof value;

/** With the initial setup done, unless an entry is about before it. The other generations have a test of their own. */
const AFTER_SETUP: {
  readonly [K in Exclude<keyof Dialect, keyof typeof BEFORE_SETUP | keyof GenerationEntries>]: readonly Case[];
} = {
  uploadAfterSetup: [
    [{ uploadAfterSetup: "allow" }, (sei) => status(sei.upload(PEOPLE)), 200],
    [{ uploadAfterSetup: "conflict" }, (sei) => status(sei.upload(PEOPLE)), 409],
  ],
  mappingForm: [
    [
      { mappingForm: { ...bare, wrapper: null }, schemaDetails: false },
      (sei) => json(sei.send("/v2/developers/schema")),
      [...Object.entries(TYPES).map(([column, type]) => ({ column, type })), { column: "Team", type: "TEXT" }],
    ],
    [
      { mappingForm: { ...bare, wrapper: "a.b", customType: null } },
      async (sei) => (await json(sei.send("/v2/developers/schema"))).a.b[3],
      { column: "Team", type: null, required: false },
    ],
    [
      { mappingForm: { kind: "typeToColumn", wrapper: null, customType: "OTHER" } },
      (sei) => json(sei.send("/v2/developers/schema")),
      { NAME: "Name", EMAIL: "Email", MANAGER_EMAIL: "Manager Email", OTHER: ["Team"] },
    ],
    [
      { mappingForm: { kind: "columnToType", wrapper: "mappings", customType: "OTHER" } },
      async (sei) => (await json(sei.send("/v2/developers/schema"))).mappings,
      { ...TYPES, Team: "OTHER" },
    ],
  ],
  schemaDetails: [
    [
      { schemaDetails: false },
      async (sei) => {
        const schema = await json(sei.send("/v2/developers/schema"));
        return [Object.keys(schema), Object.keys(schema.fieldMappings[0])];
      },
      [["fieldMappings"], ["columnName", "fieldType"]],
    ],
  ],
  writeAnswer: [
    [{ writeAnswer: "counts" }, (sei) => json(sei.upsert([])), { status: "SUCCESS", created: 0, updated: 0 }],
    [{ writeAnswer: "status" }, (sei) => json(sei.upsert([])), { status: "SUCCESS" }],
    [{ writeAnswer: "noContent" }, (sei) => status(sei.upsert([])), 204],
    [{ writeAnswer: "text" }, (sei) => text(sei.remove()), "ok"],
  ],
  saveTwice: [
    [{ saveTwice: "idempotent" }, (sei) => status(save(sei, "1", { fieldMappings: entries })), 200],
    [{ saveTwice: "conflict" }, (sei) => status(save(sei, "1", { fieldMappings: entries })), 409],
  ],
  olderDrafts: (["kept", "dropped"] as const).map((olderDrafts) => [
    { olderDrafts },
    async (sei) => {
      const { versionId } = (await sei.reupload(NEXT)).json;
      await sei.reupload(PEOPLE);
      return [await status(sei.approve(versionId)), sei.state().versions.length];
    },
    olderDrafts === "kept" ? [200, 3] : [404, 2],
  ]),
  conflictStatus: ([409, 400] as const).map((conflictStatus) => [
    { conflictStatus, uploadAfterSetup: "conflict", claimedIdentity: "conflict" },
    async (sei) => {
      await sei.identify([ADA]);
      const claim = await status(sei.identify([{ ...ADA, email: "alan@example.com" }]));
      const { versionId } = (await sei.reupload(NEXT)).json;
      await sei.upsert([{ Email: "ada@example.com", Name: "Ada King" }]);
      return [await status(sei.upload(PEOPLE)), await status(sei.approve(versionId)), claim];
    },
    [conflictStatus, conflictStatus, conflictStatus],
  ]),
  reuploadNewColumns: (["custom", "ignore", "badRequest"] as const).map((reuploadNewColumns) => [
    { reuploadNewColumns },
    async (sei) => {
      const csv = "Name,Email,Manager Email,Team,Site\nAda King,ada@example.com,,Core,Rome\n";
      const review = await sei.reupload(csv);
      if (review.status === 200) await sei.approve(review.json.versionId);
      return [review.status, { ...sei.state().developers.find(({ refId }) => refId === 2)?.attributes }];
    },
    {
      custom: [200, { Team: "Core", Site: "Rome" }],
      ignore: [200, { Team: "Core" }],
      badRequest: [400, { Team: "Payments" }],
    }[reuploadNewColumns],
  ]),
  upsertBlank: (
    [
      ["clear", [200, ""]],
      ["ignore", [200, "Payments"]],
      ["badRequest", [400, "Payments"]],
    ] as const
  ).map(([upsertBlank, expected]) => [
    { upsertBlank },
    async (sei) => [
      await status(sei.upsert([{ Email: "ada@example.com", Team: "" }])),
      sei.state().developers[1]?.attributes["Team"],
    ],
    expected,
  ]),
  upsertManagers: (
    [
      ["after", [200, 200, 200]],
      ["inOrder", [200, 400, 200]],
      ["before", [400, 400, 200]],
    ] as const
  ).map(([upsertManagers, expected]) => [
    { upsertManagers },
    async (sei) => {
      const boss = (of: string) => ({ Name: of, Email: `${of}@example.com` });
      const report = (of: string, to: string) => ({ ...boss(of), "Manager Email": `${to}@example.com` });
      return [
        await status(sei.upsert([boss("b1"), report("r1", "b1")])),
        await status(sei.upsert([report("r2", "b2"), boss("b2")])),
        // Who is there already may come in any place, and may be their own manager only where that is allowed.
        await status(sei.upsert([report("ada", "grace"), { Email: "grace@example.com", Name: "Grace" }])),
      ];
    },
    expected,
  ]),
  deletedRefIds: (["retired", "reused"] as const).map((deletedRefIds) => [
    { deletedRefIds },
    async (sei) => {
      await sei.remove("alan@example.com", "ada@example.com");
      await sei.upsert([{ Name: "New", Email: "new@example.com" }]);
      const { versionId } = (await sei.reupload(`${PEOPLE}New,new@example.com,,\n`)).json;
      await sei.approve(versionId);
      return sei.state().developers.map(({ email, refId }) => `${email.split("@")[0]} ${refId}`);
    },
    deletedRefIds === "retired" ? ["grace 1", "ada 5", "alan 6", "new 4"] : ["grace 1", "ada 3", "alan 4", "new 2"],
  ]),
  identityBatch: (["atomic", "partial"] as const).map((identityBatch) => [
    { identityBatch },
    async (sei) => [
      await status(sei.identify([ADA, { ...ADA, email: "nobody@example.com", identity: "x" }])),
      sei.state().identities.length,
    ],
    [400, identityBatch === "atomic" ? 0 : 1],
  ]),
  identityFilter: (["applied", "ignored"] as const).map((identityFilter) => [
    { identityFilter },
    async (sei) => {
      await sei.identify([ADA, { ...ADA, email: "alan@example.com", identity: "alan" }]);
      return (await json(sei.send(`${IDENTITIES}?emails=ada@example.com`))).totalCount;
    },
    identityFilter === "applied" ? 1 : 2,
  ]),
  withoutIdentity: [
    [
      { withoutIdentity: "listed" },
      async (sei) => {
        await sei.identify([ADA]);
        const csv = await text(sei.send(IDENTITIES, { headers: { accept: "text/csv" } }));
        return [(await json(sei.send(IDENTITIES))).identities, csv.split("\n")[2]];
      },
      [
        [
          ADA,
          { email: "alan@example.com", integrationId: null, identity: null },
          { email: "grace@example.com", integrationId: null, identity: null },
        ],
        "alan@example.com,,",
      ],
    ],
    [
      { withoutIdentity: "listed", identitiesShape: "nested" },
      async (sei) => (await json(sei.send(`${IDENTITIES}?emails=ada@example.com`))).identities,
      [{ email: "ada@example.com", identities: [] }],
    ],
    [{ withoutIdentity: "omitted" }, async (sei) => (await json(sei.send(IDENTITIES))).identities, []],
  ],
  pageBeyond: (
    [
      ["empty", 200],
      ["notFound", 404],
      ["badRequest", 400],
    ] as const
  ).map(([pageBeyond, expected]) => [
    { pageBeyond },
    async (sei) => [
      await status(sei.list("?pageIndex=1&pageSize=2")),
      await status(sei.list("?pageIndex=2&pageSize=2")),
      await status(sei.send(`${IDENTITIES}?pageIndex=0`)),
      await status(sei.send(`${IDENTITIES}?pageIndex=1`)),
    ],
    [200, expected, 200, expected],
  ]),
  csvFormulas: (["asIs", "apostrophe"] as const).map((csvFormulas) => [
    { csvFormulas },
    async (sei) => {
      await sei.upsert([{ Email: "alan@example.com", Team: "=1+1" }]);
      return [
        (await sei.csv()).includes(",'=1+1"),
        (await json(sei.list("?emails=alan@example.com"))).developers[0].Team,
      ];
    },
    [csvFormulas === "apostrophe", "=1+1"],
  ]),
  errorSamples: ([10, 1, 0] as const).map((errorSamples) => [
    { errorSamples },
    async (sei) => {
      const { sampleErrorDevelopers, errorDeveloperCount } = (await json(sei.reupload(CYCLE))).errors[0];
      return [sampleErrorDevelopers.length, errorDeveloperCount];
    },
    [Math.min(errorSamples, 2), 2],
  ]),
  errorsReported: (["all", "first"] as const).map((errorsReported) => [
    { errorsReported },
    async (sei) => (await json(sei.reupload("Name,Email,Manager Email\n,a@x.com,b@x.com\n"))).errors.length,
    errorsReported === "all" ? 2 : 1,
  ]),
  unicode: (["asGiven", "composed"] as const).map((unicode) => [
    { unicode },
    async (sei) => {
      await sei.upsert([{ Email: "alan@example.com", Team: "Ko\u0308ln" }]);
      return sei.state().developers[2]?.attributes["Team"];
    },
    unicode === "composed" ? "K\u00f6ln" : "Ko\u0308ln",
  ]),
  unknownVersionStatus: ([404, 400, 410] as const).map((wanted) => [
    { unknownVersionStatus: wanted },
    (sei) => status(sei.approve("99")),
    wanted,
  ]),
  staleApprove: (["conflict", "lastWriteWins"] as const).map((staleApprove) => [
    { staleApprove },
    async (sei) => {
      const { versionId } = (await sei.reupload(NEXT)).json;
      await sei.upsert([{ Name: "Late", Email: "late@example.com" }]);
      return [await status(sei.approve(versionId)), sei.emails().includes("late@example.com")];
    },
    staleApprove === "conflict" ? [409, true] : [200, false],
  ]),
  approveTwice: [
    [{ approveTwice: "idempotent" }, (sei) => status(sei.approve("1")), 200],
    [{ approveTwice: "conflict" }, (sei) => status(sei.approve("1")), 409],
  ],
  reactivate: [false, true].map((reactivate) => [
    { reactivate },
    async (sei) => {
      await sei.approve((await sei.reupload(NEXT)).json.versionId);
      return [await status(sei.approve("1")), sei.emails().includes("alan@example.com")];
    },
    reactivate ? [200, true] : [409, false],
  ]),
  reviewShape: [
    [
      { reviewShape: "arrays" },
      async (sei) => shape(await json(sei.reupload(NEXT))),
      ["versionId", "added", "updated", "removed", "unchanged", "errors"],
    ],
    [
      { reviewShape: "counts" },
      (sei) => json(sei.reupload(NEXT)),
      { versionId: "2", added: 1, updated: 1, removed: 1, unchanged: 1 },
    ],
    [
      { reviewShape: "changes" },
      async (sei) => {
        const { changes } = await json(sei.reupload(NEXT));
        return changes.map((change: object) => Object.keys(change).concat(Object.values(change)[0]));
      },
      [
        ["changeType", "after", "ADDED"],
        ["changeType", "before", "after", "UPDATED"],
        ["changeType", "before", "REMOVED"],
      ],
    ],
    [
      { reviewShape: "summary" },
      (sei) => json(sei.reupload(NEXT)),
      { versionId: "2", summary: { added: 1, updated: 1, removed: 1, unchanged: 1 } },
    ],
    [{ reviewShape: "versionOnly" }, (sei) => json(sei.reupload(NEXT)), { versionId: "2" }],
  ],
  reuploadErrors: [
    [
      { reuploadErrors: "review" },
      async (sei) => {
        const review = await sei.reupload(WRONG);
        const approved = await sei.approve(review.json.versionId);
        return [review.status, review.json.errors[0].errorType, approved.status, approved.json.errors.length];
      },
      [200, "REQUIRED_VALUE_MISSING", 400, 1],
    ],
    [{ reuploadErrors: "failure" }, (sei) => status(sei.reupload(WRONG)), 400],
  ],
  reupload: [
    [
      { reupload: "merge" },
      async (sei) => {
        const review = await json(
          sei.reupload("Name,Email,Manager Email,Site\nAda King,ada@example.com,alan@example.com,B\n"),
        );
        // Ada below Alan, who is below Ada: a merge sees those whom the CSV does not name.
        const circle = review.errors[0].errorType;
        const { versionId, removed } = await json(
          sei.reupload("Name,Email,Manager Email,Site\nAda King,ada@example.com,grace@example.com,B\n"),
        );
        await sei.approve(versionId);
        return [circle, removed, sei.state().developers.map(({ name, attributes }) => [name, { ...attributes }])];
      },
      [
        "CIRCULAR_REFERENCE",
        [],
        [
          ["Ada King", { Site: "B", Team: "Payments" }],
          ["Grace Hopper", { Site: "", Team: "Core" }],
          ["Alan Turing", { Site: "", Team: "Payments" }],
        ],
      ],
    ],
  ],
  upsertKeys: (
    [
      ["columns", { Email: "x@x.com", Name: "X", Team: "T" }, { email: "x@x.com", name: "X" }],
      ["columnsAndFields", { email: "x@x.com", Name: "X", Team: "T" }, { email: "x@x.com", Name: "X", team: "T" }],
      ["fields", { email: "x@x.com", name: "X", manager_email: "", Team: "T" }, { Email: "x@x.com", Name: "X" }],
      ["snake", { email: "x@x.com", name: "X", manager_email: "", team: "T" }, { Email: "x@x.com", Name: "X" }],
      [
        "camel",
        { email: "x@x.com", name: "X", managerEmail: "", team: "T" },
        { email: "x@x.com", name: "X", Team: "T" },
      ],
      ["any", { "Full Name": "X", email: "x@x.com", managerEmail: "", team: "T" }, { mail: "x@x.com" }],
    ] as const
  ).map(([upsertKeys, good, bad]) => [
    { upsertKeys, upsertUnknownKey: "badRequest" },
    async (sei) => [
      await status(sei.upsert([good])),
      sei.state().developers[3]?.attributes["Team"],
      await status(sei.upsert([bad])),
    ],
    [200, "T", 400],
  ]),
  upsertMode: [
    [
      { upsertMode: "merge" },
      async (sei) => {
        await sei.upsert([{ Email: "ada@example.com", Name: "A" }]);
        return Object.values(sei.state().developers[1] ?? {});
      },
      [2, "ada@example.com", "A", "grace@example.com", { Team: "Payments" }],
    ],
    [
      { upsertMode: "replace" },
      async (sei) => {
        await sei.upsert([{ Email: "ada@example.com", Name: "A" }]);
        return Object.values(sei.state().developers[1] ?? {});
      },
      [2, "ada@example.com", "A", "", { Team: "" }],
    ],
  ],
  upsertNull: (
    [
      ["clear", [200, ""]],
      ["ignore", [200, "Payments"]],
      ["badRequest", [400, "Payments"]],
    ] as const
  ).map(([upsertNull, expected]) => [
    { upsertNull },
    async (sei) => [
      await status(sei.upsert([{ Email: "ada@example.com", Team: null }])),
      sei.state().developers[1]?.attributes["Team"],
    ],
    expected,
  ]),
  upsertUnknownKey: (
    [
      ["ignore", [200, undefined]],
      ["badRequest", [400, undefined]],
      ["extend", [200, "B"]],
    ] as const
  ).map(([upsertUnknownKey, expected]) => [
    { upsertUnknownKey },
    async (sei) => [
      await status(sei.upsert([{ Email: "ada@example.com", Site: "B" }])),
      sei.state().developers[1]?.attributes["Site"],
    ],
    expected,
  ]),
  emptyBatch: [
    [{ emptyBatch: "ok" }, async (sei) => [await status(sei.upsert([])), await status(sei.remove())], [200, 200]],
    [
      { emptyBatch: "badRequest" },
      async (sei) => [await status(sei.upsert([])), await status(sei.remove()), await status(sei.identify([]))],
      [400, 400, 400],
    ],
  ],
  deleteUnknown: (
    [
      ["ignore", [200, 2]],
      ["notFound", [404, 3]],
      ["badRequest", [400, 3]],
    ] as const
  ).map(([deleteUnknown, expected]) => [
    { deleteUnknown },
    async (sei) => [await status(sei.remove("alan@example.com", "x@example.com")), sei.emails().length],
    expected,
  ]),
  orphaningDelete: [
    [{ orphaningDelete: "refuse" }, (sei) => status(sei.remove("ada@example.com")), 400],
    [
      { orphaningDelete: "clearManager" },
      async (sei) => [await status(sei.remove("ada@example.com")), sei.state().developers[1]?.managerEmail],
      [200, ""],
    ],
  ],
  deleteDropsIdentities: [true, false].map((deleteDropsIdentities) => [
    { deleteDropsIdentities },
    async (sei) => {
      await sei.identify([{ ...ADA, email: "alan@example.com" }]);
      await sei.remove("alan@example.com");
      const between = (await json(sei.send(IDENTITIES))).totalCount;
      await sei.upsert([{ Name: "Alan", Email: "alan@example.com" }]);
      return [between, (await json(sei.send(IDENTITIES))).totalCount];
    },
    deleteDropsIdentities ? [0, 0] : [0, 1],
  ]),
  maxBatch: [
    [
      { maxBatch: 1 },
      async (sei) => [
        await status(sei.upsert([{}, {}])),
        await status(sei.remove("a", "b")),
        await status(sei.remove("a")),
      ],
      [413, 413, 200],
    ],
  ],
  maxIdentityBatch: [[{ maxIdentityBatch: 1 }, (sei) => status(sei.identify([ADA, ADA])), 413]],
  maxFileBytes: [
    [{ maxFileBytes: 1000 }, (sei) => status(sei.reupload(`${PEOPLE}\n`)), 200],
    [{ maxFileBytes: 1000 }, (sei) => status(sei.reupload(PEOPLE + "\n".repeat(1000))), 413],
  ],
  tooLargeStatus: [[{ maxBatch: 1, tooLargeStatus: 400 }, (sei) => status(sei.upsert([{}, {}])), 400]],
  emails: (
    [
      ["lower", ["new@example.com", "ada@example.com", 4]],
      ["asGiven", ["NEW@Example.com", "ADA@example.com", 4]],
      ["caseSensitive", ["NEW@Example.com", "ada@example.com", 5]],
    ] as const
  ).map(([emails, expected]) => [
    { emails },
    async (sei) => {
      await sei.upsert([{ Name: "New", Email: " NEW@Example.com" }]);
      await sei.upsert([{ Name: "Ada", Email: "ADA@example.com" }]);
      return [sei.emails()[3], sei.emails()[1], sei.emails().length];
    },
    expected,
  ]),
  refIdName: (["developerRefId", "id", "refId", "ref_id", null] as const).map((refIdName) => [
    { refIdName },
    async (sei) => Object.keys(await first(sei))[0],
    refIdName ?? "Name",
  ]),
  refIdType: (["number", "string"] as const).map((refIdType) => [
    { refIdType },
    async (sei) => typeof (await first(sei)).developerRefId,
    refIdType,
  ]),
  renameByRefId: [
    [
      { renameByRefId: true },
      async (sei) => {
        await sei.identify([ADA]);
        const taken = await status(sei.upsert([{ developerRefId: 2, Email: "grace@example.com" }]));
        const lost = await status(sei.upsert([{ developerRefId: 2, Email: "king@example.com" }]));
        await sei.upsert([
          { developerRefId: 2, Email: "king@example.com" },
          { Email: "alan@example.com", "Manager Email": "king@example.com" },
        ]);
        const { refId, name } = sei.state().developers.find(({ email }) => email === "king@example.com") ?? {};
        return [taken, lost, refId, name, sei.state().identities[0]?.email, sei.emails().length];
      },
      [400, 400, 2, "Ada Lovelace", "king@example.com", 3],
    ],
    [
      { renameByRefId: false },
      async (sei) => {
        await sei.upsert([{ developerRefId: 2, Email: "king@example.com", Name: "Ada" }]);
        return sei.emails().length;
      },
      4,
    ],
  ],
  secondIdentity: (["replace", "append"] as const).map((secondIdentity) => [
    { secondIdentity },
    async (sei) => {
      await sei.identify([ADA]);
      await sei.identify([{ ...ADA, identity: "ada-2" }]);
      return sei.state().identities.length;
    },
    secondIdentity === "replace" ? 1 : 2,
  ]),
  claimedIdentity: (
    [
      ["move", [200, ["alan@example.com"]]],
      ["conflict", [409, ["ada@example.com"]]],
      ["share", [200, ["ada@example.com", "alan@example.com"]]],
    ] as const
  ).map(([claimedIdentity, expected]) => [
    { claimedIdentity },
    async (sei) => {
      await sei.identify([ADA]);
      const moved = await status(sei.identify([{ ...ADA, email: "alan@example.com" }]));
      return [moved, sei.state().identities.map(({ email }) => email)];
    },
    expected,
  ]),
  unknownIdentityEmail: [
    [
      { unknownIdentityEmail: "pending" },
      async (sei) => {
        const set = await status(sei.identify([{ ...ADA, email: "late@example.com" }]));
        const before = (await json(sei.send(IDENTITIES))).totalCount;
        await sei.upsert([{ Name: "Late", Email: "late@example.com" }]);
        return [set, before, (await json(sei.send(IDENTITIES))).totalCount];
      },
      [200, 0, 1],
    ],
    [{ unknownIdentityEmail: "badRequest" }, (sei) => status(sei.identify([{ ...ADA, email: "x@x.com" }])), 400],
  ],
  blankIdentity: (["badRequest", "unset"] as const).map((blankIdentity) => [
    { blankIdentity },
    async (sei) => {
      await sei.identify([ADA]);
      return [await status(sei.identify([{ ...ADA, identity: "" }])), sei.state().identities.length];
    },
    blankIdentity === "unset" ? [200, 0] : [400, 1],
  ]),
  identitiesShape: [
    [
      { identitiesShape: "nested" },
      async (sei) => (await identities(sei)).identities,
      [{ email: "ada@example.com", identities: [{ integrationId: 101, identity: "ada" }] }],
    ],
  ],
  identitiesWrapper: [
    [{ identitiesWrapper: "array" }, identities, [ADA]],
    [{ identitiesWrapper: "content", pageEcho: false }, identities, { content: [ADA], totalCount: 1 }],
  ],
  identityKeys: [
    [
      { identityKeys: "snake", identitiesWrapper: "array" },
      identities,
      [{ email: ADA.email, integration_id: 101, identity: "ada" }],
    ],
    [
      { identityKeys: "cloudId", identitiesWrapper: "array" },
      identities,
      [{ email: ADA.email, integrationId: 101, cloudId: "ada" }],
    ],
    [
      { identityKeys: "full", identitiesWrapper: "array" },
      identities,
      [{ developerRefId: 2, name: "Ada Lovelace", ...ADA }],
    ],
  ],
  integrationIdType: [
    [{ integrationIdType: "string", identitiesWrapper: "array" }, identities, [{ ...ADA, integrationId: "101" }]],
  ],
  listWrapper: [
    ...(["developers", "content", "records", "items", "data"] as const).map(
      (listWrapper): Case => [{ listWrapper }, async (sei) => (await json(sei.list()))[listWrapper].length, 3],
    ),
    [{ listWrapper: "data.content" }, async (sei) => (await json(sei.list())).data.content.length, 3],
    [{ listWrapper: "array" }, async (sei) => (await json(sei.list())).length, 3],
  ],
  totalName: [
    ...(["total", "totalCount", "totalElements"] as const).map(
      (totalName): Case => [{ totalName }, async (sei) => (await json(sei.list()))[totalName], 3],
    ),
    [{ totalName: "page.totalElements" }, async (sei) => (await json(sei.list())).page.totalElements, 3],
    [{ totalName: "_metadata.total_count" }, async (sei) => (await json(sei.list()))._metadata.total_count, 3],
    [{ totalName: "none" }, async (sei) => shape(await json(sei.list())), ["developers", "pageIndex", "pageSize"]],
  ],
  pageEcho: [[{ pageEcho: false }, async (sei) => shape(await json(sei.list())), ["developers", "totalCount"]]],
  recordKeys: (
    [
      [
        "columns",
        { Name: "Ada Lovelace", Email: "ada@example.com", "Manager Email": "grace@example.com", Team: "Payments" },
      ],
      [
        "snake",
        { name: "Ada Lovelace", email: "ada@example.com", manager_email: "grace@example.com", team: "Payments" },
      ],
      [
        "camel",
        { name: "Ada Lovelace", email: "ada@example.com", managerEmail: "grace@example.com", team: "Payments" },
      ],
      [
        "display",
        {
          "Full Name": "Ada Lovelace",
          Email: "ada@example.com",
          "Manager Email": "grace@example.com",
          Team: "Payments",
        },
      ],
      [
        "attributes",
        {
          name: "Ada Lovelace",
          email: "ada@example.com",
          managerEmail: "grace@example.com",
          attributes: { Team: "Payments" },
        },
      ],
      [
        "customFields",
        {
          name: "Ada Lovelace",
          email: "ada@example.com",
          managerEmail: "grace@example.com",
          customFields: [{ key: "Team", value: "Payments" }],
        },
      ],
    ] as const
  ).map(([recordKeys, expected]) => [{ recordKeys, refIdName: null }, (sei) => first(sei), expected]),
  blankValues: [
    [{ blankValues: "null" }, async (sei) => (await json(sei.list())).developers[2]["Manager Email"], null],
    [{ blankValues: "absent" }, async (sei) => "Manager Email" in (await json(sei.list())).developers[2], false],
    [
      { blankValues: "absent", recordKeys: "customFields" },
      async (sei) => {
        await sei.upsert([{ Email: "ada@example.com", Team: "" }]);
        return (await first(sei)).customFields;
      },
      [],
    ],
  ],
  pageSizeDefault: [[{ pageSizeDefault: 2 }, async (sei) => (await json(sei.list())).developers.length, 2]],
  pageSizeMax: [[{ pageSizeMax: 2 }, async (sei) => (await json(sei.list("?pageSize=3"))).pageSize, 2]],
  pageSizeOver: [[{ pageSizeOver: "badRequest" }, (sei) => status(sei.list("?pageSize=101")), 400]],
  multiValue: (
    [
      ["both", [2, 2]],
      ["repeated", [2, 0]],
      ["comma", [1, 2]],
    ] as const
  ).map(([multiValue, expected]) => [
    { multiValue },
    async (sei) => [
      (await json(sei.list("?emails=ada@example.com&emails=alan@example.com"))).totalCount,
      (await json(sei.list("?emails=ada@example.com,alan@example.com"))).totalCount,
    ],
    expected,
  ]),
  searchHalf: [[{ searchHalf: "ignore" }, async (sei) => (await json(sei.list("?searchKey=name"))).totalCount, 3]],
  searchUnknownKey: [
    [{ searchUnknownKey: "badRequest" }, (sei) => status(sei.list("?searchKey=x&searchValue=y")), 400],
    [{ searchUnknownKey: "ignore" }, async (sei) => (await json(sei.list("?searchKey=x&searchValue=y"))).totalCount, 3],
  ],
  searchMatch: [
    [{ searchMatch: "exact" }, async (sei) => (await json(sei.list("?searchKey=name&searchValue=ada"))).totalCount, 0],
  ],
  sortDefault: (
    [
      ["name", "Ada Lovelace"],
      ["email", "Ada Lovelace"],
      ["refId", "Grace Hopper"],
    ] as const
  ).map(([sortDefault, expected]) => [{ sortDefault }, async (sei) => (await first(sei)).Name, expected]),
  csvFilters: [
    [
      { csvFilters: "applied" },
      async (sei) =>
        (await text(sei.send("/v2/developers?emails=ada@example.com", { headers: { accept: "text/csv" } }))).split("\n")
          .length,
      3,
    ],
  ],
  csvLineEnd: [[{ csvLineEnd: "\r\n" }, async (sei) => (await sei.csv()).split("\r\n").length, 5]],
  csvBom: [
    [
      { csvBom: true },
      async (sei) => {
        const headers = { "x-api-key": "simulator", accept: "text/csv" };
        const response = await fetch(`${sei.url}/v2/developers`, { headers });
        return [...new Uint8Array(await response.arrayBuffer()).slice(0, 4)];
      },
      [0xef, 0xbb, 0xbf, 0x4e],
    ],
  ],
  csvQuoted: [[{ csvQuoted: true }, async (sei) => (await sei.csv()).startsWith('"Name","Email"'), true]],
  csvHeader: [
    [{ csvHeader: "display" }, async (sei) => (await sei.csv()).split("\n")[0], "Full Name,Email,Manager Email,Team"],
  ],
  validationStatus: ([422, 200] as const).map((wanted) => [
    { validationStatus: wanted },
    async (sei) => {
      const got = await sei.remove("ada@example.com");
      return [got.status, got.json.status];
    },
    [wanted, "FAILURE"],
  ]),
  authBody: [
    [{ authBody: "empty" }, (sei) => text(sei.send("/v2/developers", { key: null })), ""],
    [
      { authBody: "text" },
      (sei) => text(sei.send("/v2/developers", { key: null })),
      "Invalid payload or missing authorization.",
    ],
    [
      { authBody: "status-message" },
      (sei) => json(sei.send("/v2/developers", { key: null })),
      { status: "error", message: "Invalid payload or missing authorization." },
    ],
  ],
  errorBody: [
    [{ errorBody: "platform" }, async (sei) => (await json(sei.approve("99"))).code, "INVALID_REQUEST"],
    [
      { errorBody: "html" },
      async (sei) => (await sei.approve("99")).headers.get("content-type"),
      "text/html; charset=utf-8",
    ],
  ],
  auth: [
    [
      { auth: ["ApiKey"] },
      async (sei) => [
        await status(sei.send("/v2/developers")),
        await status(sei.send("/v2/developers", { key: null, headers: { "x-api-key": "simulator" } })),
        await status(sei.send("/v2/developers", { key: null, headers: { authorization: "simulator" } })),
      ],
      [200, 401, 401],
    ],
  ],
  accountHeader: [
    [{ accountHeader: "required" }, (sei) => status(sei.send("/v2/developers")), 200],
    [
      { accountHeader: "required" },
      async (sei) => (await fetch(`${sei.url}/v2/developers`, { headers: { "x-api-key": "simulator" } })).status,
      403,
    ],
  ],
  unknownPath: [[{ unknownPath: 401 }, (sei) => status(sei.send("/v2/nothing")), 401]],
  errorFieldName: [
    [
      { errorFieldName: "field" },
      async (sei) => (await json(sei.remove("ada@example.com"))).errors[0].fieldName,
      "manager_email",
    ],
  ],
  errorSampleKeys: [
    [
      { errorSampleKeys: "snake" },
      async (sei) => (await json(sei.remove("ada@example.com"))).errors[0].sampleErrorDevelopers[0],
      { name: "Alan Turing", email: "alan@example.com", manager_email: "ada@example.com", team: "Payments" },
    ],
  ],
  cycleFieldName: [
    [
      { cycleFieldName: "manager" },
      async (sei) => (await json(sei.reupload(CYCLE))).errors[0].fieldName,
      "Manager Email",
    ],
  ],
  cycleCount: (
    [
      ["onCycle", 2],
      ["below", 3],
    ] as const
  ).map(([cycleCount, expected]) => [
    { cycleCount },
    async (sei) => (await json(sei.reupload(CYCLE))).errors[0].errorDeveloperCount,
    expected,
  ]),
  selfManager: [
    [{ selfManager: "cycle" }, (sei) => status(sei.reupload(SELF)), 400],
    [
      { selfManager: "root" },
      async (sei) => {
        await sei.approve((await sei.reupload(SELF)).json.versionId);
        return sei.state().developers[0]?.managerEmail;
      },
      "grace@example.com",
    ],
  ],
  values: (["asGiven", "trimmed"] as const).map((values) => [
    { values },
    async (sei) => {
      await sei.upsert([{ Email: "ada@example.com", Team: " x " }]);
      return sei.state().developers[1]?.attributes["Team"];
    },
    values === "trimmed" ? "x" : " x ",
  ]),
};

/** About the time before the setup, or about the setup. */
const BEFORE_SETUP = {
  uploadStatus: [[{ uploadStatus: 201 }, (sei) => status(sei.upload(PEOPLE)), 201]],
  previewShape: [
    [
      { previewShape: "minimal" },
      async (sei) => shape(await json(sei.upload(PEOPLE))),
      ["versionId", "fieldMappings", "errors"],
    ],
    [
      { previewShape: "data" },
      async (sei) => shape((await json(sei.upload(PEOPLE))).data),
      ["versionId", "fieldMappings", "developers", "totalDevelopers", "errors"],
    ],
    [
      { previewShape: "validation" },
      async (sei) => {
        const { preview, validationErrors } = await json(sei.upload(PEOPLE));
        return [preview.rows.length, preview.totalCount, validationErrors];
      },
      [3, 3, []],
    ],
  ],
  previewRows: [[{ previewRows: 1 }, async (sei) => (await json(sei.upload(PEOPLE))).developers.length, 1]],
  recordErrorsAtUpload: [
    [
      { recordErrorsAtUpload: "failure" },
      async (sei) => {
        const failed = await sei.upload(WRONG);
        return [failed.status, failed.json.errors[0].fieldName, sei.state().versions.length];
      },
      [400, "Name", 0],
    ],
    [
      // What cannot be mapped by name is for save to settle.
      { recordErrorsAtUpload: "failure" },
      (sei) => status(sei.upload("Person,Address\nAda,ada@example.com\n")),
      200,
    ],
  ],
  autoMap: [
    [
      { autoMap: "none" },
      async (sei) => {
        const { fieldMappings, errors } = await json(sei.upload(WRONG));
        return [fieldMappings.map(({ fieldType }: { fieldType: string }) => fieldType), errors];
      },
      [["CUSTOM", "CUSTOM", "CUSTOM", "CUSTOM"], []],
    ],
  ],
  versionIdType: [
    [{ versionIdType: "number" }, async (sei) => (await json(sei.upload(PEOPLE))).versionId, 1],
    [
      { versionIdType: "uuid" },
      async (sei) => (await json(sei.upload(PEOPLE))).versionId,
      expect.stringMatching(/^[0-9a-f]{8}-/),
    ],
    [
      { versionIdType: "opaque" },
      async (sei) => {
        await sei.setUp();
        const { versionId } = (await sei.reupload(NEXT)).json;
        return [versionId, await status(sei.approve(versionId)), sei.state().activeVersion === versionId];
      },
      [expect.stringMatching(/^v:2\/é\?%20 /), 200, true],
    ],
  ],
  mappingFormsTaken: [
    [{}, (sei) => saved(sei, entries).then(({ status: code }) => code), 200],
    [{ mappingFormsTaken: [] }, (sei) => saved(sei, entries).then(({ status: code }) => code), 400],
    [
      { mappingFormsTaken: [{ kind: "typeToColumn", wrapper: null, customType: "CUSTOM" }] },
      (sei) =>
        saved(sei, { NAME: "Name", EMAIL: "Email", MANAGER_EMAIL: "Manager Email" }).then(({ status: code }) => code),
      200,
    ],
    [
      { mappingFormsTaken: [{ kind: "columnToType", wrapper: null, customType: "CUSTOM" }] },
      (sei) => saved(sei, TYPES).then(({ status: code }) => code),
      200,
    ],
  ],
  unreadableMapping: [
    [
      { unreadableMapping: "missingMapping" },
      async (sei) => (await saved(sei, { other: true })).json.errors[0].errorType,
      "MISSING_NAME_OR_EMAIL_OR_MANAGER_EMAIL_FIELD_MAPPING",
    ],
  ],
  unknownFieldType: (["custom", "badRequest"] as const).map((unknownFieldType) => [
    { unknownFieldType },
    async (sei) => (await saved(sei, [...entries, { columnName: "Team", fieldType: "TEXT" }])).status,
    unknownFieldType === "custom" ? 200 : 400,
  ]),
  unmappedColumns: (["keep", "drop"] as const).map((unmappedColumns) => [
    { unmappedColumns },
    async (sei) => {
      await saved(sei, entries);
      return sei.state().columns.length;
    },
    unmappedColumns === "keep" ? 4 : 3,
  ]),
  saveActivates: [
    [
      { saveActivates: false },
      async (sei) => {
        await saved(sei, entries);
        const between = [sei.emails().length, await status(sei.send("/v2/developers/schema"))];
        return [between, await status(sei.approve("1")), sei.emails().length];
      },
      [[0, 200], 200, 3],
    ],
  ],
  deleteBeforeSetup: ([412, 404, 200] as const).map((wanted) => [
    { deleteBeforeSetup: wanted },
    (sei) => status(sei.remove("ada@example.com")),
    wanted,
  ]),
  listBeforeSetup: ([404, 412] as const).map((wanted) => [
    { listBeforeSetup: wanted },
    async (sei) => [
      await status(sei.list()),
      await status(sei.send("/v2/developers", { headers: { accept: "text/csv" } })),
      await status(sei.send(IDENTITIES)),
    ],
    [wanted, wanted, wanted],
  ]),
  schemaBeforeSetup: [
    [{ schemaBeforeSetup: 412 }, (sei) => status(sei.send("/v2/developers/schema")), 412],
    [{ schemaBeforeSetup: "emptyList" }, (sei) => json(sei.send("/v2/developers/schema")), { fieldMappings: [] }],
    [{ schemaBeforeSetup: "null" }, (sei) => text(sei.send("/v2/developers/schema")), "null"],
  ],
  preconditionBody: [
    [{ preconditionBody: "empty" }, (sei) => text(sei.upsert([])), ""],
    [{ preconditionBody: "html" }, async (sei) => (await text(sei.upsert([]))).includes("<h1>412</h1>"), true],
    [{ preconditionBody: "platform" }, async (sei) => (await json(sei.upsert([]))).status, "ERROR"],
  ],
  readDelayMs: [
    [
      { readDelayMs: 80 },
      async (sei) => {
        await sei.setUp();
        const early = (await json(sei.list())).totalCount;
        await new Promise((resolve) => setTimeout(resolve, 100));
        await sei.upsert([{ Name: "New", Email: "new@example.com" }]);
        const between = (await json(sei.list())).totalCount;
        await new Promise((resolve) => setTimeout(resolve, 100));
        return [early, between, (await json(sei.list())).totalCount];
      },
      [0, 3, 4],
    ],
  ],
} as const satisfies { readonly [K in keyof Dialect]?: readonly Case[] };

const rows = (cases: object): [string, number, Case][] =>
  Object.entries(cases).flatMap(([entry, each]: [string, readonly Case[]]) =>
    each.map((one, index): [string, number, Case] => [entry, index, one]),
  );
const options = (dialect: Partial<Dialect>): SimulatorOptions => ({ dialect });

test.each(rows(AFTER_SETUP))("%s %i", async (_, __, [dialect, act, expected]) => {
  expect(await act(await started(options(dialect)))).toEqual(expected);
});

test.each(rows(BEFORE_SETUP))("%s %i, before the setup", async (_, __, [dialect, act, expected]) => {
  expect(await act(await start(options(dialect)))).toEqual(expected);
});
