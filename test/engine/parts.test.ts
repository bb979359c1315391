import { join } from "node:path";
import { diagnostics, expectExit, makeWorld, type World, withEngine } from "./engine";

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
