import { identitiesToSend, sendIdentities } from "../../provider/apply/send-identities";
import { type Hands, notShown } from "../../provider/apply/shown-identities";
import type { Change, SetIdentityChange } from "../../provider/roster/change";
import type { Identity } from "../../provider/roster/developer";
import { ConflictError, PartialWriteError, ServerError } from "../../provider/sei/errors";
import { at, dev } from "../support/people";

const call = { method: "PATCH", path: "/v2/developers/identities" };
const conflict = new ConflictError({ call, status: 409, said: "", reads: false });

function set(login: string, after: string, holder: string | null = null): SetIdentityChange {
  const movedFrom = holder === null ? null : at(holder);
  return { kind: "setIdentity", email: at(login), integrationId: 1, before: null, after, movedFrom };
}
const leaves = (login: string): Change => ({ kind: "delete", email: at(login), before: dev(login) });

/** A server of one integration where an identity has one holder for good, and a developer one identity. */
function account(held: Readonly<Record<string, string>>, most = Number.POSITIVE_INFINITY) {
  const holds = new Map(Object.entries(held).map(([login, identity]) => [at(login), identity]));
  const requests: string[] = [];
  return {
    requests,
    holds,
    async setIdentities(identities: readonly Identity[]) {
      requests.push(identities.map(({ email, identity }) => `${email.split("@")[0]}=${identity}`).join(" "));
      const isTaken = ({ email, identity }: Identity) =>
        [...holds].some(([owner, one]) => one === identity && owner !== email);
      if (identities.slice(0, most).some(isTaken)) throw conflict;
      for (const { email, identity } of identities.slice(0, most)) holds.set(email, identity);
      if (identities.slice(most).some(isTaken)) throw new PartialWriteError(most, identities.length, 1, conflict);
    },
  };
}

async function send(changes: readonly Change[], server: ReturnType<typeof account>) {
  const refused = await sendIdentities(identitiesToSend(changes), server);
  return refused?.changes.map(({ email }) => email.replace("@example.com", "")) ?? null;
}

test("identities are told apart by who holds them now", () => {
  const [a, b, c] = [set("a", "x", "leaves"), set("b", "y", "stays"), set("c", "z")];
  expect(identitiesToSend([a, b, c, leaves("leaves")])).toEqual({ held: [a], free: [b, c] });
});

test("they go together, and nothing goes when there is none", async () => {
  const server = account({});
  expect(await send([], server)).toBeNull();
  expect(await send([set("a", "x"), set("b", "y")], server)).toBeNull();
  expect(server.requests).toEqual(["a=x b=y"]);
});

test("only those that are refused alone fail", async () => {
  const server = account({ ghost: "n7" });
  const many = Array.from({ length: 20 }, (_, at) => set(`p${at}`, `n${at}`));
  expect(await send(many, server)).toEqual(["p7"]);
  expect(many.filter(({ email, after }) => server.holds.get(email) !== after)).toHaveLength(1);
  expect(server.requests.length).toBeLessThan(12);
});

test("two who swap fail together, and whoever else is in the batch does not", async () => {
  const server = account({ a: "x", b: "y" });
  expect(await send([set("a", "y", "b"), set("b", "x", "a"), set("c", "z")], server)).toEqual(["a", "b"]);
  expect(Object.fromEntries(server.holds)).toEqual({ [at("a")]: "x", [at("b")]: "y", [at("c")]: "z" });
});

test("of a line, who holds what another one gets comes first", async () => {
  const server = account({ a: "x", b: "y" });
  expect(await send([set("a", "y", "b"), set("b", "z"), set("c", "x", "a")], server)).toBeNull();
  expect(Object.fromEntries(server.holds)).toEqual({ [at("a")]: "y", [at("b")]: "z", [at("c")]: "x" });
});

test("what a record holds that goes is freed first, and its mark says whose it was", async () => {
  const server = account({ old: "x" });
  expect(await send([set("new", "x", "old"), set("c", "z"), leaves("old")], server)).toBeNull();
  expect(server.requests).toEqual(["new=x c=z", "new=x", "old=released by old@example.com: x", "new=x", "c=z"]);
});

test("what cannot be moved in spite of that is given back", async () => {
  const server = account({ old: "x", ghost: "x" });
  expect(await send([set("new", "x", "old"), set("c", "z"), leaves("old")], server)).toEqual(["new"]);
  expect(server.holds.get(at("c"))).toBe("z");
  // The server lets nobody have it while the ghost does; it was asked to.
  expect(server.requests).toContain("old=x");
});

test("what was taken before a refusal is not sent twice", async () => {
  const server = account({ ghost: "n3" }, 2);
  expect(
    await send(
      ["0", "1", "2", "3"].map((n) => set(`p${n}`, `n${n}`)),
      server,
    ),
  ).toEqual(["p3"]);
  const all = server.requests.slice(1).join(" ");
  expect(all).not.toContain("p0=");
  expect(all).not.toContain("p1=");
});

test("a server that refuses everything is not asked for each of ten thousand", async () => {
  const server = { requests: 0, setIdentities: () => Promise.reject(conflict) };
  const counted = {
    setIdentities: (identities: readonly Identity[]) => {
      server.requests += 1;
      return identities.length === 0 ? Promise.resolve() : server.setIdentities();
    },
  };
  const many = Array.from({ length: 10_000 }, (_, at) => set(`p${at}`, `n${at}`));
  expect((await sendIdentities({ held: [], free: many }, counted))?.changes).toHaveLength(10_000);
  expect(server.requests).toBeLessThan(400);
});

test("what is no refusal goes on as it is", async () => {
  const failure = new ServerError(call, 500, "");
  const failing = { setIdentities: () => Promise.reject(failure) };
  await expect(sendIdentities({ held: [], free: [set("a", "x")] }, failing)).rejects.toBe(failure);
});

describe("whether identities are shown", () => {
  function hands(shown: readonly (readonly Identity[])[]): Hands & { readonly waits: number[] } {
    const waits: number[] = [];
    let reads = 0;
    const reader = { readIdentities: async () => shown[Math.min(reads++, shown.length - 1)] ?? [] };
    const now = () => waits.reduce((sum, ms) => sum + ms, 0);
    const sleep = async (ms: number) => waits.push(ms);
    return { reader, writer: {}, sleep, now, deadlineMs: 1_000, waits } as unknown as Hands & { waits: number[] };
  }
  const identity = { email: at("a"), integrationId: 1, identity: "x" };

  test("they are waited for", async () => {
    const late = hands([[], [], [identity]]);
    expect(await notShown([set("a", "x")], late)).toEqual([]);
    expect(late.waits).toEqual([100, 200]);
  });

  test("and not for ever", async () => {
    const never = hands([[{ ...identity, identity: "y" }]]);
    expect(await notShown([set("a", "x")], never)).toEqual([set("a", "x")]);
    expect(never.waits).toEqual([100, 200, 400]);
  });

  test("none needs no request", async () => {
    expect(await notShown([], hands([]))).toEqual([]);
  });
});
