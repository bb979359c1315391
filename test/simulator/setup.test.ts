import { PEOPLE, start, started } from "./support.js";

const save = (versionId: string) => `/v2/developers/versions/${versionId}/fieldMappings`;
const MAPPING = {
  fieldMappings: [
    { columnName: "Name", fieldType: "NAME" },
    { columnName: "Email", fieldType: "EMAIL" },
    { columnName: "Manager Email", fieldType: "MANAGER_EMAIL" },
  ],
};

test("an upload answers a preview with versionId, mapping and errors, and changes nothing", async () => {
  const sei = await start();
  const { status, json } = await sei.upload(PEOPLE);
  expect(status).toBe(200);
  expect(json).toEqual({
    versionId: "1",
    fieldMappings: [...MAPPING.fieldMappings, { columnName: "Team", fieldType: "CUSTOM" }],
    developers: [
      { Name: "Grace Hopper", Email: "grace@example.com", "Manager Email": "", Team: "Core" },
      { Name: "Ada Lovelace", Email: "ada@example.com", "Manager Email": "grace@example.com", Team: "Payments" },
      { Name: "Alan Turing", Email: "alan@example.com", "Manager Email": "ada@example.com", Team: "Payments" },
    ],
    totalDevelopers: 3,
    errors: [],
  });
  expect(sei.state()).toMatchObject({
    setUp: false,
    developers: [],
    versions: [{ versionId: "1", status: "uploaded" }],
  });
});

test("a save puts the developers in force; unmapped columns become custom fields", async () => {
  const sei = await start();
  await sei.upload(PEOPLE);
  const { status, json } = await sei.send(save("1"), { method: "PUT", json: MAPPING });
  expect([status, json]).toEqual([200, { status: "SUCCESS", versionId: "1", created: 3, updated: 0, deleted: 0 }]);
  expect(sei.state()).toMatchObject({ setUp: true, activeVersion: "1" });
  expect(sei.state().developers[1]).toEqual({
    refId: 2,
    name: "Ada Lovelace",
    email: "ada@example.com",
    managerEmail: "grace@example.com",
    attributes: { Team: "Payments" },
  });
});

test("a save takes any column names, and the bare list as well", async () => {
  const sei = await start();
  await sei.upload("Mitarbeiter,Adresse,Chef\nAda,ADA@example.com , \n");
  const json = [
    { columnName: "Mitarbeiter", fieldType: "NAME" },
    { columnName: "Adresse", fieldType: "EMAIL" },
    { columnName: "Chef", fieldType: "MANAGER_EMAIL" },
  ];
  expect((await sei.send(save("1"), { method: "PUT", json })).status).toBe(200);
  expect(sei.emails()).toEqual(["ada@example.com"]);
});

test("a save with nothing mapped, an unknown version, and a body that is no mapping", async () => {
  const sei = await start();
  await sei.upload(PEOPLE);
  const put = (versionId: string, json: unknown) => sei.send(save(versionId), { method: "PUT", json });
  const failed = await put("1", { fieldMappings: [] });
  expect(failed.status).toBe(400);
  expect(failed.json.errors.map(({ errorType, fieldName }: Record<string, string>) => [errorType, fieldName])).toEqual([
    ["MISSING_NAME_OR_EMAIL_OR_MANAGER_EMAIL_FIELD_MAPPING", "name"],
    ["MISSING_NAME_OR_EMAIL_OR_MANAGER_EMAIL_FIELD_MAPPING", "email"],
    ["MISSING_NAME_OR_EMAIL_OR_MANAGER_EMAIL_FIELD_MAPPING", "manager_email"],
  ]);
  expect((await put("99", MAPPING)).status).toBe(404);
  expect((await put("1", "Email")).status).toBe(400);
  expect((await put("1", [...MAPPING.fieldMappings, { columnName: "Team", fieldType: "EMAIL" }])).status).toBe(400);
  expect((await put("1", [...MAPPING.fieldMappings, MAPPING.fieldMappings[0]])).status).toBe(400);
  expect(sei.state().setUp).toBe(false);
});

test("a mapped column that the CSV does not have is REQUIRED_FIELD_MISSING", async () => {
  const sei = await start();
  await sei.upload(PEOPLE);
  const json = [...MAPPING.fieldMappings.slice(0, 2), { columnName: "Boss", fieldType: "MANAGER_EMAIL" }];
  const failed = await sei.send(save("1"), { method: "PUT", json });
  expect(failed.json.errors).toContainEqual({
    errorType: "REQUIRED_FIELD_MISSING",
    fieldName: "Boss",
    errorDeveloperCount: 0,
    sampleErrorDevelopers: [],
  });
});

test("a second upload and save replaces developers and schema; ids of those who stay are kept", async () => {
  const sei = await started();
  await sei.setUp(
    "Name,Email,Manager Email,Site\nNew,new@example.com,\nAda B,ada@example.com,,Berlin\n".replace("com,\n", "com,,\n"),
  );
  expect(sei.state().developers.map(({ refId, email, attributes }) => [refId, email, attributes])).toEqual([
    [4, "new@example.com", { Site: "" }],
    [2, "ada@example.com", { Site: "Berlin" }],
  ]);
});

test("saving again with the same mapping changes nothing, with another it is a conflict", async () => {
  const sei = await started();
  const before = sei.state();
  expect((await sei.send(save("1"), { method: "PUT", json: MAPPING })).status).toBe(200);
  const other = [...MAPPING.fieldMappings.slice(0, 2), { columnName: "Team", fieldType: "MANAGER_EMAIL" }];
  expect((await sei.send(save("1"), { method: "PUT", json: other })).status).toBe(409);
  expect(sei.state()).toEqual(before);
});

test("what is no multipart form, and a form without a file", async () => {
  const sei = await start();
  expect((await sei.send("/v2/developers", { method: "POST", json: [{ Name: "Ada" }] })).status).toBe(415);
  expect((await sei.send("/v2/developers", { method: "POST" })).status).toBe(415);
  const form = new FormData();
  form.set("other", "x");
  const response = await fetch(`${sei.url}/v2/developers`, {
    method: "POST",
    headers: { "x-api-key": "simulator" },
    body: form,
  });
  expect(response.status).toBe(400);
  const headers = { "content-type": "multipart/form-data; boundary=x" };
  expect((await sei.send("/v2/developers", { method: "POST", headers, body: "nonsense" })).status).toBe(400);
});

test("a seed is the initial setup of an account that is not set up", async () => {
  const sei = await start({ seed: `${__dirname}/people.csv` });
  expect(sei.emails()).toEqual(["grace@example.com", "ada@example.com"]);
});
