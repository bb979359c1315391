import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { diagnostics, expectExit, makeWorld, STACK, type World, withEngine } from "./engine";

jest.setTimeout(180_000);

withEngine("an apply that fails on the way", () => {
  test("keeps what was done, says so without naming people in the state, and the next up finishes", async () => {
    const world = await makeWorld();
    try {
      world.sei.faults.add({
        kind: "status",
        status: 500,
        match: { method: "PATCH", path: "/v2/developers/identities" },
      });
      const failed = await world.stack.up();
      expect(failed.code).not.toBe(0);
      expect(diagnostics(failed)).toContain("46 of 126 changes done, 80 failed, 0 not tried");
      expect(failed.output).not.toMatch(STACK);
      const state = await world.stack.exportState();
      expect(state).toContain("initErrors");
      expect(state).not.toContain("@example.com");
      world.sei.faults.clear();
      world.writes();
      expectExit(await world.stack.up(), 0);
      expect(world.writes()).toEqual(["PATCH /v2/developers/identities"]);
      expectExit(await world.stack.preview("--expect-no-changes"), 0);
    } finally {
      await world.close();
    }
  });
});

withEngine("bad input", () => {
  let world: World;
  beforeAll(async () => {
    world = await makeWorld();
  });
  afterAll(() => world?.close());

  const refused = async (words: readonly (string | RegExp)[], env: Record<string, string> = {}) => {
    const ran = await world.stack.run(["preview"], env);
    expect(ran.code).not.toBe(0);
    for (const word of words) expect(diagnostics(ran)).toMatch(word);
    expect(ran.output).not.toMatch(STACK);
    expect(world.writes()).toEqual([]);
  };
  const broken = async (text: string) => {
    const file = join(world.roster, "broken.yaml");
    await writeFile(file, text);
    return () => rm(file);
  };

  test("no key", () => refused([/there is no API key: set the environment variable SEI_API_KEY/], { SEI_API_KEY: "" }));

  test("a wrong key, which is not repeated", async () => {
    await refused([/answered 401: the API does not accept the key/], { SEI_API_KEY: "w-r-o-n-g" });
    const ran = await world.stack.run(["preview"], { SEI_API_KEY: "w-r-o-n-g" });
    expect(ran.output).not.toContain("w-r-o-n-g");
  });

  test("a key that may only read is enough for a preview, and refused in the up", async () => {
    const sei = await makeWorld({
      simulator: { apiKeys: [{ key: "reader", scopes: ["developer_records:read"] }] as never },
      env: { SEI_API_KEY: "reader" },
    });
    try {
      expectExit(await sei.stack.preview(), 0);
      const ran = await sei.stack.up();
      expect(ran.code).not.toBe(0);
      expect(diagnostics(ran)).toMatch(/answered 403.*developer_records:write/s);
    } finally {
      await sei.close();
    }
  });

  test.each([
    ["invalid YAML", "version: 1\ndevelopers: {", /broken\.yaml:\d+:\d+/],
    [
      "an unknown key",
      "version: 1\ndevelopers:\n  zoe@example.com: { name: Zoe, manger: ada@example.com }\n",
      /broken\.yaml:3:\d+.*manger.*/s,
    ],
    [
      "a manager who is not on the roster",
      "version: 1\ndevelopers:\n  zoe@example.com: { name: Zoe, manager: adda@example.com }\n",
      /MANAGER_EMAIL_MISSING_IN_DEVELOPER_EMAILS[\s\S]*did you mean ada@example\.com/,
    ],
    [
      "a circle",
      "version: 1\ndevelopers:\n  yan@example.com: { name: Yan, manager: zoe@example.com }\n  zoe@example.com: { name: Zoe, manager: yan@example.com }\n",
      /CIRCULAR_REFERENCE[\s\S]*yan@example\.com -> zoe@example\.com/,
    ],
    [
      "one person twice",
      "version: 1\ndevelopers:\n  ADA@example.com: { name: Ada }\n",
      /payments\.yaml[\s\S]*DUPLICATE_EMAIL[\s\S]*broken\.yaml/,
    ],
  ])("%s: what, where and what to do", async (_name, text, words) => {
    const undo = await broken(text);
    try {
      await refused([words, /broken\.yaml:\d+:\d+/]);
    } finally {
      await undo();
    }
  });

  test("a missing file", async () => {
    await world.stack.config("roster:source", join(world.roster, "nowhere"));
    await refused([/FILE_NOT_FOUND[\s\S]*nowhere/]);
    await world.stack.config("roster:source", world.roster);
  });

  test("an endpoint where nobody listens", async () => {
    await world.stack.config("harness-sei:endpoint", "http://127.0.0.1:9/sei/api");
    await refused([/127\.0\.0\.1:9/]);
    await world.stack.config("harness-sei:endpoint", world.sei.url);
  });

  test("a key in plain text in the configuration", async () => {
    await world.stack.config("harness-sei:apiKey", "simulator", "--plaintext");
    await refused([/harness-sei:apiKey is in the configuration in plain text[\s\S]*config set --secret/]);
    await world.stack.config("harness-sei:apiKey", "simulator", "--secret");
  });

  test("a secret key in the configuration works, and is in the state only encrypted", async () => {
    const up = await world.stack.run(["up", "--yes", "--skip-preview"], { SEI_API_KEY: "" });
    expectExit(up, 0);
    world.writes();
    expect(await world.stack.exportState()).not.toContain('"simulator"');
  });

  test("another endpoint than at create", async () => {
    await world.stack.config("harness-sei:endpoint", world.sei.url.replace("/sei/api", "/gateway/sei/api"));
    await refused([/this resource was created at .*Set it back/]);
    await world.stack.config("harness-sei:endpoint", world.sei.url);
  });
});
