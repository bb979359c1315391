import { start, started } from "./support.js";

const ADA = { email: "ada@example.com", integrationId: 101, identity: "ada" };
const ALAN = { email: "alan@example.com", integrationId: 101, identity: "alan t" };
const DONE = { status: "success", message: "Developer identities updated successfully." };
const CSV_DONE = { status: "success", message: "CSV processed and developer identities updated successfully." };
const WRONG = { status: "error", message: "Invalid payload or missing authorization." };
const CSV_WRONG = { status: "error", message: "Invalid file format or missing authorization." };
const PATH = "/v2/developers/identities";

test("identities are set, replaced and moved", async () => {
  const sei = await started();
  expect((await sei.identify([ADA, ALAN])).json).toEqual(DONE);
  expect(sei.state().identities).toEqual([ADA, ALAN]);
  await sei.identify([
    { ...ADA, identity: "ada-2" },
    { ...ADA, email: "ADA@example.com", integrationId: 7 },
  ]);
  expect(sei.state().identities.filter(({ email }) => email === ADA.email)).toEqual([
    { ...ADA, integrationId: 7 },
    { ...ADA, identity: "ada-2" },
  ]);
  await sei.identify([{ ...ADA, identity: "alan t" }]);
  expect(sei.state().identities).not.toContainEqual(ALAN);
});

test("a swap in one batch leaves both", async () => {
  const sei = await started();
  await sei.identify([ADA, ALAN]);
  await sei.identify([
    { ...ADA, identity: ALAN.identity },
    { ...ALAN, identity: ADA.identity },
  ]);
  expect(sei.state().identities.map(({ identity }) => identity)).toEqual(["alan t", "ada"]);
});

test.each<[string, unknown]>([
  ["an object", ADA],
  ["the previous body", { integrationUsers: [] }],
  ["no email", [{ integrationId: 1, identity: "x" }]],
  ["a text as integrationId", [{ ...ADA, integrationId: "101" }]],
  ["a fraction", [{ ...ADA, integrationId: 1.5 }]],
  ["zero", [{ ...ADA, integrationId: 0 }]],
  ["a blank identity", [{ ...ADA, identity: " " }]],
])("%s is refused with the documented body, and nothing is set", async (_, json) => {
  const sei = await started();
  const got = await sei.identify(json);
  expect([got.status, got.json]).toEqual([400, WRONG]);
  expect(sei.state().identities).toEqual([]);
});

test("unknown developers and integrations are refused whole", async () => {
  const sei = await started({ integrations: [101] });
  for (const wrong of [
    { ...ADA, email: "nobody@example.com" },
    { ...ADA, integrationId: 102 },
  ]) {
    const got = await sei.identify([ALAN, wrong]);
    expect([got.status, got.json.status]).toEqual([400, "error"]);
  }
  expect(sei.state().identities).toEqual([]);
});

test("a CSV of identities, in any column order; what is none", async () => {
  const sei = await started();
  const put = (csv: string) => sei.send(PATH, { method: "PATCH", csv });
  expect(
    (await put("email,integrationId,identity\nada@example.com,101,ada\nalan@example.com,101,alan t\n")).json,
  ).toEqual(CSV_DONE);
  expect(sei.state().identities).toEqual([ADA, ALAN]);
  expect((await put('\ufeffidentity,email,integrationId\r\n"a,b",ada@example.com,5\r\n')).json).toEqual(CSV_DONE);
  for (const wrong of [
    "",
    "email,identity\na,b\n",
    "email,integrationId,identity\nada@example.com,x,ada\n",
    'email,integrationId,identity\n"',
  ]) {
    const got = await put(wrong);
    expect([got.status, got.json]).toEqual([400, CSV_WRONG]);
  }
});

test("without a key the documented body too; other content types are 415", async () => {
  const sei = await started();
  const got = await sei.send(PATH, { method: "PATCH", json: [ADA], key: null });
  expect([got.status, got.json]).toEqual([401, WRONG]);
  expect((await sei.send(PATH, { method: "PATCH", body: "x" })).status).toBe(415);
});

test("the list: sorted, filtered, in pages; developers without one are left out", async () => {
  const sei = await started();
  await sei.identify([ALAN, ADA, { ...ADA, integrationId: 7 }]);
  const get = async (query: string) => (await sei.send(`${PATH}${query}`)).json;
  expect(await get("")).toEqual({
    identities: [{ ...ADA, integrationId: 7 }, ADA, ALAN],
    pageIndex: 0,
    pageSize: 50,
    totalCount: 3,
  });
  expect((await get("?sortOrder=desc&pageSize=1")).identities).toEqual([ALAN]);
  expect(await get("?pageIndex=1&pageSize=2")).toMatchObject({ identities: [ALAN], totalCount: 3 });
  expect((await get("?emails=ALAN@example.com")).identities).toEqual([ALAN]);
  expect((await get("?integrationIds=7")).identities).toEqual([{ ...ADA, integrationId: 7 }]);
  expect((await get("?searchKey=identity&searchValue=ALAN%20t")).identities).toEqual([ALAN]);
  expect((await get("?searchKey=email&searchValue=ada@")).totalCount).toBe(2);
  expect((await get("?searchKey=integrationId&searchValue=7")).totalCount).toBe(1);
  expect((await get("?developerRefIds=3")).identities).toEqual([ALAN]);
});

test("the CSV of identities round-trips into an upload", async () => {
  const sei = await started();
  await sei.identify([{ ...ADA, identity: 'a "b", c' }, ALAN]);
  const { text } = await sei.send(PATH, { headers: { accept: "text/csv" } });
  expect(text.split("\n")[0]).toBe("email,integrationId,identity");
  const other = await started();
  expect((await other.send(PATH, { method: "PATCH", csv: text })).status).toBe(200);
  expect(other.state().identities).toEqual(sei.state().identities);
});

test("before the setup there are none, and none can be set", async () => {
  const sei = await start();
  expect((await sei.send(PATH)).json).toMatchObject({ identities: [], totalCount: 0 });
  expect((await sei.identify([ADA])).status).toBe(400);
});
