import { ConflictError } from "../../provider/sei/errors";
import type { MemorySei } from "../support/memory-sei";
import { at, declare, desired, dev } from "../support/people";
import { account, applyTo } from "./memory-account";

const conflict = new ConflictError({
  call: { method: "PATCH", path: "/v2/developers/identities" },
  status: 409,
  said: "",
  reads: false,
});

/** Somebody who is not live any more holds `ghost` for ever. */
function haunted(sei: MemorySei): MemorySei {
  const set = sei.setIdentities.bind(sei);
  sei.setIdentities = async (identities) => {
    if (identities.some(({ identity }) => identity === "ghost")) throw conflict;
    return set(identities);
  };
  return sei;
}

test.each([
  ["by a setup", null, ["upload", "save"], "auto"],
  ["by a re-upload", [dev("old")], ["reupload", "approve"], "reupload"],
  ["by upserts", [dev("old")], ["upsert ada bob"], "upsert"],
] as const)("%s, everything but the identity that the API refuses is done", async (_way, before, writes, strategy) => {
  const sei = haunted(account(before ?? []));
  if (before === null) sei.mapping = null;
  const want = desired([declare(dev("ada"), { 101: "ada" }), declare(dev("bob"), { 101: "ghost" })]);
  const { outcome, plan } = await applyTo(sei, want, { strategy });
  const refused = plan.changes.filter((change) => change.kind === "setIdentity" && change.after === "ghost");
  expect(outcome).toMatchObject({ status: "failed", failed: refused, notTried: [], touched: true });
  expect(outcome.done).toEqual(plan.changes.filter((change) => !refused.includes(change)));
  expect(outcome.reason).toMatch(
    /^the API refuses 1 identity\(ies\), also alone: bob@example\.com in 101 \(.*409.*\); everything else of the plan was sent\. To the API somebody else holds/,
  );
  expect(outcome.reasonWithoutPeople).not.toContain("bob");
  expect(sei.writes.filter((what) => what !== "identities")).toEqual([
    ...writes,
    ...(strategy === "upsert" ? ["delete old"] : []),
  ]);
  expect([...sei.developers.keys()].sort()).toEqual([at("ada"), at("bob")]);
  expect(sei.identities).toEqual([{ email: at("ada"), integrationId: 101, identity: "ada" }]);
});

test("whose new holder no read shows: the old record stays, and whoever it reports to", async () => {
  const people = [dev("top"), dev("old", { manager: "top" }), dev("other", { manager: "top" })];
  const sei = account(people, [{ email: at("old"), integrationId: 101, identity: "login" }]);
  sei.readIdentities = async () => [{ email: at("old"), integrationId: 101, identity: "login" }];
  const { outcome } = await applyTo(sei, desired([declare(dev("new"), { 101: "login" })]));
  expect(outcome).toMatchObject({
    status: "failed",
    reason: `no read shows 1 identity(ies): ${at("new")} in 101; 2 old record(s) stay, because their identities would be lost with them; everything else of the plan was sent. Run it again`,
    reasonWithoutPeople:
      "no read shows 1 identity(ies); 2 old record(s) stay, because their identities would be lost with them; everything else of the plan was sent. Run it again",
  });
  expect([...sei.developers.keys()].sort()).toEqual(["new", "old", "top"].map(at));
});
