import { start, started } from "./support.js";

const MANY = [
  "Name,Email,Manager Email,Department,Sub Role",
  ...Array.from({ length: 120 }, (_, n) => {
    const id = String(n).padStart(3, "0");
    return `Person ${id},p${119 - n}@example.com,,${n % 2 === 0 ? "Engineering" : "Sales"},Level ${n % 3}`;
  }),
  "",
].join("\n");
const names = (json: { developers: { Name: string }[] }) => json.developers.map(({ Name }) => Name);

test("a page, sorted by name: the first 50 without being asked, 100 at most", async () => {
  const sei = await started({}, MANY);
  const first = await sei.list();
  expect(first.json).toMatchObject({ pageIndex: 0, pageSize: 50, totalCount: 120 });
  expect(first.json.developers).toHaveLength(50);
  expect(first.json.developers[0]).toEqual({
    developerRefId: 1,
    Name: "Person 000",
    Email: "p119@example.com",
    "Manager Email": "",
    Department: "Engineering",
    "Sub Role": "Level 0",
  });
  const large = await sei.list("?pageSize=1000");
  expect([large.json.developers.length, large.json.pageSize]).toEqual([100, 100]);
});

test("pages are zero-based and make the whole; beyond the end there is nobody", async () => {
  const sei = await started({}, MANY);
  const pages = await Promise.all([0, 1, 2, 3].map((index) => sei.list(`?pageIndex=${index}&pageSize=50`)));
  expect(pages.map(({ json }) => json.developers.length)).toEqual([50, 50, 20, 0]);
  expect(new Set(pages.flatMap(({ json }) => names(json))).size).toBe(120);
  expect(pages[3]?.json.totalCount).toBe(120);
});

test("the document's search, in any spelling of the field; name and email match in part", async () => {
  const sei = await started({}, MANY);
  const count = async (query: string) => (await sei.list(query)).json.totalCount;
  expect(await count("?searchKey=department&searchValue=Engineering&pageIndex=0&pageSize=50")).toBe(60);
  expect(await count("?searchKey=Department&searchValue=engineering")).toBe(60);
  expect(await count("?searchKey=department&searchValue=Engine")).toBe(0);
  expect(await count("?searchKey=sub_role&searchValue=Level%201")).toBe(40);
  expect(await count("?searchKey=name&searchValue=person%2001")).toBe(10);
  expect(await count("?searchKey=full%20name&searchValue=Person%20010")).toBe(1);
  expect(await count("?searchKey=email&searchValue=p11")).toBe(11);
  expect(await count("?searchKey=planet&searchValue=Mars")).toBe(0);
  expect((await sei.list("?searchKey=name")).status).toBe(400);
  expect((await sei.list("?searchValue=x")).status).toBe(400);
});

test("emails and developerRefIds, repeated or with commas; filters are combined", async () => {
  const sei = await started({}, MANY);
  const found = async (query: string) => names((await sei.list(query)).json);
  const both = ["Person 000", "Person 001"];
  expect(await found("?emails=p119@example.com&emails=P118@example.com")).toEqual(both);
  expect(await found("?emails=p119@example.com,p118@example.com,nobody@example.com")).toEqual(both);
  expect(await found("?developerRefIds=1,2")).toEqual(both);
  expect(await found("?developerRefIds=1&developerRefIds=2&searchKey=department&searchValue=sales")).toEqual([
    "Person 001",
  ]);
  expect(await found("?emails=p119@example.com&developerRefIds=2")).toEqual([]);
  expect((await sei.list("?developerRefIds=x")).status).toBe(400);
});

test("sortKey and sortOrder", async () => {
  const sei = await started({}, MANY);
  const first = async (query: string) => names((await sei.list(`${query}&pageSize=1`)).json)[0];
  expect(await first("?sortOrder=desc")).toBe("Person 119");
  expect(await first("?sortOrder=ASC&sortKey=name")).toBe("Person 000");
  expect(await first("?sortKey=email")).toBe("Person 119");
  expect(await first("?sortKey=department&sortOrder=desc")).toBe("Person 119");
  expect((await sei.list("?sortOrder=up")).status).toBe(400);
  expect((await sei.list("?sortKey=planet")).status).toBe(400);
});

test.each(["pageIndex=-1", "pageIndex=x", "pageSize=0", "pageSize=1.5", "pageSize="])(
  "%s is a bad request",
  async (query) => {
    const sei = await started();
    expect((await sei.list(`?${query}`)).status).toBe(400);
  },
);

test("by content negotiation the whole as CSV, whatever the query", async () => {
  const sei = await started({}, MANY);
  const download = (accept: string) =>
    sei.send("/v2/developers?pageSize=5&searchKey=name&searchValue=x", { headers: { accept } });
  const { headers, text } = await download("text/csv");
  expect(headers.get("content-type")).toBe("text/csv; charset=utf-8");
  expect(headers.get("content-disposition")).toBe('attachment; filename="developers.csv"');
  const lines = text.split("\n");
  expect(lines.slice(0, 2)).toEqual([
    "Name,Email,Manager Email,Department,Sub Role",
    "Person 000,p119@example.com,,Engineering,Level 0",
  ]);
  expect(lines).toHaveLength(122);
  expect((await download("text/csv, application/json;q=0.5")).text).toBe(text);
  for (const json of ["application/json", "*/*", "text/csv;q=0.1, application/json"]) {
    expect((await download(json)).json).toMatchObject({ totalCount: 0 });
  }
  expect((await download("image/png")).status).toBe(406);
});

test("before the setup: a list of nobody, an empty CSV, no schema", async () => {
  const sei = await start();
  expect((await sei.list()).json).toEqual({ developers: [], pageIndex: 0, pageSize: 50, totalCount: 0 });
  expect(await sei.csv()).toBe("");
  expect((await sei.send("/v2/developers/schema")).status).toBe(404);
});

test("the schema is the field mapping in force, with what org trees require", async () => {
  const sei = await started({ requiredFields: ["department"] }, MANY);
  expect((await sei.send("/v2/developers/schema")).json).toEqual({
    fieldMappings: [
      { columnName: "Name", fieldType: "NAME", required: true },
      { columnName: "Email", fieldType: "EMAIL", required: true },
      { columnName: "Manager Email", fieldType: "MANAGER_EMAIL", required: true },
      { columnName: "Department", fieldType: "CUSTOM", required: true },
      { columnName: "Sub Role", fieldType: "CUSTOM", required: false },
    ],
    versionId: "1",
  });
});
