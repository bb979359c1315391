import { UnreadableAnswerError } from "../../../provider/sei/errors";
import { scripted } from "./v1-server";

/** The example of the documents. */
const FIELDS = [
  { index: 3, key: "integration", display_name: "Integration", type: "string", system_field: false },
  { index: 1, key: "full_name", display_name: "Name", description: "Name", type: "string", system_field: false },
  { index: 2, key: "region", display_name: "Region", type: "string", system_field: false },
  { index: 2, key: "email", display_name: "Email", type: "string", system_field: false },
];

test("the schema of the documents, in its order", async () => {
  const { contributors, asked } = await scripted(() => ({
    body: { version: 190, created_at: 1710153327501, fields: FIELDS },
  }));
  expect(await contributors.reader.schema()).toEqual({
    version: "190",
    fields: [
      { key: "integration", displayName: "Integration", type: "string" },
      { key: "full_name", displayName: "Name", type: "string" },
      { key: "region", displayName: "Region", type: "string" },
      { key: "email", displayName: "Email", type: "string" },
    ],
  });
  expect(asked()).toEqual(["GET /v1/org/users/schema"]);
});

test("a schema with nulls, in camel case, in a wrapper, bare and empty", async () => {
  const field = { key: "start", displayName: "Start", type: "date" };
  const bodies: readonly (readonly [unknown, unknown])[] = [
    [
      { version: null, fields: [{ key: "x", display_name: null, type: null }] },
      { version: null, fields: [{ key: "x", displayName: "x", type: "string" }] },
    ],
    [
      { version: "7", fields: [field] },
      { version: "7", fields: [field] },
    ],
    [{ data: { fields: [field] } }, { version: null, fields: [field] }],
    [[field], { version: null, fields: [field] }],
    [
      { version: 1, fields: null },
      { version: "1", fields: [] },
    ],
    [
      { version: 1, fields: [] },
      { version: "1", fields: [] },
    ],
  ];
  for (const [body, expected] of bodies) {
    const { contributors } = await scripted(() => ({ body }));
    expect(await contributors.reader.schema()).toEqual(expected);
  }
});

test("licensed: the documents' numbers, and who takes one", async () => {
  const org_user_details = [
    {
      org_user_id: "u-3",
      org_user_ref_id: "3",
      email: "Ada@example.com",
      full_name: "Ada",
      integration_user_details: [],
    },
    { org_user_id: "u-4", org_user_ref_id: 4, email: null, full_name: null },
  ];
  const { contributors, server } = await scripted(() => ({
    body: { org_user_count: 27, integration_user_count: 86, org_user_details },
  }));
  expect(await contributors.reader.licensed()).toEqual({
    contributorCount: 27,
    integrationUserCount: 86,
    contributors: [
      { id: "3", email: "Ada@example.com", fullName: "Ada" },
      { id: "4", email: "", fullName: "" },
    ],
  });
  expect(server.received.map(({ method, path, body }) => `${method} ${path} ${body}`)).toEqual([
    "POST /v1/sei_contributor/list {}",
  ]);
});

test("licensed: counts as text, no counts, nobody", async () => {
  const one = { orgUserRefId: 3, email: "ada@example.com", fullName: "Ada" };
  const ada = { id: "3", email: "ada@example.com", fullName: "Ada" };
  const bodies: readonly (readonly [unknown, unknown])[] = [
    [
      { org_user_count: "1", integration_user_count: "9", org_user_details: [one] },
      { contributorCount: 1, integrationUserCount: 9, contributors: [ada] },
    ],
    [{ orgUserDetails: [one] }, { contributorCount: 1, integrationUserCount: null, contributors: [ada] }],
    [{ records: [one] }, { contributorCount: 1, integrationUserCount: null, contributors: [ada] }],
    [
      { org_user_count: 0, org_user_details: null },
      { contributorCount: 0, integrationUserCount: null, contributors: [] },
    ],
  ];
  for (const [body, expected] of bodies) {
    const { contributors } = await scripted(() => ({ body }));
    expect(await contributors.reader.licensed()).toEqual(expected);
  }
});

test("what is neither is an error with the shape, without values", async () => {
  for (const body of [{ hello: "Ada" }, ["Ada"], "Ada", { fields: [{ label: "Ada" }] }]) {
    const { contributors } = await scripted(() => ({ body }));
    const errors = await Promise.all(
      [contributors.reader.schema(), contributors.reader.licensed()].map((read) => read.catch((one: unknown) => one)),
    );
    expect(errors[0]).toBeInstanceOf(UnreadableAnswerError);
    for (const error of errors) expect(String(error)).not.toContain("Ada");
  }
});

test("a gateway's page, and JSON that is cut off", async () => {
  const html = await scripted(() => ({ body: "<html><title>Sign in</title></html>" }), { attempts: 1 });
  await expect(html.contributors.reader.schema()).rejects.toThrow("HTML page");
  const cut = await scripted(() => ({ headers: { "content-type": "application/json" }, body: '{"fields":[{"key' }), {
    attempts: 1,
  });
  await expect(cut.contributors.reader.schema()).rejects.toThrow("cut off");
});
