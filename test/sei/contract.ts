import { isDeepStrictEqual } from "node:util";
import type { Developer } from "../../provider/roster/developer.js";
import type { FieldMapping } from "../../provider/roster/field-mapping.js";
import type { LiveRoster } from "../../provider/roster/live-roster.js";
import { connect, type SeiClient } from "../../provider/sei/client.js";
import { ValidationError } from "../../provider/sei/errors.js";

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
  /** The columns to use: some servers refuse an upload whose columns they cannot guess. */
  readonly mapping?: FieldMapping;
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
const CROWD = Array.from({ length: 230 }, (_, at) => person(`p${at}@x.io`, `Person ${at}`, "grace@x.io", `T${at % 7}`));

/**
 * The whole life of an account, through the client alone. Every step is followed by a read that must be proven complete
 * and equal what was sent, so a server of any dialect either passes or shows where the client misunderstands it.
 */
export function describeContract(
  name: string,
  start: () => Promise<ServerUnderTest>,
  peculiarities: Peculiarities = {},
): void {
  const MAPPING = peculiarities.mapping ?? UNUSUAL;

  describe(`contract: ${name}`, () => {
    let server: ServerUnderTest;
    let client: SeiClient;

    beforeAll(async () => {
      server = await start();
      client = reconnect();
    });

    afterAll(async () => {
      await client.close();
      await server.close();
    });

    function reconnect(): SeiClient {
      return connect({
        endpoint: server.url,
        apiKey: server.apiKey,
        account: "acc-1",
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

    test("an account that is not set up says so", async () => {
      expect(await read()).toMatchObject({ mapping: null, identities: [], completeness: { proven: true, count: 0 } });
    });

    test("upload and save set it up", async () => {
      const draft = await client.writer.upload([GRACE, ADA], MAPPING);
      await client.writer.saveFieldMapping(draft, MAPPING);
      await expectLive([GRACE, ADA]);
    });

    test("upsert adds, changes, clears and moves", async () => {
      const ada = person("ada@x.io", "Ada King", "", "Billing");
      const grace = { ...GRACE, managerEmail: "ada@x.io", attributes: { Team: "", Site: "Berlin" } };
      await client.writer.upsert([ada, grace, BOB], MAPPING);
      await expectLive([ada, grace, BOB]);
      await client.writer.upsert([GRACE, ADA], MAPPING);
      await expectLive([GRACE, ADA, BOB]);
    });

    test("a fresh connection upserts without a read before", async () => {
      const fresh = reconnect();
      await fresh.writer.upsert([{ ...BOB, name: "Bob" }], MAPPING);
      await fresh.close();
      await expectLive([GRACE, ADA, { ...BOB, name: "Bob" }]);
    });

    test("more than a page", async () => {
      await client.writer.upsert(CROWD, MAPPING);
      await expectLive([GRACE, ADA, { ...BOB, name: "Bob" }, ...CROWD]);
    });

    test("delete", async () => {
      await client.writer.deleteDevelopers(CROWD.map(({ email }) => email));
      await expectLive([GRACE, ADA, { ...BOB, name: "Bob" }]);
    });

    test("what the API must refuse is a validation error, and changes nothing", async () => {
      const orphan = { ...ADA, managerEmail: "nobody@x.io" };
      await expect(client.writer.upsert([orphan], MAPPING)).rejects.toThrow(ValidationError);
      await expectLive([GRACE, ADA, { ...BOB, name: "Bob" }]);
    });

    test("reupload shows, approve does", async () => {
      const review = await client.writer.reupload([GRACE, { ...ADA, name: "Ada" }, CROWD[0] ?? BOB], MAPPING);
      expect([null, 1]).toContain(review.added);
      const gone = peculiarities.reuploadMerges === true ? 0 : 1;
      expect([null, gone]).toContain(review.removed);
      expect([null, ["bob@x.io"].slice(0, gone)]).toContainEqual(review.removedEmails);
      await expectLive([GRACE, ADA, { ...BOB, name: "Bob" }]);
      await client.writer.approve(review);
      const stays = peculiarities.reuploadMerges === true ? [{ ...BOB, name: "Bob" }] : [];
      await expectLive([GRACE, { ...ADA, name: "Ada" }, CROWD[0] ?? BOB, ...stays]);
    });

    test("identities are set and moved", async () => {
      const first = [
        { email: "ada@x.io", integrationId: 101, identity: "ada" },
        { email: "ada@x.io", integrationId: 102, identity: "081de7ae-0631" },
        { email: "grace@x.io", integrationId: 101, identity: "grace h" },
      ];
      await client.writer.setIdentities(first);
      await eventually(async () => expect(sorted((await read()).identities)).toEqual(sorted(first)));
      const moved = { email: "ada@x.io", integrationId: 101, identity: "ada-l" };
      await client.writer.setIdentities([moved]);
      const kept = peculiarities.identitiesAppend === true ? first.slice(0, 2) : first.slice(1, 2);
      await eventually(async () =>
        expect(sorted(await client.reader.readIdentities(["ada@x.io"]))).toEqual(sorted([moved, ...kept])),
      );
    });
  });
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
