import type { FieldMapping } from "../../provider/roster/field-mapping.js";
import { UnreadableAnswerError, ValidationError } from "../../provider/sei/errors.js";
import { type Script, script, start } from "./scripted-client.js";
import type { Received, Reply } from "./scripted-server.js";

const MAPPING: FieldMapping = { name: "Name", email: "Email", managerEmail: "Manager Email", attributes: ["Team"] };
const CORE = { NAME: "Name", EMAIL: "Email", MANAGER_EMAIL: "Manager Email" };
const SCHEMA = { ...CORE, attributes: ["Team"] };
const ADA = { email: "ada@example.com", name: "Ada", managerEmail: "", attributes: { Team: "A" } };
const ROW = { Name: "Ada", Email: "ada@example.com", "Manager Email": "", Team: "A" };
const CSV = "Name,Email,Manager Email,Team\nAda,ada@example.com,,A\n";
const DONE: Reply = { body: { status: "SUCCESS" } };
const LIVE: Script = {
  "GET /schema": { body: SCHEMA },
  "GET ": { body: { developers: [ROW], totalCount: 1 } },
};
const SAVE = "PUT /versions/7/fieldMappings";

const failed = (...errors: readonly object[]): Reply => ({ status: 400, body: { status: "FAILURE", errors } });

describe("a mapping that leaves out a column of the account", () => {
  const save = async (replies: Script, isRead = true) => {
    const { reader, writer, asked } = await start(
      script({ ...LIVE, [SAVE]: DONE, "PATCH /versions/7": DONE, ...replies }),
    );
    if (isRead) await reader.readRoster({ identities: false });
    await writer.saveFieldMapping({ versionId: "7" }, { ...MAPPING, attributes: [] });
    return asked("PATCH", "/v2/developers/versions/7");
  };

  test("is approved as well, where the account still shows the column", async () => {
    expect(await save({})).toBe(1);
    // Who has not read does not know of the column.
    expect(await save({}, false)).toBe(0);
  });

  test("is active, where the column is gone, and where nobody can tell which there were", async () => {
    let isSaved = false;
    const saved = () => {
      isSaved = true;
      return DONE;
    };
    const schema = () => ({ body: isSaved ? CORE : SCHEMA });
    expect(await save({ [SAVE]: saved, "GET /schema": schema })).toBe(0);
    let asked = 0;
    const blinking = () => (++asked === 2 ? { status: 404 } : { body: SCHEMA });
    expect(await save({ "GET /schema": blinking })).toBe(0);
  });
});

test("a mapping that shows only after a moment is waited for", async () => {
  let asked = 0;
  const late = (): Reply => (++asked <= 2 ? { status: 404 } : { body: SCHEMA });
  const { writer } = await start(script({ ...LIVE, [SAVE]: DONE, "PATCH /versions/7": DONE, "GET /schema": late }));
  await writer.saveFieldMapping({ versionId: "7" }, MAPPING);
  expect(asked).toBe(3);
});

describe("a field mapping that is refused", () => {
  const save = async (refusal: Reply, times = 1) => {
    let tries = 0;
    const put = () => (++tries <= times ? refusal : DONE);
    const { writer } = await start(script({ ...LIVE, [SAVE]: put }));
    const outcome = await writer.saveFieldMapping({ versionId: "7" }, MAPPING).catch((error: unknown) => error);
    return { outcome, tries };
  };
  const missing = (fieldName?: string) => failed({ errorType: "REQUIRED_FIELD_MISSING", fieldName });

  test.each<[string, Reply]>([
    ["of a kind that it does not take", { status: 415 }],
    ["that is too large for it", { status: 413 }],
    ["in which it finds no name", failed({ errorType: "MISSING_NAME_OR_EMAIL_OR_MANAGER_EMAIL_FIELD_MAPPING" })],
    ["in which it finds some column missing, and does not say which", missing()],
    ["in which it does not find the manager", missing("MANAGER_EMAIL")],
    ["in which it does not find a column that was sent", missing("Team")],
  ])("as a body %s is sent in another form", async (_, refusal) => {
    expect(await save(refusal)).toEqual({ outcome: undefined, tries: 2 });
  });

  test.each<[string, Reply]>([
    ["a column that is not in it", missing("Cost Center")],
    ["a record", failed({ errorType: "DUPLICATE_EMAIL", fieldName: "Email" })],
  ])("because of %s is refused in every form, so it is not sent again", async (_, refusal) => {
    const { outcome, tries } = await save(refusal);
    expect([outcome, tries]).toEqual([expect.any(ValidationError), 1]);
  });

  test("because of a column that an org tree uses: the error says what to do", async () => {
    const { outcome } = await save(missing("Cost Center"));
    expect((outcome as ValidationError).todo).toContain("keep it in the fields of the roster");
    expect((outcome as Error).message).toContain("an org tree of the account filters or groups by this column");
  });

  test("by whoever watches the writes is not saved in another form", async () => {
    const own = new TypeError("the log is full");
    const onWrite = () => {
      throw own;
    };
    const { writer, asked } = await start(script({ ...LIVE, [SAVE]: DONE }), { onWrite });
    await expect(writer.saveFieldMapping({ versionId: "7" }, MAPPING)).rejects.toBe(own);
    expect(asked("PUT", "/v2/developers/versions/7/fieldMappings")).toBe(1);
  });
});

describe("the preview of an upload", () => {
  const noGuess = { errorType: "MISSING_NAME_OR_EMAIL_OR_MANAGER_EMAIL_FIELD_MAPPING" };

  test("that only says that it could not guess the columns is a draft", async () => {
    const preview: Reply = { body: { versionId: "7", status: "FAILURE", errors: [noGuess] } };
    const { writer } = await start(script({ "POST ": preview }));
    expect(await writer.upload([ADA], MAPPING)).toEqual({ versionId: "7" });
  });

  test("that is a place alone is a draft of it; so is a version that has no id where the place does", async () => {
    const headers = { location: "/v2/developers/versions/v%207" };
    for (const body of ["created", { version: { number: 7 } }]) {
      const { writer, apiWriter } = await start(script({ "POST ": { status: 201, headers, body } }));
      expect(await writer.upload([ADA], MAPPING)).toEqual({ versionId: "v 7" });
      expect(await apiWriter.upload(CSV)).toEqual({ versionId: "v 7", errors: [] });
      // A file without columns has none that the answer could show.
      expect(await apiWriter.upload('"')).toEqual({ versionId: "v 7", errors: [] });
    }
  });

  test("without a version is what it says is wrong", async () => {
    const { apiWriter } = await start(script({ "POST ": { body: { status: "FAILURE", errors: [noGuess] } } }));
    await expect(apiWriter.upload(CSV)).rejects.toMatchObject({ errors: [noGuess] });
    const silent = await start(script({ "POST ": { body: { status: "SUCCESS" } } }));
    await expect(silent.apiWriter.upload(CSV)).rejects.toThrow(UnreadableAnswerError);
  });
});

describe("single requests", () => {
  test("a CSV that is empty has nobody; one that is JSON is none", async () => {
    const empty = await start(script({ csv: { body: "" }, "csv/identities": { body: "\n" } }));
    expect(await empty.api.downloadDevelopers()).toEqual({ header: [], rows: [] });
    expect(await empty.api.downloadIdentities()).toEqual([]);
    const json = await start(script({ csv: { body: [ROW] }, "csv/identities": { body: { identities: [] } } }));
    await expect(json.api.downloadDevelopers()).rejects.toThrow("it is no CSV");
    await expect(json.api.downloadIdentities()).rejects.toThrow("it is no CSV");
  });

  test("without a wish ask for the first page, in the server's own size", async () => {
    const { api, server } = await start(script({ "GET ": { body: [] }, "GET /identities": { body: [] } }));
    expect(await api.listIdentities()).toEqual({ identities: [], total: null });
    expect(await api.listDevelopers()).toEqual({ records: [], total: null });
    expect(server.received.map(({ query }) => [...query])).toEqual([[["pageIndex", "0"]], [["pageIndex", "0"]]]);
  });

  test("to the list of the previous generation send numbers as numbers, and other ids as they are", async () => {
    const { api, server } = await start(script({ "POST /list": { body: [] } }), { generation: "previous" });
    await api.listDevelopers({ developerRefIds: ["7", 8, "ref-9"] });
    expect(JSON.parse(server.received[0]?.body ?? "")).toEqual({ developerRefIds: [7, 8, "ref-9"] });
  });

  test("an answer of words, where a list should be, is said to be words", async () => {
    const { api, contributors } = await start(() => ({ body: "all is well" }));
    await expect(api.listDevelopers()).rejects.toThrow("Shape of the answer: string");
    await expect(contributors.reader.list()).rejects.toThrow("Shape of the answer: string");
  });

  test("a schema that is empty, or the word null, is none", async () => {
    for (const body of ["", " ", "null"]) {
      const { api } = await start(script({ "GET /schema": { body } }));
      expect(await api.schema()).toBeNull();
    }
  });

  test("a map of entries by number is no mapping from columns to types", async () => {
    const [one, two, three] = Object.entries(CORE).map(([fieldType, columnName]) => ({ columnName, fieldType }));
    const { api } = await start(script({ "GET /schema": { body: { 1: one, 2: two, 3: three } } }));
    await expect(api.schema()).rejects.toThrow("no field mapping can be recognised in it");
  });

  test("types under a name that nobody has heard of are types, if they are constants", async () => {
    const entries = Object.entries(CORE).map(([kind, heading]) => ({ heading, kind }));
    const { api } = await start(
      script({ "GET /schema": { body: { fields: [...entries, { heading: "Team", kind: "CUSTOM" }] } } }),
    );
    expect(await api.schema()).toEqual(MAPPING);
  });
});

test("an HTML page without a title is a page all the same", async () => {
  const { api } = await start(() => ({ status: 502, body: "<html><body>no</body></html>" }), {
    retry: { attempts: 1 },
  });
  await expect(api.schema()).rejects.toThrow("answered 502 with an HTML page, not with the API's answer");
});

test("whoever watches is told of every read; a client that was stopped sends nothing", async () => {
  const seen: string[] = [];
  const answer = (): Reply => ({ body: SCHEMA, headers: { "x-request-id": "r-1" } });
  const { api } = await start(answer, {
    onAnswer: ({ call, status, requestId }) => seen.push(`${call.method} ${call.path} ${status} ${requestId}`),
  });
  await api.schema();
  expect(seen).toEqual(["GET /v2/developers/schema 200 r-1"]);
  const stopped = await start(answer, { signal: AbortSignal.abort() });
  await expect(stopped.api.schema()).rejects.toThrow("GET /v2/developers/schema: cancelled.");
  expect(stopped.server.received).toEqual([]);
});

test("a server that takes the identities as a file gets the one that it is given", async () => {
  const { apiWriter, server } = await start((_request: Received) => DONE);
  await apiWriter.setIdentitiesCsv("email,integrationId,identity\nada@example.com,101,ada\n");
  expect(server.received[0]?.body).toContain("\r\n\r\nemail,integrationId,identity\nada@example.com,101,ada\n");
});
