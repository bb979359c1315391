import { setTimeout as sleep } from "node:timers/promises";
import fc from "fast-check";
import { applyPlan } from "../../provider/apply/apply-plan.js";
import { changesOf } from "../../provider/roster/change.js";
import type { LiveRoster } from "../../provider/roster/live-roster.js";
import { type Policy, plan, refusals } from "../../provider/roster/plan.js";
import type { GuardSettings } from "../../provider/roster/policy.js";
import { connect, type SeiClient } from "../../provider/sei/client.js";
import { startSimulator } from "../../provider/simulator/simulator.js";
import { NO_LIMITS } from "../support/people.js";
import { type ChaosProxy, startChaosProxy } from "./chaos-proxy.js";
import { MAPPING, type Story, story } from "./world.js";

/**
 * A model of everything that can go wrong between us and an account: the real client, over real HTTP, through a proxy
 * that breaks requests, spoils answers, lets somebody else write and kills us, in front of the simulator in each of its
 * dialects. `MODEL_RUNS=5000` runs more; a failure prints its seed and its shortest story.
 */
const RUNS = Number(process.env["MODEL_RUNS"] ?? 300);

const STRICT: GuardSettings = { maxDelete: 1, protect: ["p1@example.com"] };

const STRANGER = {
  email: "stranger@example.com",
  name: "Stranger",
  managerEmail: "",
  attributes: { Team: "s", Site: "" },
};

test(`${RUNS} stories: nobody is lost whom no plan showed, and a run without trouble converges`, async () => {
  const seen = { refused: 0, killed: 0, applied: 0, failed: 0, deletes: 0 };
  await fc.assert(
    fc.asyncProperty(story, (one) => play(one, seen)),
    { numRuns: RUNS },
  );
  // All of it must have been tried.
  for (const count of Object.values(seen)) expect(count).toBeGreaterThan(0);
}, 900_000);

async function play(one: Story, seen: Record<string, number>): Promise<void> {
  const server = await startSimulator({ dialect: one.dialect });
  const direct = clientOf(server.url);
  // The truth, whatever readers see yet.
  const now = () => new Set(server.state().developers.map(({ email }) => email));
  let meddling = Promise.resolve<void>(undefined);
  const proxy = await startChaosProxy({
    target: server.url,
    meddle: () => {
      meddling = direct.writer.upsert([STRANGER], MAPPING).catch(() => undefined);
      return meddling;
    },
  });
  try {
    if (one.live.length > 0) await begin(direct, one);
    await sleep(server.dialect.readDelayMs);
    for (const { mischief, killAt } of one.attempts) {
      const before = now();
      proxy.conspire(mischief, killAt ?? undefined);
      const shown = await attempt(one, proxy, seen);
      if (killAt !== null && proxy.seen() > killAt) seen["killed"] = (seen["killed"] ?? 0) + 1;
      proxy.conspire(new Map());
      // Whoever meddled may need longer than the attempt that they met.
      await meddling;
      const after = now();
      for (const email of before) {
        if (!after.has(email)) {
          seen["deletes"] = (seen["deletes"] ?? 0) + 1;
          expect([email, shown.has(email)]).toEqual([email, true]);
          if (!one.loose) expect(email).not.toBe("p1@example.com");
        }
      }
      // A night passes: readers see what was written.
      await sleep(server.dialect.readDelayMs);
      if (!one.loose) expect([...before].filter((email) => !after.has(email)).length).toBeLessThanOrEqual(1);
    }
    await converge(one, direct);
  } finally {
    await proxy.stop();
    await direct.close();
    await server.stop();
  }
}

/** The account as it is before the story, put there without trouble. */
async function begin({ writer }: SeiClient, { live, identities }: Story): Promise<void> {
  await writer.saveFieldMapping(await writer.upload(live, MAPPING), MAPPING);
  if (identities.length > 0) await writer.setIdentities(identities);
}

/** @returns the people whom the plan of this attempt would delete */
async function attempt(one: Story, proxy: ChaosProxy, seen: Record<string, number>): Promise<ReadonlySet<string>> {
  const client = clientOf(proxy.url);
  const shown = new Set<string>();
  const count = (what: string) => {
    seen[what] = (seen[what] ?? 0) + 1;
  };
  try {
    const live = await client.reader.readRoster({ identities: true });
    const policy = policyOf(one, live);
    const made = plan(one.desired, live, policy);
    if (refusals(made).length > 0) {
      count("refused");
      return shown;
    }
    for (const { email } of changesOf(made.changes, "delete")) shown.add(email);
    const outcome = await applyPlan({ ...client, plan: made, desired: one.desired, live, policy, deadlineMs: 60 });
    count(outcome.status === "applied" ? "applied" : "failed");
  } catch {
    count("failed");
  } finally {
    await client.close();
  }
  return shown;
}

/** Without trouble, one run applies what is left, and another has nothing to do. */
async function converge(one: Story, client: SeiClient): Promise<void> {
  const live = await client.reader.readRoster({ identities: true });
  const policy = policyOf(one, live);
  const made = plan(one.desired, live, policy);
  if (refusals(made).length > 0) {
    // Only limits may stand in the way, and a loose policy has none: not set up accounts are filled, nothing is doubted.
    expect(one.loose ? refusals(made).map(({ name, reason }) => `${name}: ${reason}`) : []).toEqual(
      one.desired.developers.size === 0 ? [expect.stringContaining("emptySource")] : [],
    );
    return;
  }
  const outcome = await applyPlan({ ...client, plan: made, desired: one.desired, live, policy });
  expect([outcome.status, outcome.reason]).toEqual(["applied", ""]);
  const again = plan(one.desired, await client.reader.readRoster({ identities: true }), policy);
  expect(again.changes).toEqual([]);
}

function policyOf(one: Story, live: LiveRoster): Policy {
  return {
    target: { endpoint: "http://127.0.0.1:1/sei/api", account: "" },
    prune: one.prune,
    managed: new Set([...live.developers.keys()].filter((email) => email !== STRANGER.email)),
    guards: one.loose ? NO_LIMITS : STRICT,
    strategy: one.strategy,
  };
}

function clientOf(endpoint: string): SeiClient {
  return connect({
    endpoint,
    apiKey: "simulator",
    account: "acc",
    timeoutMs: 2_000,
    rereadMs: [30, 60],
    retry: { attempts: 3, baseMs: 1, capMs: 2 },
  });
}
