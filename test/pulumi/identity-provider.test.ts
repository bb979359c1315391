import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { dynamic } from "@pulumi/pulumi";
import { UNKNOWN } from "../../provider/pulumi/unknown";
import { at } from "../support/people";
import { providerWorld } from "./provider-world";

// The provider as the host of dynamic providers calls it, against a simulator, without the engine.
const provider: Required<dynamic.ResourceProvider> = require("../../provider/pulumi/identity-provider");

const PEOPLE = ["ada", "bob", "eve", "grace"];
const SEED = ["Name,Email,Manager Email", ...PEOPLE.map((login) => `${login.toUpperCase()},${at(login)},`), ""].join(
  "\n",
);

const world = providerWorld(provider, SEED);
const { start, configure, hold, backups } = world;

async function rename(login: string, to: string): Promise<void> {
  const headers = { "x-api-key": "simulator", "content-type": "application/json" };
  const body = JSON.stringify([{ Name: to.toUpperCase(), Email: at(to) }]);
  await fetch(`${world.sei.url}/v2/developers`, { method: "PATCH", headers, body });
  const gone = JSON.stringify({ emails: [at(login)] });
  await fetch(`${world.sei.url}/v2/developers`, { method: "DELETE", headers, body: gone });
}

const wanted = (login: string, identity: string, more: object = {}) => ({
  email: at(login),
  integrationId: 101,
  identity,
  ...more,
});
const held = () =>
  world.sei
    .state()
    .identities.map(({ email, integrationId, identity }) => `${email} ${integrationId} ${identity}`)
    .sort();
const writes = () => world.sei.requests().filter(({ method }) => method !== "GET");
const reasons = ({ failures = [] }: dynamic.CheckResult) =>
  failures.map(({ property, reason }) => `${property}: ${reason}`);

describe("life of an identity", () => {
  test("created, unchanged, another one is an update, and forgotten at the end", async () => {
    await start();
    const first = wanted("ada", "ada");
    const { inputs } = await provider.check({}, { ...first, email: " Ada@Example.com ", identity: " ada " });
    expect(inputs).toEqual(first);
    const { id, outs } = await provider.create(inputs);
    expect(id).toBe("ada@example.com/101");
    expect(await provider.diff(id, outs, first)).toEqual({ changes: false });
    const second = wanted("ada", "ada-lovelace");
    expect(await provider.diff(id, outs, second)).toEqual({ changes: true });
    const updated = await provider.update(id, outs, second);
    expect(held()).toEqual(["ada@example.com 101 ada-lovelace"]);
    expect(await provider.diff(id, { ...updated.outs }, second)).toEqual({ changes: false });
    world.sei.resetRequests();
    await provider.delete(id, { ...updated.outs });
    expect(world.sei.requests()).toEqual([]);
    expect(world.said.at(-1)).toBe(
      "forgotten: the identity of ada@example.com in integration 101 stays in SEI, because the API cannot delete one",
    );
  });

  test("another integration is a replacement, and both identities are there afterwards", async () => {
    await start();
    const { id, outs } = await provider.create(wanted("ada", "ada"));
    const there = wanted("ada", "ada", { integrationId: 102 });
    expect(await provider.diff(id, outs, there)).toEqual({ changes: true, replaces: ["integrationId"] });
    expect(await provider.create(there)).toMatchObject({ id: "ada@example.com/102" });
    expect(held()).toEqual(["ada@example.com 101 ada", "ada@example.com 102 ada"]);
  });

  test("a change of moveFrom alone changes nothing", async () => {
    await start();
    const { id, outs } = await provider.create(wanted("ada", "ada"));
    expect(await provider.diff(id, outs, wanted("ada", "ada", { moveFrom: at("bob") }))).toEqual({ changes: false });
  });

  test("drift is found without a refresh, and by one", async () => {
    await start();
    const { id, outs } = await provider.create(wanted("ada", "ada"));
    await hold("ada", "somebody");
    expect(await provider.diff(id, outs, wanted("ada", "ada"))).toEqual({ changes: true });
    const read = await provider.read(id, outs);
    expect(read).toMatchObject({ id, props: { identity: "somebody" }, inputs: { identity: "somebody" } });
  });
});

test("a refresh shows what somebody else took, and does not fail; the preview after it does", async () => {
  await start();
  const { id, outs } = await provider.create(wanted("ada", "ada"));
  await hold("ada", "other");
  await hold("bob", "ada");
  const { props = {} } = await provider.read(id, outs);
  expect(props).toMatchObject({ identity: "other" });
  // As the engine asks after a refresh: from what was read to the inputs of before.
  expect(await provider.diff(id, props, wanted("ada", "ada"))).toEqual({ changes: true });
  await expect(provider.diff(id, props, wanted("ada", "ada"))).rejects.toThrow("held by bob@example.com");
});

describe("another email", () => {
  test("of somebody who was renamed is an update: the new record gets the identity", async () => {
    await start();
    const { id, outs } = await provider.create(wanted("ada", "ada"));
    await rename("ada", "ada.byron");
    const news = wanted("ada.byron", "ada");
    expect(await provider.diff(id, outs, news)).toEqual({ changes: true });
    const updated = await provider.update(id, outs, news);
    expect(held()).toEqual(["ada.byron@example.com 101 ada"]);
    expect(await provider.diff(id, { ...updated.outs }, news)).toEqual({ changes: false });
    // A refresh takes the id along.
    expect(await provider.read(id, { ...updated.outs })).toMatchObject({ id: "ada.byron@example.com/101" });
  });

  test("whose new record has the identity already is no write", async () => {
    await start();
    const { id, outs } = await provider.create(wanted("ada", "ada"));
    await rename("ada", "ada.byron");
    await hold("ada.byron", "ada");
    world.sei.resetRequests();
    const news = wanted("ada.byron", "ada");
    expect(await provider.diff(id, outs, news)).toEqual({ changes: true });
    expect((await provider.update(id, outs, news)).outs).toMatchObject(news);
    expect(writes()).toEqual([]);
  });

  test("may be planned before the rename is done: the old record holds the identity still", async () => {
    await start();
    const { id, outs } = await provider.create(wanted("ada", "ada"));
    expect(await provider.diff(id, outs, wanted("ada.byron", "ada"))).toEqual({ changes: true });
  });

  test("of somebody else moves what was this resource's own", async () => {
    await start();
    const { id, outs } = await provider.create(wanted("ada", "shared"));
    expect(await provider.diff(id, outs, wanted("bob", "shared"))).toEqual({ changes: true });
    await provider.update(id, outs, wanted("bob", "shared"));
    expect(held()).toEqual(["bob@example.com 101 shared"]);
  });
});

describe("an identity that somebody else holds", () => {
  test("is refused in a preview and in an update, and nothing is sent", async () => {
    await start();
    await hold("bob", "ada");
    world.sei.resetRequests();
    const reason = /held by bob@example\.com, and would be taken from them.*moveFrom: "bob@example\.com"/;
    expect(reasons(await provider.check({}, wanted("ada", "ada")))).toEqual([expect.stringMatching(reason)]);
    await expect(provider.create(wanted("ada", "ada"))).rejects.toThrow(reason);
    expect(writes()).toEqual([]);
    const { id, outs } = await provider.create(wanted("ada", "mine"));
    await expect(provider.diff(id, outs, wanted("ada", "ada"))).rejects.toThrow(reason);
    expect(held()).toEqual(["ada@example.com 101 mine", "bob@example.com 101 ada"]);
  });

  test("moves when moveFrom names them, and only them", async () => {
    await start();
    await hold("bob", "ada");
    const wrong = wanted("ada", "ada", { moveFrom: at("eve") });
    expect(reasons(await provider.check({}, wrong))[0]).toContain(
      "held by bob@example.com, which is not whom `moveFrom`",
    );
    const right = wanted("ada", "ada", { moveFrom: " BOB@example.com" });
    const { inputs, failures } = await provider.check({}, right);
    expect(failures).toEqual([]);
    const { id, outs } = await provider.create(inputs);
    expect(held()).toEqual(["ada@example.com 101 ada"]);
    expect(await provider.diff(id, outs, inputs)).toEqual({ changes: false });
  });

  test.each([
    ["masked", /held by b\*\*\*@example\.com.*`moveFrom` takes their email/],
    ["none", /held by another developer.*`moveFrom` takes their email/],
  ])("is said with people: %s", async (people, reason) => {
    await start({}, { "harness-sei:people": people });
    await hold("bob", "ada");
    const [failure] = reasons(await provider.check({}, wanted("ada", "ada")));
    expect(failure).toMatch(reason);
    expect(failure).not.toContain("bob@");
    const error = await provider.create(wanted("ada", "ada")).catch((thrown: Error) => thrown);
    expect((error as Error).message).toMatch(reason);
    expect(world.said.join("\n")).not.toMatch(/(ada|bob)@/);
  });

  test("is known only to a read that is not old: what another resource moved meanwhile counts", async () => {
    await start();
    await hold("bob", "ada");
    for (let time = 0; time < 8; time += 1) await provider.check({}, wanted("eve", "eve"));
    await hold("bob", "bob");
    expect(reasons(await provider.check({}, wanted("ada", "ada")))).toEqual([]);
    await provider.create(wanted("ada", "ada"));
  });

  test("and that the API does not let go of is explained", async () => {
    await start({ dialect: { claimedIdentity: "conflict" } });
    await hold("bob", "ada");
    await expect(provider.create(wanted("ada", "ada", { moveFrom: at("bob") }))).rejects.toThrow(
      /somebody else holds this identity.*give them another one first/,
    );
  });
});

describe("nobody of this address", () => {
  test("is refused before anything is sent, with what to do", async () => {
    await start();
    const news = wanted("nobody", "nobody");
    // A roster of the same program may create them, so a preview cannot know.
    expect(reasons(await provider.check({}, news))).toEqual([]);
    await expect(provider.create(news)).rejects.toThrow(
      /nothing was sent: nobody@example\.com is not on the live roster\. Use `dependsOn`/,
    );
    expect(writes()).toEqual([]);
  }, 20_000);

  test("an account that was never set up has nobody, who is not named with people: none", async () => {
    await start({ seed: undefined as never }, { "harness-sei:people": "none" });
    const words = "nothing was sent: the developer is not on the live roster";
    await expect(provider.create(wanted("ada", "ada"))).rejects.toThrow(words);
  }, 20_000);
});

test("a backup of what is live is written before, once for many", async () => {
  await start();
  await hold("ada", "before");
  await hold("bob", "bobs");
  for (const login of ["ada", "bob", "eve", "grace"]) {
    const moveFrom = login === "grace" ? { moveFrom: at("ada") } : {};
    await provider.create(wanted(login, login === "grace" ? "ada-new" : `${login}-new`, moveFrom));
  }
  const made = backups();
  expect(made).toHaveLength(1);
  expect(made[0].identities).toEqual([wanted("ada", "before"), wanted("bob", "bobs")]);
  expect(made[0].developers).toHaveLength(4);
  expect(world.said.filter((line) => line.startsWith("backup of what is live"))).toHaveLength(1);
});

test("many are set on one read of the account", async () => {
  await start();
  for (let integrationId = 1; integrationId <= 6; integrationId += 1) {
    await provider.create(wanted("ada", "ada", { integrationId }));
  }
  world.sei.resetRequests();
  await provider.create(wanted("bob", "bob"));
  expect(world.sei.requests().some(({ path }) => path === "/v2/developers")).toBe(false);
  expect(world.sei.requests().length).toBeLessThan(8);
});

test("only a plan that was reviewed is applied; its checksum is the same in every run", async () => {
  await start({}, { "harness-sei:approvedPlan": "0123456789abcdef" });
  const said = await provider.create(wanted("ada", "ada")).catch((error: Error) => error.message);
  const checksum = /the plan now is ([0-9a-f]{64})/.exec(String(said))?.[1] ?? "";
  expect(writes()).toEqual([]);
  await configure({ "harness-sei:approvedPlan": checksum.slice(0, 16) });
  await provider.create(wanted("ada", "ada"));
  expect(held()).toEqual(["ada@example.com 101 ada"]);
});

describe("read by the id alone", () => {
  test("gives what is live, as state and as inputs", async () => {
    await start();
    await hold("ada", "ada");
    const read = await provider.read("Ada@example.com/101", {});
    expect(read).toEqual({
      id: "ada@example.com/101",
      props: { ...wanted("ada", "ada"), endpoint: world.sei.url, account: "" },
      inputs: wanted("ada", "ada"),
    });
    expect(await provider.diff(read.id ?? "", read.props ?? {}, read.inputs ?? {})).toEqual({ changes: false });
  });

  test("of nobody's identity is gone, and of no id is an error", async () => {
    await start();
    expect(await provider.read("ada@example.com/101", {})).toEqual({});
    await expect(provider.read("ada", {})).rejects.toThrow(
      '"ada" is no id of a DeveloperIdentity: it is EMAIL/INTEGRATION',
    );
    await expect(provider.read("ada@example.com/0", {})).rejects.toThrow("is no id");
    await configure({ "harness-sei:people": "none" });
    await expect(provider.read("ada@example.com", {})).rejects.toThrow("this is no id");
  });
});

describe("inputs", () => {
  test("what cannot be meant is said, each thing once", async () => {
    await start();
    const wrong = { email: "ada", integrationId: 0.5, identity: " ", moveFrom: "bob", applicationType: "" };
    expect(reasons(await provider.check({}, wrong)).map((reason) => reason.split(":")[0])).toEqual([
      "email",
      "integrationId",
      "identity",
      "applicationType",
      "moveFrom",
    ]);
  });

  test("what the program found is said too, and an unknown one is nothing", async () => {
    await start();
    const clash = await provider.check({}, wanted("ada", "ada", { problem: "two resources" }));
    expect(reasons(clash)).toEqual([": two resources"]);
    expect(clash.inputs).toEqual(wanted("ada", "ada"));
    expect(reasons(await provider.check({}, wanted("ada", "ada", { problem: UNKNOWN })))).toEqual([]);
  });

  test.each(["email", "integrationId", "identity", "moveFrom"])(
    "an unknown %s is no error, and a change",
    async (key) => {
      await start();
      await hold("bob", "ada");
      const { id, outs } = await provider.create(wanted("ada", "mine"));
      world.sei.resetRequests();
      const news = wanted("ada", "ada", { moveFrom: at("bob"), [key]: UNKNOWN });
      const { inputs, failures } = await provider.check({}, news);
      expect([failures, inputs]).toEqual([[], news]);
      expect(await provider.diff(id, outs, news)).toEqual({ changes: true });
      expect(world.sei.requests()).toEqual([]);
    },
  );

  test("a resource of another account is left alone", async () => {
    await start();
    const { id, outs } = await provider.create(wanted("ada", "ada"));
    const elsewhere = { ...outs, endpoint: "https://elsewhere.example.com" };
    await expect(provider.diff(id, elsewhere, wanted("ada", "other"))).rejects.toThrow("this resource was created at");
    await expect(provider.update(id, elsewhere, wanted("ada", "other"))).rejects.toThrow("was created at");
  });
});

test("a refusal of the API is said, without its words where nobody may be named", async () => {
  await start({ integrations: [{ id: 101 }] });
  const unknown = wanted("ada", "ada", { integrationId: 102 });
  await expect(provider.create(unknown)).rejects.toThrow(/the API refuses the identity: .*The API said: /);
  await configure({ "harness-sei:people": "none" });
  const error = (await provider.create(unknown).catch((thrown: Error) => thrown)) as Error;
  expect(error.message).toMatch(
    /^the API refuses the identity: \w+Error at PATCH \/v2\/developers\/identities, status 4\d\d$/,
  );
});

test("of a large account only who matters is read, and kept in the backup", async () => {
  const many = Array.from({ length: 400 }, (_, n) => `P${n},p${n}@example.com,${n === 0 ? "" : at("p0")},Engines`);
  writeFileSync(join(world.folder, "seed.csv"), ["Name,Email,Manager Email,Team", ...many, ""].join("\n"));
  await start();
  for (let at = 0; at < 60; at += 1) await hold(`p${at}`, `login-${at}`);
  await hold("p300", "moves");
  world.sei.resetRequests();
  await provider.create(wanted("p200", "moves", { moveFrom: at("p300") }));
  expect(world.sei.requests().length).toBeLessThan(40);
  expect(world.sei.requests().filter(({ path }) => path.endsWith("/developers")).length).toBeLessThan(10);
  expect(held()).toContain("p200@example.com 101 moves");
  const [backup] = backups();
  expect(backup.people).toEqual([at("p200"), at("p300")]);
  expect(backup.identities).toContainEqual(wanted("p300", "moves"));
});
