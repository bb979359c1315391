import { isDeepStrictEqual } from "node:util";
import type { Developer } from "../../provider/roster/developer.js";
import type { FieldMapping } from "../../provider/roster/field-mapping.js";
import type { LiveRoster } from "../../provider/roster/live-roster.js";
import { connect, type Generation, type SeiClient } from "../../provider/sei/client.js";
import { SeiError, ValidationError } from "../../provider/sei/errors.js";

/** A server to run the contract against: nobody in it, and not set up. */
export interface ServerUnderTest {
  readonly url: string;
  readonly apiKey: string;
  close(): Promise<void>;
}

/** What a server does that no client can make equal. */
export interface Peculiarities {
  /** Approving a reupload keeps who is not in it. */
  readonly reuploadMerges?: boolean;
  /** A second identity in one integration stands beside the first. */
  readonly identitiesAppend?: boolean;
  /** Before the setup every answer is a 404, as of a path that is no endpoint: a wrong endpoint looks the same. */
  readonly looksWrong?: boolean;
  /** Nothing reads identities here: only the v1 API could, and it speaks of others, or is not there. */
  readonly identitiesUnseen?: boolean;
  /** No upsert clears a value. */
  readonly neverClears?: boolean;
  /** What approving a review does that is stale. Left out: nobody knows. */
  readonly staleApprove?: "conflict" | "lastWriteWins";
  /** The columns to use: some servers refuse an upload whose columns they cannot guess. */
  readonly mapping?: FieldMapping;
  /** How the account is spoken to. Default: v2. */
  readonly generation?: Generation;
}

const UNUSUAL: FieldMapping = {
  name: "Employee",
  email: "Work Mail",
  managerEmail: "Reports To",
  attributes: ["Team", "Site"],
};

const person = (email: string, name: string, managerEmail = "", Team = "", Site = ""): Developer => ({
  email,
  name,
  managerEmail,
  attributes: { Team, Site },
});
const GRACE = person("grace@x.io", "Grace Hopper", "", "Payments", "Berlin");
const ADA = person("ada@x.io", 'Ada "the first", Lovelace', "grace@x.io", "Payments");
const BOB = person("bob@x.io", "Bób Über", "ada@x.io", "", "Köln");
const NIA = person("p0@x.io", "Person 0", "grace@x.io", "T0");
/** A few levels deep, managers first, and with a value that spreadsheets take for a formula. */
const CROWD = [0, 1, 2].flatMap((level) =>
  Array.from({ length: 230 }, (_, at) => at)
    .filter((at) => (at % 10 === 0 ? 0 : at % 10 < 6 ? 1 : 2) === level)
    .map((at) => {
      const manager = level === 0 ? "grace@x.io" : `p${level === 1 ? at - (at % 10) : at - (at % 5)}@x.io`;
      return person(`p${at}@x.io`, `Person ${at}`, manager, `=T${at % 7}`);
    }),
);
/** Who is there most of the time. */
const THREE = [GRACE, ADA, { ...BOB, name: "Bob" }];

/** One step of the life of an account, after those before it. */
export interface ContractStep {
  readonly name: string;
  readonly run: () => Promise<void>;
}

/** The steps of one life, and its end. */
export interface Contract {
  readonly steps: readonly ContractStep[];
  close(): Promise<void>;
}

/**
 * The whole life of an account, through the client alone. Every step is followed by a read that must be proven complete
 * and equal what was sent, so a server of any dialect either passes or shows where the client misunderstands it.
 */
export function describeContract(
  name: string,
  start: () => Promise<ServerUnderTest>,
  peculiarities: Peculiarities = {},
): void {
  describe(`contract: ${name}`, () => {
    let contract: Contract;

    beforeAll(async () => {
      contract = openContract(await start(), peculiarities);
    });

    afterAll(() => contract.close());

    test.each(STEP_NAMES)("%s", (step) => contract.steps.find((one) => one.name === step)?.run());
  });
}

/** Connects to a server with nobody in it, for the life that {@link describeContract} describes. */
export function openContract(server: ServerUnderTest, peculiarities: Peculiarities = {}): Contract {
  const MAPPING = peculiarities.mapping ?? UNUSUAL;
  const client = reconnect();

  function reconnect(): SeiClient {
    return connect({
      endpoint: server.url,
      apiKey: server.apiKey,
      account: "acc-1",
      generation: peculiarities.generation,
      rereadMs: [30, 100, 300],
      retry: { baseMs: 5 },
    });
  }

  async function read(): Promise<LiveRoster> {
    return client.reader.readRoster({ identities: true });
  }

  async function expectLive(expected: readonly Developer[]): Promise<void> {
    let live = await read();
    // Some servers' reads lag behind their writes, all in the same way: whoever applies a plan reads again too.
    for (let tries = 0; tries < 5 && !sameAs(live, expected); tries += 1) {
      await new Promise((resolve) => setTimeout(resolve, 15));
      live = await read();
    }
    expect(byEmail([...live.developers.values()])).toEqual(byEmail(expected));
    expect(live.mapping).toEqual({ ...MAPPING, attributes: expect.arrayContaining([...MAPPING.attributes]) });
    expect(live.mapping?.attributes).toHaveLength(MAPPING.attributes.length);
    expect(live.completeness).toEqual({ proven: true, count: expected.length });
  }

  const run: Readonly<Record<(typeof STEP_NAMES)[number], () => Promise<void>>> = {
    async "an account that is not set up says so"() {
      const proven = { proven: true, count: 0 };
      const completeness = peculiarities.looksWrong === true ? { proven: false, everythingMissing: true } : proven;
      expect(await read()).toMatchObject({ mapping: null, identities: [], completeness });
    },

    async "upload and save set it up"() {
      const draft = await client.writer.upload([GRACE, ADA], MAPPING);
      await client.writer.saveFieldMapping(draft, MAPPING);
      await expectLive([GRACE, ADA]);
    },

    async "upsert adds, changes, clears and moves"() {
      const blank = peculiarities.neverClears === true ? "Payments" : "";
      const boss = peculiarities.neverClears === true ? "grace@x.io" : "";
      const ada = person("ada@x.io", "Ada King", boss, "Billing");
      const above = peculiarities.neverClears === true ? "" : "ada@x.io";
      const grace = { ...GRACE, managerEmail: above, attributes: { Team: blank, Site: "Berlin" } };
      await client.writer.upsert([ada, grace, BOB], MAPPING);
      await expectLive([ada, grace, BOB]);
      if (peculiarities.neverClears === true) await client.writer.upsert([ADA], MAPPING);
      else await client.writer.upsert([GRACE, ADA], MAPPING);
      await expectLive([GRACE, ADA, BOB]);
    },

    async "a fresh connection upserts without a read before"() {
      const fresh = reconnect();
      await fresh.writer.upsert([{ ...BOB, name: "Bob" }], MAPPING);
      await fresh.close();
      await expectLive(THREE);
    },

    async "more than a page, managers and reports at once"() {
      await client.writer.upsert(CROWD, MAPPING);
      await expectLive([...THREE, ...CROWD]);
    },

    async delete() {
      await client.writer.deleteDevelopers(CROWD.map(({ email }) => email).reverse());
      await expectLive(THREE);
    },

    async "what the API must refuse is a validation error, and changes nothing"() {
      const orphan = { ...ADA, managerEmail: "nobody@x.io" };
      await expect(client.writer.upsert([orphan], MAPPING)).rejects.toThrow(ValidationError);
      await expectLive(THREE);
    },

    async "reupload shows, approve does"() {
      const review = await client.writer.reupload([GRACE, { ...ADA, name: "Ada" }, NIA], MAPPING);
      expect([null, 1]).toContain(review.added);
      const gone = peculiarities.reuploadMerges === true ? 0 : 1;
      expect([null, gone]).toContain(review.removed);
      expect([null, ["bob@x.io"].slice(0, gone)]).toContainEqual(review.removedEmails);
      await expectLive(THREE);
      await client.writer.approve(review);
      const stays = peculiarities.reuploadMerges === true ? [{ ...BOB, name: "Bob" }] : [];
      await expectLive([GRACE, { ...ADA, name: "Ada" }, NIA, ...stays]);
    },

    async "what was there before is put back"() {
      await client.writer.upsert([ADA, { ...BOB, name: "Bob" }], MAPPING);
      await client.writer.deleteDevelopers([NIA.email]);
      await expectLive(THREE);
    },

    async "a review that is stale by now"() {
      const review = await client.writer.reupload([GRACE, ADA, { ...BOB, name: "Bob" }], MAPPING);
      await client.writer.upsert([NIA], MAPPING);
      const approved = client.writer.approve(review);
      const { staleApprove } = peculiarities;
      if (staleApprove === undefined) await approved.catch(() => undefined);
      else if (staleApprove === "conflict") await expect(approved).rejects.toThrow(SeiError);
      else await approved;
      const isGone = staleApprove === "lastWriteWins" && peculiarities.reuploadMerges !== true;
      if (staleApprove !== undefined) await expectLive(isGone ? THREE : [...THREE, NIA]);
      if (!isGone) await client.writer.deleteDevelopers([NIA.email]).catch(() => undefined);
      await expectLive(THREE);
    },

    async "identities are set and moved"() {
      const first = [
        { email: "ada@x.io", integrationId: 101, identity: "ada" },
        { email: "ada@x.io", integrationId: 102, identity: "081de7ae-0631" },
        { email: "grace@x.io", integrationId: 101, identity: "grace h" },
      ];
      await client.writer.setIdentities(first.map(typed));
      if (peculiarities.identitiesUnseen === true) {
        const { identities, identityCompleteness } = await read();
        // Nobody is said to have none.
        return expect([identities, identityCompleteness?.proven]).toEqual([[], false]);
      }
      await eventually(async () => expect(sorted((await read()).identities)).toEqual(sorted(first)));
      const moved = { email: "ada@x.io", integrationId: 101, identity: "ada-l" };
      await client.writer.setIdentities([typed(moved)]);
      const kept = peculiarities.identitiesAppend === true ? first.slice(0, 2) : first.slice(1, 2);
      await eventually(async () =>
        expect(sorted(await client.reader.readIdentities(["ada@x.io"]))).toEqual(sorted([moved, ...kept])),
      );
      await eventually(async () =>
        expect(sorted(await client.reader.readIdentities(["bob@x.io", "grace@x.io"]))).toEqual(sorted(first.slice(2))),
      );
    },
  };

  return {
    steps: STEP_NAMES.map((name) => ({ name, run: run[name] })),
    async close() {
      await client.close();
      await server.close();
    },
  };
}

const STEP_NAMES = [
  "an account that is not set up says so",
  "upload and save set it up",
  "upsert adds, changes, clears and moves",
  "a fresh connection upserts without a read before",
  "more than a page, managers and reports at once",
  "delete",
  "what the API must refuse is a validation error, and changes nothing",
  "reupload shows, approve does",
  "what was there before is put back",
  "a review that is stale by now",
  "identities are set and moved",
] as const;

/** The previous generation needs the kind of tool, and the current one ignores it. */
function typed<One extends { readonly integrationId: number }>(one: One): One & { readonly applicationType: string } {
  return { ...one, applicationType: one.integrationId === 101 ? "GITHUB" : "JIRA" };
}

/** A few tries, for servers whose reads lag. */
async function eventually(check: () => Promise<void>): Promise<void> {
  for (let tries = 0; tries < 5; tries += 1) {
    try {
      return await check();
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
  await check();
}

function sameAs(live: LiveRoster, expected: readonly Developer[]): boolean {
  return isDeepStrictEqual(byEmail([...live.developers.values()]), byEmail(expected));
}

function byEmail(developers: readonly Developer[]): unknown {
  return Object.fromEntries(developers.map((one) => [one.email, { ...one, attributes: { ...one.attributes } }]));
}

function sorted(values: unknown): unknown {
  return Array.isArray(values) ? values.map((one) => JSON.stringify(one)).sort() : values;
}
