import type { dynamic } from "@pulumi/pulumi";
import { refusedLines } from "../report/text.js";
import { canonicalJson } from "../roster/checksum.js";
import { applyRoster } from "./apply-roster.js";
import { clean } from "./clean.js";
import { CleanError, messageOf } from "./clean-error.js";
import { destroyRoster } from "./destroy-roster.js";
import { pick, ROSTER_INPUT_KEYS, type RosterInputs, type RosterOutputs } from "./inputs.js";
import { type Managed, nobodyManaged } from "./managed.js";
import { planRoster, storedRoster } from "./plan-roster.js";
import { print } from "./print.js";
import { readDrift } from "./read-roster.js";
import { type Session, Sessions } from "./session.js";
import { targetId } from "./settings.js";
import { showPlan } from "./shown-plan.js";
import { containsUnknown, UNKNOWN } from "./unknown.js";

type Properties = Readonly<Record<string, unknown>>;

/**
 * The provider of `DeveloperRoster`. The engine loads it by `require` of this file's subpath, so that a refresh or a
 * destroy runs the code that is installed, not the code that was there at create.
 */
class RosterProvider implements dynamic.ResourceProvider {
  readonly #sessions = new Sessions();
  /** States that a refresh has just read, and when: the engine diffs those inverted, and wants no second plan. */
  readonly #justRead = new Map<string, number>();
  /** The keys that rosters created or updated in this run declare, by account: nobody of them is destroyed with another. */
  readonly #declared = new Map<string, ReadonlySet<string>>();

  async configure({ config }: dynamic.ConfigureRequest): Promise<void> {
    this.#sessions.configure((key) => config.get(key));
  }

  /**
   * What the program found wrong with the source is said here, under the resource and without a stack. A new roster is
   * planned here, because a preview calls nothing else for it; an existing one in diff.
   */
  async check(olds: Properties, news: Properties): Promise<dynamic.CheckResult> {
    const inputs = pick(news, ROSTER_INPUT_KEYS);
    const { problem } = news;
    if (typeof problem === "string" && problem !== UNKNOWN) {
      return { inputs, failures: [{ property: "", reason: problem }] };
    }
    if (containsUnknown(inputs)) return { inputs };
    try {
      const session = this.#sessions.open();
      if (Object.keys(olds).length > 0) return { inputs };
      const failures = await this.#refusals(session, asInputs(inputs), nobodyManaged());
      return { inputs, failures };
    } catch (error) {
      return { inputs, failures: [{ property: "", reason: messageOf(error) }] };
    }
  }

  async diff(_id: string, olds: Properties, news: Properties): Promise<dynamic.DiffResult> {
    const inputs = pick(news, ROSTER_INPUT_KEYS);
    if (containsUnknown(inputs)) return { changes: true };
    return clean(async () => {
      const state = asOutputs(olds);
      const wasRead = this.#wasJustRead(olds, inputs);
      const sameInputs = canonicalJson(pick(olds, ROSTER_INPUT_KEYS)) === canonicalJson(inputs);
      if (wasRead) return { changes: state.drift !== "" };
      const session = this.#sessions.openFor(state);
      const { plan } = await planRoster(session, asInputs(inputs), managedOf(state));
      const { people } = session.settings;
      if (plan.changes.length > 0) await showPlan(plan, asInputs(inputs).fingerprint, session.settings);
      const refused = refusedLines(plan, people);
      if (refused.length > 0) throw new CleanError(refused.join("\n"));
      return { changes: plan.changes.length > 0 || !sameInputs || state.drift !== "" };
    });
  }

  async create(news: Properties): Promise<dynamic.CreateResult> {
    return clean(async () => {
      const session = this.#sessions.open();
      const id = targetId(session.settings.target);
      return { id, outs: await this.#apply(session, id, asInputs(news), nobodyManaged()) };
    }, news);
  }

  async read(id: string, props: Properties = {}): Promise<dynamic.ReadResult> {
    return clean(async () => {
      const state = asOutputs(props);
      if (state.managed === undefined) {
        throw new CleanError(
          "a DeveloperRoster cannot be read by its id alone: declare it, and `pulumi up` takes over what is live",
        );
      }
      const session = this.#sessions.openFor(state);
      const drift = await readDrift(session, state);
      if (drift === null) return {};
      if (drift.summary !== "") print([drift.summary, ...drift.lines.slice(0, 200).map((line) => `  ${line}`)]);
      const inputs = pick(props, ROSTER_INPUT_KEYS);
      this.#justRead.set(readKey(props, inputs), Date.now());
      return { id, props: { ...props, drift: drift.summary }, inputs };
    });
  }

  async update(id: string, olds: Properties, news: Properties): Promise<dynamic.UpdateResult> {
    return clean(async () => {
      const state = asOutputs(olds);
      const session = this.#sessions.openFor(state);
      return { outs: await this.#apply(session, id, asInputs(news), managedOf(state)) };
    }, news);
  }

  async delete(_id: string, props: Properties): Promise<void> {
    return clean(async () => {
      const state = asOutputs(props);
      const session = this.#sessions.openFor(state);
      await destroyRoster(session, state, this.#declared.get(targetId(session.settings.target)) ?? new Set());
    });
  }

  /** Remembers whom it declares before anything is written, so that a destroy in the same run spares them. */
  async #apply(session: Session, id: string, inputs: RosterInputs, before: Managed): Promise<RosterOutputs> {
    const desired = await storedRoster(inputs.fingerprint);
    const known = this.#declared.get(id) ?? new Set();
    this.#declared.set(id, new Set([...known, ...(desired?.developers.keys() ?? [])]));
    return applyRoster(session, id, inputs, before);
  }

  #wasJustRead(olds: Properties, inputs: Properties): boolean {
    const key = readKey(olds, inputs);
    const at = this.#justRead.get(key);
    this.#justRead.delete(key);
    return at !== undefined && Date.now() - at < READ_IS_FRESH_MS;
  }

  async #refusals(session: Session, inputs: RosterInputs, managed: Managed): Promise<dynamic.CheckFailure[]> {
    const { plan } = await planRoster(session, inputs, managed);
    const { people } = session.settings;
    await showPlan(plan, inputs.fingerprint, session.settings);
    const reason = refusedLines(plan, people).join("\n");
    return reason === "" ? [] : [{ property: "", reason }];
  }
}

const READ_IS_FRESH_MS = 60_000;

/** Two rosters of one account have one id, but each has a salt of its own. */
function readKey(state: Properties, inputs: Properties): string {
  return canonicalJson([asOutputs(state).managed?.salt ?? "", inputs]);
}

/** The engine hands back what our own code put in: `check` is the edge that made it so. */
function asInputs(properties: Properties): RosterInputs {
  return pick(properties, ROSTER_INPUT_KEYS) as unknown as RosterInputs;
}

function asOutputs(properties: Properties): RosterOutputs {
  return properties as unknown as RosterOutputs;
}

function managedOf(state: RosterOutputs): Managed {
  return state.managed ?? nobodyManaged();
}

export = new RosterProvider();
