import { rm } from "node:fs/promises";
import { diagnostics, expectExit, makeWorld, STACK, type World, withEngine } from "./engine";

jest.setTimeout(180_000);

const byHand = (world: World, body: unknown, method = "PATCH") =>
  fetch(`${world.sei.url}/v2/developers`, {
    method,
    headers: { "x-api-key": "simulator", "content-type": "application/json" },
    body: JSON.stringify(body),
  }).then((answer) => expect(answer.ok).toBe(true));

withEngine("the life of a roster", () => {
  let world: World;
  beforeAll(async () => {
    world = await makeWorld();
  });
  afterAll(() => world?.close());

  test("a preview of a new roster names everybody and writes nothing", async () => {
    const ran = await world.stack.preview();
    expectExit(ran, 0);
    expect(diagnostics(ran)).toContain("plan: 40 to create, 80 identities to set, 6 columns to map");
    expect(diagnostics(ran)).toContain("+ ada@example.com  Ada Lovelace joins, reports to katherine@example.com");
    expect(world.writes()).toEqual([]);
  });

  test("create from nothing: upload, save, identities", async () => {
    expectExit(await world.stack.up(), 0);
    expect(world.writes()).toEqual([
      "POST /v2/developers",
      expect.stringMatching(/^PUT \/v2\/developers\/versions\/.+\/fieldMappings$/),
      "PATCH /v2/developers/identities",
    ]);
  });

  test("the state holds no person, no identity and no key", async () => {
    const state = await world.stack.exportState();
    expect(state).toContain("harness-sei:DeveloperRoster");
    for (const secret of ["@example.com", "Lovelace", "JIRAUSER", "Payments", "simulator"]) {
      expect(state).not.toContain(secret);
    }
    const { resources } = JSON.parse(state).deployment;
    const { inputs, outputs } = resources.find(({ type }: { type: string }) => type.endsWith("DeveloperRoster"));
    expect(inputs).toMatchObject({ developerCount: 40, prune: "managed", forceDestroy: false });
    expect(outputs.managed.digests).toHaveLength(40 * 24);
    expect(outputs.__provider.length).toBeLessThan(263);
  });

  test("no change: nothing is written, and CI may expect that", async () => {
    const ran = await world.stack.up("--expect-no-changes");
    expectExit(ran, 0);
    expect(ran.output).toContain('plan      : "40 to create, 80 identities to set, 6 columns to map"');
    expect(world.writes()).toEqual([]);
  });

  test("one joins, one leaves, one gets a new manager: previewed by name, then done", async () => {
    await world.edit("payments.yaml", / {2}annie@example\.com:\n( {4}.+\n)+/, "");
    await world.edit(
      "payments.yaml",
      "betty@example.com:\n    name: Betty Holberton\n    manager: ada@",
      "betty@example.com:\n    name: Betty Holberton\n    manager: dorothy@",
    );
    await world.edit(
      "payments.yaml",
      "developers:\n",
      "developers:\n  nia@example.com: { name: Nia Okafor, manager: ada@example.com }\n",
    );
    const preview = await world.stack.preview();
    expectExit(preview, 0);
    expect(diagnostics(preview)).toContain("plan: 1 to create, 1 to update, 1 to delete");
    expect(diagnostics(preview)).toContain("+ nia@example.com  Nia Okafor joins, reports to ada@example.com");
    expect(diagnostics(preview)).toContain(
      '~ betty@example.com  Manager Email: "ada@example.com" -> "dorothy@example.com"',
    );
    expect(diagnostics(preview)).toContain("- annie@example.com  Annie Easley leaves");
    expect(world.writes()).toEqual([]);
    const up = await world.stack.up();
    expectExit(up, 0);
    // The preview has shown it.
    expect(diagnostics(up)).toContain("plan: 1 to create, 1 to update, 1 to delete, as previewed");
    expect(diagnostics(up)).not.toContain("+ nia@example.com");
    // One record goes alone first, and is read back; then the rest.
    expect(world.writes()).toEqual(["PATCH /v2/developers", "PATCH /v2/developers", "DELETE /v2/developers"]);
    expectExit(await world.stack.preview("--expect-no-changes"), 0);
  });

  test("drift is found by preview and by refresh, by name, with exit code 7; refresh and up converge", async () => {
    await byHand(world, [{ Email: "ada@example.com", Role: "Contractor" }]);
    await byHand(world, { emails: ["nia@example.com"] }, "DELETE");
    await byHand(world, [{ Name: "Not Ours", Email: "not.ours@example.com" }]);
    const preview = await world.stack.preview("--expect-no-changes");
    expectExit(preview, 7);
    expect(diagnostics(preview)).toContain('~ ada@example.com  Role: "Contractor" -> "Staff Engineer"');
    expect(diagnostics(preview)).toContain("+ nia@example.com  Nia Okafor joins");
    expect(diagnostics(preview)).toContain("kept, live but not declared here: 1: not.ours@example.com");

    const refresh = await world.stack.refresh("--preview-only", "--expect-no-changes");
    expectExit(refresh, 7);
    expect(diagnostics(refresh)).toContain("live differs from the last apply: 1 to create, 1 to update");
    expect(diagnostics(refresh)).toContain('~ ada@example.com  Role: "Contractor" -> "Staff Engineer"');

    expectExit(await world.stack.refresh(), 0);
    world.writes();
    const up = await world.stack.run(["up", "--yes"]);
    expectExit(up, 0);
    // Shown by its preview, as it runs and in the diagnostics, and not once more by the update.
    const [before, update] = up.output.split("\nUpdating (");
    const line = '~ ada@example.com  Role: "Contractor" -> "Staff Engineer"';
    expect([before?.includes(line), update?.includes(line)]).toEqual([true, false]);
    expect(update).toContain("plan: 1 to create, 1 to update, as previewed");
    expect(world.writes()).toEqual(["PATCH /v2/developers", "PATCH /v2/developers"]);
    expectExit(await world.stack.refresh("--preview-only", "--expect-no-changes"), 0);
    expectExit(await world.stack.preview("--expect-no-changes"), 0);
  });

  test("refresh on another machine (no cache folder): changes are named, the gone are counted", async () => {
    await byHand(world, [{ Email: "ada@example.com", Role: "Contractor" }]);
    await byHand(world, { emails: ["jim@example.com"] }, "DELETE");
    await rm(world.stack.cache, { recursive: true, force: true });
    const ran = await world.stack.refresh("--preview-only", "--expect-no-changes");
    expectExit(ran, 7);
    expect(diagnostics(ran)).toContain("live differs from the last apply: 1 changed, 1 gone");
    expect(diagnostics(ran)).toContain("~ ada@example.com  is not as it was applied");
    expect(diagnostics(ran)).toContain("+ 1 developer(s) who were applied are gone");
    expect(await world.stack.exportState()).not.toContain("@example.com");
    expectExit(await world.stack.up(), 0);
  });

  test("a short source is refused, in the preview and in the up, and nothing is written", async () => {
    await rm(`${world.roster}/insights.yaml`);
    await world.edit("leadership.yaml", / {2}beatriz@example\.com:\n( {4}.+\n?)+/, "");
    world.writes();
    for (const ran of [await world.stack.preview(), await world.stack.up()]) {
      expect(ran.code).not.toBe(0);
      expect(diagnostics(ran)).toMatch(
        /refused by maxDelete: 13 developers would be deleted; guards\.maxDelete allows 4 of 40/,
      );
      expect(diagnostics(ran)).toContain("raise guards.maxDelete to at least 13");
      expect(ran.output).not.toMatch(STACK);
    }
    expect(world.writes()).toEqual([]);
  });

  test("destroy is refused, without a stack, and says how to allow it", async () => {
    const ran = await world.stack.destroy();
    expect(ran.code).not.toBe(0);
    expect(diagnostics(ran)).toContain(
      "Set `forceDestroy: true` on the DeveloperRoster, run `pulumi up`, and destroy again",
    );
    expect(ran.output).not.toMatch(STACK);
    expect(world.writes()).toEqual([]);
  });

  test("destroy with forceDestroy applied, on another machine: managed people go, others stay", async () => {
    const fresh = await makeWorld();
    try {
      await fresh.stack.config("roster:forceDestroy", "true");
      await fresh.edit("company.yaml", "  protect: [grace@example.com]\n", "");
      expectExit(await fresh.stack.up(), 0);
      await byHand(fresh, [{ Name: "Not Ours", Email: "not.ours@example.com" }]);
      await rm(fresh.stack.cache, { recursive: true, force: true });
      const ran = await fresh.stack.destroy();
      expectExit(ran, 0);
      expect(diagnostics(ran)).toContain("destroyed: 40 to delete; the field mapping stays");
      const left = await fetch(`${fresh.sei.url}/v2/developers`, {
        headers: { "x-api-key": "simulator", accept: "text/csv" },
      });
      expect((await left.text()).match(/@example\.com/g)).toHaveLength(1);
    } finally {
      await fresh.close();
    }
  });
});
