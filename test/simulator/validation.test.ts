import { PEOPLE, start, started } from "./support.js";

const HEADER = "Name,Email,Manager Email,Team";
const csv = (...rows: string[]) => [HEADER, ...rows, ""].join("\n");

/** Nobody's fault: the file as a whole. */
test.each<[string, string | Uint8Array, string[]]>([
  ["nothing at all", "", ["EMPTY_CSV"]],
  ["a header alone", `${HEADER}\n`, ["EMPTY_CSV"]],
  ["blank lines only", "\n\n\r\n", ["EMPTY_CSV"]],
  ["a blank column name", "Name, ,Email\nAda,x,ada@example.com\n", ["BLANK_CSV_COLUMN_NAME"]],
  ["a quoted blank column name, and no rows", 'Name,"  "\n', ["EMPTY_CSV", "BLANK_CSV_COLUMN_NAME"]],
  ["a quote that does not close", `${HEADER}\n"Ada,ada@example.com,,\n`, ["INVALID_CSV"]],
  ["a row that is too long", csv("Ada,ada@example.com,,Core,more"), ["INVALID_CSV"]],
  ["a row that is too short", csv("Ada,ada@example.com"), ["INVALID_CSV"]],
  ["two columns of one name", "Email,Name,Email\na@example.com,A,b@example.com\n", ["INVALID_CSV"]],
  ["another encoding", new Uint8Array([...Buffer.from(`${HEADER}\n`), 0xc4, 0x64, 0x61, 0x0a]), ["INVALID_CSV"]],
])("%s", async (_, file, errorTypes) => {
  const expected = {
    status: "FAILURE",
    errors: errorTypes.map((errorType) => ({
      errorType,
      fieldName: null,
      errorDeveloperCount: 0,
      sampleErrorDevelopers: [],
    })),
  };
  const fresh = await start();
  expect([(await fresh.upload(file)).status, (await fresh.upload(file)).json]).toEqual([400, expected]);
  expect(fresh.state().versions).toEqual([]);
  const sei = await started();
  expect((await sei.reupload(file)).json).toEqual(expected);
  expect(sei.state().versions).toHaveLength(1);
});

test.each<[string, string]>([
  ["a byte order mark", `\ufeff${PEOPLE}`],
  ["CRLF", PEOPLE.replaceAll("\n", "\r\n")],
  ["CR", PEOPLE.replaceAll("\n", "\r")],
  ["mixed line endings", PEOPLE.replace("\n", "\r\n")],
  ["no end of the last line", PEOPLE.trimEnd()],
  ["blank lines", PEOPLE.replaceAll("\n", "\n\n")],
])("%s is read", async (_, file) => {
  const sei = await start();
  expect((await sei.upload(file)).json).toMatchObject({ totalDevelopers: 3, errors: [] });
});

const WRONG = csv(
  ",nameless@example.com,,",
  "Mailless,  ,,",
  "Twice,twice@example.com,,",
  "Twice,TWICE@example.com,,",
  "A,a@example.com,b@example.com,",
  "B,b@example.com,a@example.com,",
  "Under,under@example.com,a@example.com,",
  "Lost,lost@example.com,nobody@example.com,",
);
const FOUND = [
  ["REQUIRED_VALUE_MISSING", "Name", 1],
  ["REQUIRED_VALUE_MISSING", "Email", 1],
  ["DUPLICATE_EMAIL", "Email", 2],
  ["CIRCULAR_REFERENCE", null, 2],
  ["MANAGER_EMAIL_MISSING_IN_DEVELOPER_EMAILS", "Manager Email", 1],
];
const found = (errors: { errorType: string; fieldName: string | null; errorDeveloperCount: number }[]) =>
  errors.map(({ errorType, fieldName, errorDeveloperCount }) => [errorType, fieldName, errorDeveloperCount]);

test("all errors of the records stand in the preview; the save then fails with them and saves nothing", async () => {
  const sei = await start();
  const preview = await sei.upload(WRONG);
  expect([preview.status, found(preview.json.errors)]).toEqual([200, FOUND]);
  const failed = await sei.send(`/v2/developers/versions/${preview.json.versionId}/fieldMappings`, {
    method: "PUT",
    json: { fieldMappings: preview.json.fieldMappings },
  });
  expect([failed.status, failed.json.status, found(failed.json.errors)]).toEqual([400, "FAILURE", FOUND]);
  expect(sei.state()).toMatchObject({ setUp: false, developers: [] });
});

test("a reupload fails with them and makes no version", async () => {
  const sei = await started();
  const failed = await sei.reupload(WRONG);
  expect([failed.status, found(failed.json.errors)]).toEqual([400, FOUND]);
  expect(sei.state().versions).toHaveLength(1);
});

test("samples are ten at most, the count is of all", async () => {
  const sei = await start();
  const rows = Array.from({ length: 25 }, (_, n) => `Person ${n},same@example.com,,`);
  const [error] = (await sei.upload(csv(...rows))).json.errors;
  expect([error.errorDeveloperCount, error.sampleErrorDevelopers.length]).toEqual([25, 10]);
  expect(error.sampleErrorDevelopers[0]).toEqual({
    Name: "Person 0",
    Email: "same@example.com",
    "Manager Email": "",
    Team: "",
  });
});

test("required fields: name and email when none can be mapped, and what the org trees use", async () => {
  const sei = await start({ requiredFields: ["department", "Sub Role"] });
  const preview = await sei.upload("Person,Address,Sub_Role\nAda,ada@example.com,Lead\n");
  expect(found(preview.json.errors)).toEqual([
    ["REQUIRED_FIELD_MISSING", "name", 0],
    ["REQUIRED_FIELD_MISSING", "email", 0],
    ["REQUIRED_FIELD_MISSING", "department", 0],
  ]);
  const json = [
    { columnName: "Person", fieldType: "NAME" },
    { columnName: "Address", fieldType: "EMAIL" },
    { columnName: "Sub_Role", fieldType: "MANAGER_EMAIL" },
  ];
  const failed = await sei.send("/v2/developers/versions/1/fieldMappings", { method: "PUT", json });
  expect(found(failed.json.errors)).toEqual([
    ["REQUIRED_FIELD_MISSING", "department", 0],
    ["MANAGER_EMAIL_MISSING_IN_DEVELOPER_EMAILS", "Sub_Role", 1],
  ]);
});

test("somebody who is their own manager is a cycle; a long circle is found whole, and nobody below it", async () => {
  const sei = await start();
  const own = await sei.upload(csv("Ada,ada@example.com,ada@example.com,"));
  expect(found(own.json.errors)).toEqual([["CIRCULAR_REFERENCE", null, 1]]);
  const circle = Array.from({ length: 500 }, (_, n) => `P${n},p${n}@example.com,p${(n + 1) % 500}@example.com,`);
  const below = Array.from({ length: 500 }, (_, n) => `Q${n},q${n}@example.com,p${n}@example.com,`);
  expect(found((await sei.upload(csv(...below, ...circle))).json.errors)).toEqual([["CIRCULAR_REFERENCE", null, 500]]);
});
