import { withApplicationTypes } from "../../provider/apply/application-types";
import type { WritableIdentity } from "../../provider/sei/writer";
import { MemorySei } from "../support/memory-sei";
import { at } from "../support/people";

const identity = (integrationId: number): WritableIdentity => ({ email: at("ada"), integrationId, identity: "ada" });

async function sentWith(types: ReadonlyMap<number, string> | undefined): Promise<readonly WritableIdentity[]> {
  let sent: readonly WritableIdentity[] = [];
  const writer = {
    ...new MemorySei(),
    async setIdentities(all: readonly WritableIdentity[]) {
      sent = all;
    },
  };
  await withApplicationTypes(writer as unknown as MemorySei, types).setIdentities([identity(101), identity(102)]);
  return sent;
}

test("an identity goes with the kind of tool that is declared for its integration", async () => {
  expect(await sentWith(new Map([[101, "GITHUB"]]))).toStrictEqual([
    { ...identity(101), applicationType: "GITHUB" },
    // The current generation asks for none, and the client of the previous one says which is missing.
    identity(102),
  ]);
});

test("without any they go as they are", async () => {
  expect(await sentWith(undefined)).toStrictEqual([identity(101), identity(102)]);
});
