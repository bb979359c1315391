import type { dynamic } from "@pulumi/pulumi";
import { showEmail } from "../report/people.js";
import { canonicalJson } from "../roster/checksum.js";
import { emailKey, isEmail } from "../roster/email.js";
import { CleanError, messageOf } from "./clean-error.js";
import { Surveys } from "./identity-survey.js";
import { cleanInPublic, inPublic } from "./in-public.js";
import { type IdentityInputs, pick } from "./inputs.js";
import { type Session, Sessions } from "./session.js";
import { isLiveIdentity, liveIdentities, mayBeSet, setIdentity } from "./set-identity.js";
import { containsUnknown, UNKNOWN } from "./unknown.js";

type Properties = Readonly<Record<string, unknown>>;

const KEYS = ["email", "integrationId", "identity", "applicationType", "moveFrom"] as const;

/** What a change of concerns the account; `moveFrom` only says what a change may do. */
const ACCOUNT_KEYS = ["email", "integrationId", "identity", "applicationType"] as const;

/** The provider of `DeveloperIdentity`. */
class IdentityProvider implements dynamic.ResourceProvider {
  readonly #sessions = new Sessions();
  readonly #surveys = new Surveys();
  /** States that a refresh has just read, with what they were read for: the engine diffs those, and plans no write by it. */
  readonly #justRead = new Set<string>();

  async configure({ config }: dynamic.ConfigureRequest): Promise<void> {
    this.#sessions.configure((key) => config.get(key));
  }

  /**
   * What the program found wrong is said here, under the resource and without a stack. Of a new resource a preview calls
   * nothing else, so whether it would take an identity from somebody is looked at here; of an existing one in diff.
   */
  async check(olds: Properties, news: Properties): Promise<dynamic.CheckResult> {
    const inputs = { ...pick(news, KEYS), ...normalised(news) };
    const failures = problemsOf(news);
    const { problem } = news;
    if (typeof problem === "string" && problem !== UNKNOWN) failures.push({ property: "", reason: problem });
    try {
      const session = this.#sessions.open();
      if (session.settings.generation === "previous" && news["applicationType"] === undefined) {
        const reason = "the previous generation of the API needs the kind of tool, such as GITHUB";
        failures.push({ property: "applicationType", reason });
      }
      if (failures.length === 0 && Object.keys(olds).length === 0 && !containsUnknown(inputs)) {
        await mayBeSet(session, this.#surveys, asIdentity(inputs));
      }
    } catch (error) {
      failures.push({ property: "", reason: messageOf(inPublic(error, this.#sessions.people())) });
    }
    return { inputs, failures };
  }

  /** Looks at live too, so that a preview finds drift, and a move that nobody allowed, without a refresh. */
  async diff(_id: string, olds: Properties, news: Properties): Promise<dynamic.DiffResult> {
    if (containsUnknown(pick(news, KEYS))) return { changes: true };
    return this.#clean(async () => {
      // First of all: a replacement in another account would be written there.
      const session = this.#sessions.openFor(olds);
      const wanted = asIdentity(news);
      const changed = ACCOUNT_KEYS.filter((key) => olds[key] !== news[key]);
      const isLive = await isLiveIdentity(session, wanted);
      const isRefresh = this.#justRead.delete(readKey(olds, news));
      if (!isLive && !isRefresh) await mayBeSet(session, this.#surveys, wanted, addressOf(olds));
      if (changed.includes("integrationId")) return { changes: true, replaces: ["integrationId"] };
      if (changed.length > 0) return { changes: true };
      if (isLive) return { changes: false };
      console.log(`the live identity in integration ${wanted.integrationId} is not the declared one`);
      return { changes: true };
    });
  }

  async create(news: Properties): Promise<dynamic.CreateResult> {
    return this.#clean(async () => {
      const wanted = asIdentity(news);
      const session = this.#sessions.open();
      return { id: idOf(wanted), outs: await this.#set(session, wanted) };
    });
  }

  /** A new address is the same developer, renamed, or somebody else: the identity is theirs from now on. */
  async update(_id: string, olds: Properties, news: Properties): Promise<dynamic.UpdateResult> {
    return this.#clean(async () => {
      const wanted = asIdentity(news);
      return { outs: await this.#set(this.#sessions.openFor(olds), wanted, addressOf(olds)) };
    });
  }

  /** By the state, or by the id alone, such as `ada@example.com/101`. The id follows a new address. */
  async read(id: string, props: Properties = {}): Promise<dynamic.ReadResult> {
    return this.#clean(async () => {
      const known = { ...partsOf(id, this.#sessions.people()), ...normalised(props), ...pick(props, KEYS) };
      const wanted = asIdentity({ ...known, ...normalised(known) });
      const session = this.#sessions.openFor(props);
      const live = await liveIdentities(session, wanted);
      const identity = live.includes(wanted.identity) ? wanted.identity : live[0];
      if (identity === undefined) return {};
      const { endpoint, account } = session.settings.target;
      const read = { ...wanted, identity };
      this.#justRead.add(readKey(read, props));
      return { id: idOf(wanted), props: { ...props, ...read, endpoint, account }, inputs: read };
    });
  }

  /** Says so, and whose it is as far as that may be said; needs no key. */
  async delete(id: string, props: Properties = {}): Promise<void> {
    const people = this.#sessions.people();
    const { email, integrationId } = { ...pick(props, KEYS) };
    const whose = typeof email === "string" && people !== "none" ? ` of ${showEmail(email, people)}` : "";
    const where =
      integrationId === undefined ? (people === "names" ? ` ${id}` : "") : ` in integration ${integrationId}`;
    console.log(`forgotten: the identity${whose}${where} stays in SEI, because the API cannot delete one`);
  }

  async #set(session: Session, wanted: IdentityInputs, before: string | null = null): Promise<Properties> {
    await setIdentity(session, this.#surveys, wanted, before);
    const { endpoint, account } = session.settings.target;
    return { ...wanted, endpoint, account };
  }

  #clean<T>(work: () => Promise<T>): Promise<T> {
    return cleanInPublic(() => this.#sessions.people(), work);
  }
}

function problemsOf({ email, integrationId, identity, applicationType, moveFrom }: Properties): dynamic.CheckFailure[] {
  const failures: dynamic.CheckFailure[] = [];
  const fail = (property: string, reason: string) => failures.push({ property, reason });
  const isAddress = (value: unknown) => typeof value === "string" && isEmail(emailKey(value));
  if (email !== UNKNOWN && !isAddress(email)) fail("email", "it must be the email of a developer");
  if (integrationId !== UNKNOWN && !(Number.isInteger(integrationId) && Number(integrationId) > 0)) {
    fail("integrationId", "it must be the whole number of an integration, from 1");
  }
  if (identity !== UNKNOWN && !(typeof identity === "string" && identity.trim() !== "")) {
    fail("identity", "it must not be blank: the API has no way to unset an identity");
  }
  const isTyped = typeof applicationType === "string" && applicationType.trim() !== "";
  if (applicationType !== undefined && applicationType !== UNKNOWN && !isTyped) {
    fail("applicationType", "it must be the kind of tool, such as GITHUB, or be left out");
  }
  if (moveFrom !== undefined && moveFrom !== UNKNOWN && !isAddress(moveFrom)) {
    fail("moveFrom", "it must be the email of the developer who holds the identity now, or be left out");
  }
  return failures;
}

/** Addresses as keys, and no white space around an identity. */
function normalised({ email, identity, moveFrom }: Properties): Record<string, unknown> {
  const isKnown = (value: unknown): value is string => typeof value === "string" && value !== UNKNOWN;
  return {
    ...(isKnown(email) ? { email: emailKey(email) } : {}),
    ...(isKnown(identity) ? { identity: identity.trim() } : {}),
    ...(isKnown(moveFrom) ? { moveFrom: emailKey(moveFrom) } : {}),
  };
}

function idOf({ email, integrationId }: IdentityInputs): string {
  return `${email}/${integrationId}`;
}

/** An address may hold a slash, a number none. */
function partsOf(id: string, people: string): Pick<IdentityInputs, "email" | "integrationId"> {
  const at = id.lastIndexOf("/");
  const [email, number] = [emailKey(id.slice(0, Math.max(at, 0))), id.slice(at + 1)];
  if (isEmail(email) && /^[1-9]\d{0,14}$/.test(number)) return { email, integrationId: Number(number) };
  const shown = people === "names" ? `${JSON.stringify(id)} is no id` : "this is no id";
  throw new CleanError(`${shown} of a DeveloperIdentity: it is EMAIL/INTEGRATION, such as ada@example.com/101`);
}

function readKey(state: Properties, inputs: Properties): string {
  return canonicalJson([pick(state, KEYS), pick(inputs, KEYS)]);
}

function addressOf({ email }: Properties): string | null {
  return typeof email === "string" && email !== "" ? email : null;
}

/** `check` made it so. */
function asIdentity(properties: Properties): IdentityInputs {
  return pick(properties, KEYS) as unknown as IdentityInputs;
}

export = new IdentityProvider();
