import { join } from "node:path";
import { diagnostics, expectExit, makeWorld, STACK, type World, withEngine } from "./engine";

jest.setTimeout(180_000);

const get = (world: World, path: string) =>
  fetch(`${world.sei.url}${path}`, { headers: { "x-api-key": "simulator", accept: "text/csv" } }).then((answer) =>
    answer.text(),
  );

withEngine("a field mapping apart, a roster in code, an identity apart", () => {
  let world: World;
  beforeAll(async () => {
    world = await makeWorld({ project: join(__dirname, "programs", "parts") });
    await world.stack.config("parts:attributes", '["Team"]');
    await world.stack.config("parts:identity", "ada");
  });
  afterAll(() => world?.close());

  test("create: the roster carries the mapping out", async () => {
    const ran = await world.stack.up();
    expectExit(ran, 0);
    expect(diagnostics(ran)).toContain("declared: the initial setup has not been done yet");
    expect(await get(world, "/v2/developers")).toContain("Ada Lovelace");
    expect(await get(world, "/v2/developers/identities")).toContain("ada@example.com,101,ada");
    expectExit(await world.stack.preview("--expect-no-changes"), 0);
  });

  test("another identity is an update", async () => {
    await world.stack.config("parts:identity", "ada-lovelace");
    expectExit(await world.stack.up(), 0);
    expect(await get(world, "/v2/developers/identities")).toContain("ada@example.com,101,ada-lovelace");
  });

  test("drift of an identity is found by preview and by refresh", async () => {
    await fetch(`${world.sei.url}/v2/developers/identities`, {
      method: "PATCH",
      headers: { "x-api-key": "simulator", "content-type": "application/json" },
      body: JSON.stringify([{ email: "ada@example.com", integrationId: 101, identity: "somebody" }]),
    });
    expectExit(await world.stack.preview("--expect-no-changes"), 7);
    expectExit(await world.stack.refresh("--preview-only", "--expect-no-changes"), 7);
    expectExit(await world.stack.refresh(), 0);
    expectExit(await world.stack.up(), 0);
    expect(await get(world, "/v2/developers/identities")).toContain("ada@example.com,101,ada-lovelace");
    expectExit(await world.stack.preview("--expect-no-changes"), 0);
  });

  test("a new column saves every record again and keeps what is there", async () => {
    await world.stack.config("parts:attributes", '["Team", "Site"]');
    const preview = await world.stack.preview();
    expectExit(preview, 0);
    expect(diagnostics(preview)).toContain('* columns "Site" (ATTRIBUTE)');
    expectExit(await world.stack.up(), 0);
    const csv = await get(world, "/v2/developers");
    expect(csv.split("\n")[0]).toContain("Site");
    expect(csv).toContain("Engines");
    expectExit(await world.stack.preview("--expect-no-changes"), 0);
  });

  test.each([
    ["renamed", []],
    ["replaced", ["--replace", "**renamed"]],
  ])("a roster that is %s loses nobody, although forceDestroy is on", async (_how, flags) => {
    await world.stack.config("parts:name", "renamed");
    const ran = await world.stack.up(...flags);
    expectExit(ran, 0);
    expect(diagnostics(ran)).toContain("2 stay, because another DeveloperRoster of this run declares them");
    expect(await get(world, "/v2/developers")).toContain("Ada Lovelace");
    expect(await get(world, "/v2/developers/identities")).toContain("ada@example.com,101");
    expectExit(await world.stack.preview("--expect-no-changes"), 0);
  });

  test("destroy says what it cannot delete", async () => {
    const ran = await world.stack.destroy("--target", "**ada-github");
    expectExit(ran, 0);
    expect(diagnostics(ran)).toContain("the API cannot delete one");
    expect(await get(world, "/v2/developers/identities")).toContain("ada-lovelace");
  });
});

withEngine("an identity that changes", () => {
  let world: World;
  const set = (key: string, value: string) => world.stack.config(`parts:${key}`, value);
  const held = () => get(world, "/v2/developers/identities");
  const same = async () => expectExit(await world.stack.preview("--expect-no-changes"), 0);
  const team = (ada: object, bob: object = {}) =>
    JSON.stringify({
      "ada.byron@example.com": { name: "Ada Lovelace", previousEmails: ["ada@example.com"], ...ada },
      "bob@example.com": { name: "Bob Babbage", manager: "ada.byron@example.com", ...bob },
    });

  beforeAll(async () => {
    world = await makeWorld({ project: join(__dirname, "programs", "parts") });
    await set("attributes", '["Team"]');
    await set("identity", "ada");
    expectExit(await world.stack.up(), 0);
  });
  afterAll(() => world?.close());

  test("another integration is a replacement; the old identity is said to stay", async () => {
    await set("integration", "102");
    const preview = await world.stack.preview();
    expectExit(preview, 0);
    expect(preview.output).toMatch(/replace/);
    const ran = await world.stack.up();
    expectExit(ran, 0);
    expect(diagnostics(ran)).toContain(
      "forgotten: the identity of ada@example.com in integration 101 stays in SEI, because the API cannot delete one",
    );
    expect(await held()).toContain("ada@example.com,101,ada");
    expect(await held()).toContain("ada@example.com,102,ada");
    await same();
  });

  test("a developer who is renamed in the same program is an update, and a refresh takes the id along", async () => {
    await set("developers", team({}));
    await set("email", "ada.byron@example.com");
    const preview = await world.stack.preview();
    expectExit(preview, 0);
    expect(preview.output).not.toMatch(/replace/);
    expectExit(await world.stack.up(), 0);
    expect(await held()).toContain("ada.byron@example.com,102,ada");
    expect(await held()).not.toContain("ada@example.com,");
    await same();
    expectExit(await world.stack.refresh(), 0);
    expect(await world.stack.exportState()).toContain('"id": "ada.byron@example.com/102"');
    await same();
  });

  test("a roster that says something else is refused in the preview, and both are named", async () => {
    await set("developers", team({ identities: { 102: "somebody" } }));
    const ran = await world.stack.preview();
    expect(ran.code).not.toBe(0);
    expect(ran.output).toContain("the identity of ada.byron@example.com in integration 102 is one in");
    expect(ran.output).toContain('DeveloperIdentity "ada-github"');
    expect(ran.output).toContain('DeveloperRoster "team"');
    expect(ran.output).not.toMatch(STACK);
    await set("developers", team({ identities: { 102: "ada" } }));
    const agreeing = await world.stack.preview();
    expectExit(agreeing, 0);
    expect(agreeing.output).toContain("as well: one is enough");
    await set("developers", team({}));
    await same();
  });

  test("an identity that somebody else holds moves when it is said from whom", async () => {
    await fetch(`${world.sei.url}/v2/developers/identities`, {
      method: "PATCH",
      headers: { "x-api-key": "simulator", "content-type": "application/json" },
      body: JSON.stringify([{ email: "bob@example.com", integrationId: 102, identity: "bobs" }]),
    });
    await set("identity", "bobs");
    world.writes();
    const refused = await world.stack.preview();
    expect(refused.code).not.toBe(0);
    expect(refused.output).toContain("held by bob@example.com, and would be taken from them");
    expect(refused.output).toContain('moveFrom: "bob@example.com"');
    expect(world.writes()).toEqual([]);
    await set("moveFrom", "bob@example.com");
    const ran = await world.stack.up();
    expectExit(ran, 0);
    expect(diagnostics(ran)).toContain("backup of what is live");
    expect(await held()).toContain("ada.byron@example.com,102,bobs");
    await same();
  });
});

withEngine("a field mapping that changes", () => {
  let world: World;
  const set = (key: string, value: string) => world.stack.config(`parts:${key}`, value);
  const same = async () => expectExit(await world.stack.preview("--expect-no-changes"), 0);

  beforeAll(async () => {
    world = await makeWorld({
      project: join(__dirname, "programs", "parts"),
      simulator: { requiredFields: ["Grade"] },
    });
    await set("attributes", '["Team", "Site", "Grade"]');
    await set("identity", "ada");
    expectExit(await world.stack.up(), 0);
  });
  afterAll(() => world?.close());

  test("a column that is left out is refused in the preview, and goes when it is named", async () => {
    await set("attributes", '["Team", "Grade"]');
    world.writes();
    const refused = await world.stack.preview();
    expect(refused.code).not.toBe(0);
    expect(refused.output).toContain("refused by mappingDrop: the values of 1 column(s) would be lost: Site");
    expect(refused.output).not.toMatch(STACK);
    expect(world.writes()).toEqual([]);
    await set("drop", '["Site"]');
    const preview = await world.stack.preview();
    expectExit(preview, 0);
    expect(diagnostics(preview)).toContain('* columns "Site" (ATTRIBUTE -> dropped)');
    expectExit(await world.stack.up(), 0);
    expect((await get(world, "/v2/developers")).split("\n")[0]).not.toContain("Site");
    await same();
  });

  test("a column under another name keeps its values, and the roster that declares it changes nobody", async () => {
    await set("attributes", '["Squad", "Grade"]');
    await set("rename", '{"Team": "Squad"}');
    await set("column", "Squad");
    const preview = await world.stack.preview();
    expectExit(preview, 0);
    expect(diagnostics(preview)).toContain('* columns "Squad" (ATTRIBUTE, was "Team")');
    expect(diagnostics(preview)).not.toMatch(/plan: .*to update/);
    world.writes();
    expectExit(await world.stack.up(), 0);
    expect(world.writes().filter((write) => write.startsWith("POST"))).toEqual(["POST /v2/developers"]);
    const csv = await get(world, "/v2/developers");
    expect(csv.split("\n")[0]).toContain("Squad");
    expect(csv).toContain("Engines");
    expect(await get(world, "/v2/developers/identities")).toContain("ada@example.com,101,ada");
    await same();
    expectExit(await world.stack.refresh("--preview-only", "--expect-no-changes"), 0);
  });

  test("a column that an org tree uses stays, and the error says so", async () => {
    await set("attributes", '["Squad"]');
    await set("drop", '["Site", "Grade"]');
    expectExit(await world.stack.preview(), 0);
    const ran = await world.stack.up();
    expect(ran.code).not.toBe(0);
    expect(ran.output).toContain('the API refuses to go without the column "Grade" (REQUIRED_FIELD_MISSING)');
    expect(ran.output).toContain("an org tree of the account filters or groups by it");
    expect(ran.output).not.toMatch(STACK);
    await set("attributes", '["Squad", "Grade"]');
    await set("drop", '["Site"]');
    await same();
  });
});

withEngine("values that are not known in a preview", () => {
  test("the preview passes without planning, the up plans", async () => {
    const world = await makeWorld({ project: join(__dirname, "programs", "unknown") });
    try {
      expectExit(await world.stack.preview(), 0);
      expect(world.writes()).toEqual([]);
      const up = await world.stack.up();
      expectExit(up, 0);
      expect(up.output).toContain("count: 1");
      expect(await get(world, "/v2/developers")).toContain("Later Lovelace");
      expectExit(await world.stack.preview("--expect-no-changes"), 0);
    } finally {
      await world.close();
    }
  });
});
