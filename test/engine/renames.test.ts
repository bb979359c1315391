import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { diagnostics, expectExit, makeWorld, type World, withEngine } from "./engine";

jest.setTimeout(180_000);

const OLD = "dennis@example.com";
const NEW = "dennis.ritchie@example.com";

withEngine("a rename", () => {
  let world: World;
  beforeAll(async () => {
    world = await makeWorld();
    expectExit(await world.stack.up(), 0);
    // An identity that nobody declares.
    const answer = await fetch(`${world.sei.url}/v2/developers/identities`, {
      method: "PATCH",
      headers: { "x-api-key": "simulator", "content-type": "application/json" },
      body: JSON.stringify([{ email: OLD, integrationId: 103, identity: "dmr" }]),
    });
    expect(answer.ok).toBe(true);
    world.writes();
  });
  afterAll(() => world?.close());

  const identitiesOf = (email: string) =>
    world.sei
      .state()
      .identities.filter((one) => one.email === email)
      .map(({ integrationId, identity }) => `${integrationId} ${identity}`);
  const reportsOf = (email: string) =>
    world.sei
      .state()
      .developers.filter(({ managerEmail }) => managerEmail === email)
      .map((one) => one.email.replace("@example.com", ""))
      .sort();
  const isLive = (email: string) => world.sei.state().developers.some((one) => one.email === email);
  /** What the journal holds: a folder for each account, a file for each apply. */
  const journal = async () => {
    const names = await readdir(join(world.stack.cache, "renames"), { recursive: true }).catch(() => []);
    return names.filter((name) => name.endsWith(".json"));
  };
  const managed = async () => {
    const { resources } = JSON.parse(await world.stack.exportState()).deployment;
    return resources.find(({ type }: { type: string }) => type.endsWith("DeveloperRoster")).outputs.managed;
  };

  test("is previewed as one, with those who follow", async () => {
    await world.edit("platform.yaml", `  ${OLD}:\n`, `  ${NEW}:\n    previousEmails: [${OLD}]\n`);
    await world.edit("platform.yaml", /manager: dennis@example\.com/g, `manager: ${NEW}`);
    const preview = await world.stack.preview();
    expectExit(preview, 0);
    const said = diagnostics(preview);
    expect(said).toContain("plan: 1 to rename, 2 to update, 3 identities to set");
    expect(said).toContain(`> ${NEW}  Dennis Ritchie, was ${OLD}, with 3 identities`);
    expect(said).toContain(`~ birgit@example.com  reports to ${NEW} (renamed)`);
    expect(said).not.toContain("leaves");
    expect(world.writes()).toEqual([]);
    expect(await journal()).toEqual([]);
  });

  test("that is interrupted is finished by the next up", async () => {
    // An account without v1: the new record is another one.
    world.sei.faults.add({ kind: "status", status: 404, match: { path: "/v1/org/users/list" } });
    world.sei.faults.add({
      kind: "status",
      status: 403,
      times: 1,
      match: { method: "DELETE", path: "/v2/developers" },
    });
    const ran = await world.stack.up();
    expect(ran.code).not.toBe(0);
    expect([isLive(OLD), isLive(NEW)]).toEqual([true, true]);
    expect(await journal()).toHaveLength(1);
    world.writes();

    const preview = await world.stack.preview();
    expect(diagnostics(preview)).toContain(`> ${NEW}  Dennis Ritchie, was ${OLD}, and the old record goes`);
    expectExit(await world.stack.up(), 0);
    expect(world.writes()).toEqual(["DELETE /v2/developers"]);
    expect(await journal()).toEqual([]);
  });

  test("keeps identities and reports, and the state manages the new address", async () => {
    expect([isLive(OLD), isLive(NEW)]).toEqual([false, true]);
    expect(identitiesOf(NEW)).toEqual(["101 dennis", "102 JIRAUSER208417", "103 dmr"]);
    expect(identitiesOf(OLD)).toEqual([]);
    expect(reportsOf(NEW)).toEqual(["birgit", "bruno"]);
    expect((await managed()).digests).toHaveLength(40 * 24);
    expect(await world.stack.exportState()).not.toContain("@example.com");
  });

  test("that is done is no change, with `previousEmails` and without", async () => {
    expectExit(await world.stack.up("--expect-no-changes"), 0);
    await world.edit("platform.yaml", `    previousEmails: [${OLD}]\n`, "");
    const ran = await world.stack.up();
    expectExit(ran, 0);
    expect(world.writes()).toEqual([]);
    expect(diagnostics(ran)).not.toContain("plan:");
    expectExit(await world.stack.preview("--expect-no-changes"), 0);
  });

  test("keeps the id where the v1 API answers", async () => {
    world.sei.faults.clear();
    const idOf = (email: string) => world.sei.state().developers.find((one) => one.email === email)?.refId;
    const before = idOf(NEW);
    const third = "dennis.m@example.com";
    await world.edit("platform.yaml", `  ${NEW}:\n`, `  ${third}:\n    previousEmails: [${NEW}]\n`);
    await world.edit("platform.yaml", new RegExp(`manager: ${NEW}`, "g"), `manager: ${third}`);
    world.writes();
    expectExit(await world.stack.up(), 0);
    expect(idOf(third)).toBe(before);
    expect(identitiesOf(third)).toEqual(["101 dennis", "102 JIRAUSER208417", "103 dmr"]);
    expect(reportsOf(third)).toEqual(["birgit", "bruno"]);
    expect(world.writes().filter((write) => !write.startsWith("PATCH /v2/developers"))).toEqual(["PUT /v1/org/users"]);
    expectExit(await world.stack.preview("--expect-no-changes"), 0);

    // And back, for the tests that follow.
    await world.edit(
      "platform.yaml",
      `  ${third}:\n    previousEmails: [${NEW}]\n`,
      `  ${NEW}:\n    previousEmails: [${third}]\n`,
    );
    await world.edit("platform.yaml", new RegExp(`manager: ${third}`, "g"), `manager: ${NEW}`);
    expectExit(await world.stack.up(), 0);
    expect(idOf(NEW)).toBe(before);
    await world.edit("platform.yaml", `    previousEmails: [${third}]\n`, "");
    expectExit(await world.stack.up(), 0);
  });

  test("without `previousEmails` is a delete and a create, and the preview says what to look at", async () => {
    await world.edit("platform.yaml", `  ${NEW}:\n`, "  dmr@example.com:\n");
    await world.edit("platform.yaml", new RegExp(`manager: ${NEW}`, "g"), "manager: dmr@example.com");
    const preview = await world.stack.preview();
    expectExit(preview, 0);
    expect(diagnostics(preview)).toContain("unless it is declared under `previousEmails`");
  });
});
