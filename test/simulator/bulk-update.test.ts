import { PEOPLE, start, started } from "./support.js";

const NEXT = [
  "Name,Email,Manager Email,Team,Site",
  "Grace Hopper,grace@example.com,,Core,Berlin",
  "Ada King,ada@example.com,grace@example.com,Payments,",
  "Linus,linus@example.com,ada@example.com,Core,",
  "",
].join("\n");

test("a reupload answers review data and changes nothing; approve replaces all developers", async () => {
  const sei = await started();
  const before = sei.state().developers;
  const { status, json } = await sei.reupload(NEXT);
  expect(status).toBe(200);
  expect(json).toMatchObject({
    versionId: "2",
    added: [{ Email: "linus@example.com" }],
    updated: [
      { before: { Email: "grace@example.com" } },
      { before: { Name: "Ada Lovelace" }, after: { Name: "Ada King" } },
    ],
    removed: [{ Email: "alan@example.com" }],
    unchanged: 0,
    errors: [],
  });
  expect(sei.state().developers).toEqual(before);

  const approved = await sei.approve("2");
  expect([approved.status, approved.json]).toEqual([
    200,
    { status: "SUCCESS", versionId: "2", created: 1, updated: 2, deleted: 1 },
  ]);
  expect(sei.state().developers.map(({ refId, name, attributes }) => [refId, name, attributes])).toEqual([
    [1, "Grace Hopper", { Team: "Core", Site: "Berlin" }],
    [2, "Ada King", { Team: "Payments", Site: "" }],
    [4, "Linus", { Team: "Core", Site: "" }],
  ]);
  expect(sei.state()).toMatchObject({
    activeVersion: "2",
    versions: [{ status: "superseded" }, { versionId: "2", status: "active" }],
  });
});

test("fields are mapped as they are in force, in whatever order; a mapped column that is gone is an error", async () => {
  const sei = await started();
  const swapped = "Team,Email,Name,Manager Email\nCore,grace@example.com,Grace Hopper,\n";
  expect((await sei.reupload(swapped)).json).toMatchObject({ updated: [], unchanged: 1 });
  const failed = await sei.reupload("Name,Email,Boss\nGrace,grace@example.com,\n");
  expect([failed.status, failed.json]).toEqual([
    400,
    {
      status: "FAILURE",
      errors: [
        {
          errorType: "REQUIRED_FIELD_MISSING",
          fieldName: "Manager Email",
          errorDeveloperCount: 0,
          sampleErrorDevelopers: [],
        },
      ],
    },
  ]);
  expect(sei.state().versions).toHaveLength(2);
});

test("reupload, approve and upsert are 412 before the initial setup, and after an upload alone", async () => {
  const sei = await start();
  const three = async () => [
    (await sei.reupload(PEOPLE)).status,
    (await sei.approve("1")).status,
    (await sei.upsert([{ Name: "Ada", Email: "ada@example.com" }])).status,
  ];
  expect(await three()).toEqual([412, 412, 412]);
  await sei.upload(PEOPLE);
  expect(await three()).toEqual([412, 412, 412]);
  expect((await sei.reupload(PEOPLE)).json).toEqual({
    status: "FAILURE",
    errors: [],
    message: expect.stringContaining("initial setup"),
  });
});

test("approve: the body, unknown versions, uploads without a save, the version in force, older ones", async () => {
  const sei = await started();
  await sei.reupload(NEXT);
  const patch = (id: string, json: unknown) => sei.send(`/v2/developers/versions/${id}`, { method: "PATCH", json });
  for (const body of [{ active: false }, {}, [], null, { active: "true" }]) {
    expect((await patch("2", body)).status).toBe(400);
  }
  expect((await sei.send("/v2/developers/versions/2", { method: "PATCH", body: "{" })).status).toBe(415);
  expect((await sei.approve("77")).status).toBe(404);
  await sei.upload(PEOPLE);
  expect((await sei.approve("3")).status).toBe(409);
  expect((await sei.approve("2")).status).toBe(200);
  expect((await sei.approve("2")).status).toBe(200);
  expect((await sei.approve("1")).status).toBe(409);
});

test("a draft is stale when anything was written since: approve is a conflict", async () => {
  const sei = await started();
  const { versionId } = (await sei.reupload(NEXT)).json;
  await sei.upsert([{ Email: "alan@example.com", Team: "Core" }]);
  expect((await sei.approve(versionId)).status).toBe(409);
  expect(sei.emails()).toContain("alan@example.com");
});

test("only the newest twenty versions are kept, and always the one in force", async () => {
  const sei = await started();
  for (let n = 0; n < 25; n += 1) await sei.reupload(PEOPLE);
  const { versions } = sei.state();
  expect(versions).toHaveLength(20);
  expect(versions.filter(({ status }) => status === "active")).toEqual([{ versionId: "1", status: "active" }]);
});
