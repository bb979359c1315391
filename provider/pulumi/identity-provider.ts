import { setTimeout as pause } from "node:timers/promises";
import type { dynamic } from "@pulumi/pulumi";
import { checksum } from "../roster/checksum.js";
import { emailKey, isEmail } from "../roster/email.js";
import { refuseUnapproved } from "./before-writing.js";
import { clean } from "./clean.js";
import { CleanError, messageOf } from "./clean-error.js";
import { type IdentityInputs, pick } from "./inputs.js";
import { type Session, Sessions } from "./session.js";
import { containsUnknown, UNKNOWN } from "./unknown.js";

type Properties = Readonly<Record<string, unknown>>;

/** How long answers may lag behind a write. */
const REREAD_MS = [100, 300, 1_000, 3_000, 5_000];

const KEYS = ["email", "integrationId", "identity"] as const;

/** The provider of `DeveloperIdentity`. */
class IdentityProvider implements dynamic.ResourceProvider {
  readonly #sessions = new Sessions();

  async configure({ config }: dynamic.ConfigureRequest): Promise<void> {
    this.#sessions.configure((key) => config.get(key));
  }

  async check(_olds: Properties, news: Properties): Promise<dynamic.CheckResult> {
    const { email, integrationId, identity } = news;
    const failures: dynamic.CheckFailure[] = [];
    const fail = (property: string, reason: string) => failures.push({ property, reason });
    if (email !== UNKNOWN && !(typeof email === "string" && isEmail(emailKey(email)))) {
      fail("email", "it must be the email of a developer");
    }
    if (integrationId !== UNKNOWN && !(Number.isInteger(integrationId) && Number(integrationId) > 0)) {
      fail("integrationId", "it must be the whole number of an integration, from 1");
    }
    if (identity !== UNKNOWN && !(typeof identity === "string" && identity.trim() !== "")) {
      fail("identity", "it must not be blank: the API has no way to unset an identity");
    }
    try {
      this.#sessions.open();
    } catch (error) {
      fail("", messageOf(error));
    }
    const normal = {
      ...(typeof email === "string" && email !== UNKNOWN ? { email: emailKey(email) } : {}),
      ...(typeof identity === "string" && identity !== UNKNOWN ? { identity: identity.trim() } : {}),
    };
    return { inputs: { ...pick(news, KEYS), ...normal }, failures };
  }

  /** Looks at live too, so that a preview finds drift without a refresh. */
  async diff(_id: string, olds: Properties, news: Properties): Promise<dynamic.DiffResult> {
    if (containsUnknown(pick(news, KEYS))) return { changes: true };
    return clean(async () => {
      // First of all: a replacement in another account would be written there.
      const session = this.#sessions.openFor(olds);
      const replaces = (["email", "integrationId"] as const).filter((key) => olds[key] !== news[key]);
      if (replaces.length > 0) return { changes: true, replaces };
      if (olds["identity"] !== news["identity"]) return { changes: true };
      const wanted = asIdentity(news);
      const live = await this.#live(session, wanted);
      if (live.includes(wanted.identity)) return { changes: false };
      console.log(`the live identity in integration ${wanted.integrationId} is not the declared one`);
      return { changes: true };
    });
  }

  async create(news: Properties): Promise<dynamic.CreateResult> {
    return clean(async () => {
      const wanted = asIdentity(news);
      const session = this.#sessions.open();
      return { id: `${wanted.email}/${wanted.integrationId}`, outs: await this.#set(session, wanted) };
    });
  }

  async update(_id: string, olds: Properties, news: Properties): Promise<dynamic.UpdateResult> {
    return clean(async () => ({ outs: await this.#set(this.#sessions.openFor(olds), asIdentity(news)) }));
  }

  async read(id: string, props: Properties = {}): Promise<dynamic.ReadResult> {
    return clean(async () => {
      const wanted = asIdentity(props);
      const live = await this.#live(this.#sessions.openFor(props), wanted);
      const identity = live.includes(wanted.identity) ? wanted.identity : live[0];
      if (identity === undefined) return {};
      return { id, props: { ...props, identity }, inputs: { ...wanted, identity } };
    });
  }

  async delete(id: string): Promise<void> {
    console.log(`forgotten: the identity ${id} stays in SEI, because the API cannot delete one`);
  }

  /** Sets the identity where it is not live yet, and reads until it is: a 200 does not say that it was kept. */
  async #set(session: Session, wanted: IdentityInputs): Promise<Record<string, unknown>> {
    const { endpoint, account } = session.settings.target;
    if (!(await this.#isLive(session, wanted))) {
      const changes = [{ kind: "setIdentity", ...wanted }];
      refuseUnapproved(session.settings.approvedPlans, {
        changes,
        checksum: checksum({ target: session.settings.target, changes }),
      });
      await session.writer.setIdentities([wanted]);
    }
    for (const ms of [0, ...REREAD_MS]) {
      await pause(ms);
      if (await this.#isLive(session, wanted)) return { ...wanted, endpoint, account };
    }
    throw new CleanError(
      `the API took the identity, but a read does not show it. Is ${session.settings.people === "names" ? wanted.email : "the developer"} live? Use \`dependsOn\` when a roster of this program creates them`,
    );
  }

  async #isLive(session: Session, wanted: IdentityInputs): Promise<boolean> {
    return (await this.#live(session, wanted)).includes(wanted.identity);
  }

  async #live({ reader }: Session, { email, integrationId }: IdentityInputs): Promise<readonly string[]> {
    const identities = await reader.readIdentities([email]);
    return identities.filter((one) => one.integrationId === integrationId).map(({ identity }) => identity);
  }
}

/** `check` made it so. */
function asIdentity(properties: Properties): IdentityInputs {
  return pick(properties, KEYS) as unknown as IdentityInputs;
}

export = new IdentityProvider();
