import type { dynamic } from "@pulumi/pulumi";
import { applyPlan } from "../apply/apply-plan.js";
import type { PlannedRoster } from "../apply/plan-live.js";
import type { People } from "../report/people.js";
import { summaryOf } from "../report/summary.js";
import { planLines, refusedLines } from "../report/text.js";
import { canonicalJson } from "../roster/checksum.js";
import { EMPTY_ROSTER } from "../roster/desired-roster.js";
import { columnKey, columnsOf, type DeclaredMapping } from "../roster/field-mapping.js";
import type { LiveRoster } from "../roster/live-roster.js";
import { columnMoves } from "../roster/rules/column-moves.js";
import { misleadingColumn } from "../roster/rules/misleading-column.js";
import { strings } from "../roster/strings.js";
import { IdentitiesUnavailableError } from "../sei/errors.js";
import { beforeWriting } from "./before-writing.js";
import { CleanError, messageOf } from "./clean-error.js";
import { cleanInPublic } from "./in-public.js";
import { type FieldMappingInputs, pick } from "./inputs.js";
import { nobodyManaged } from "./managed.js";
import { planDesired } from "./plan-roster.js";
import { print } from "./print.js";
import { type Session, Sessions } from "./session.js";
import { targetId } from "./settings.js";
import { containsUnknown } from "./unknown.js";

type Properties = Readonly<Record<string, unknown>>;

const KEYS = ["fields"] as const;

/**
 * The provider of `FieldMappingSchema`. A mapping is a roster that declares columns and nobody: the same plan, the same
 * guards and the same apply as for people.
 */
class FieldMappingProvider implements dynamic.ResourceProvider {
  readonly #sessions = new Sessions();

  async configure({ config }: dynamic.ConfigureRequest): Promise<void> {
    this.#sessions.configure((key) => config.get(key));
  }

  async check(_olds: Properties, news: Properties): Promise<dynamic.CheckResult> {
    const inputs = pick(news, KEYS);
    if (containsUnknown(inputs)) return { inputs };
    const failures = problemsOf(asInputs(inputs).fields).map((reason) => ({ property: "fields", reason }));
    try {
      this.#sessions.open();
    } catch (error) {
      failures.push({ property: "", reason: messageOf(error) });
    }
    return { inputs, failures };
  }

  async diff(_id: string, olds: Properties, news: Properties): Promise<dynamic.DiffResult> {
    const inputs = pick(news, KEYS);
    if (containsUnknown(inputs)) return { changes: true };
    return this.#clean(async () => {
      const same = canonicalJson(pick(olds, KEYS)) === canonicalJson(inputs) && olds["drift"] === "";
      const session = this.#sessions.openFor(olds);
      const planned = await planMapping(session, asInputs(inputs), declaredColumns(olds));
      if (planned === null) return { changes: !same };
      const { people } = session.settings;
      if (planned.plan.changes.length > 0) print(planLines(planned.plan, { people }));
      refuse(planned, people);
      return { changes: !same || planned.plan.changes.length > 0 };
    });
  }

  async create(news: Properties): Promise<dynamic.CreateResult> {
    return this.#clean(async () => {
      const session = this.#sessions.open();
      return { id: targetId(session.settings.target), outs: await this.#carryOut(session, asInputs(news), []) };
    });
  }

  async update(_id: string, olds: Properties, news: Properties): Promise<dynamic.UpdateResult> {
    return this.#clean(async () => {
      const session = this.#sessions.openFor(olds);
      return { outs: await this.#carryOut(session, asInputs(news), declaredColumns(olds)) };
    });
  }

  async read(id: string, props: Properties = {}): Promise<dynamic.ReadResult> {
    return this.#clean(async () => {
      const inputs = pick(props, KEYS);
      if (inputs["fields"] === undefined) {
        throw new CleanError(
          "a FieldMappingSchema cannot be read by its id alone: declare it, and `pulumi up` takes over what is live",
        );
      }
      const planned = await planMapping(this.#sessions.openFor(props), asInputs(inputs), declaredColumns(props));
      const changes = planned?.plan.changes ?? [];
      const drift = changes.length === 0 ? "" : `the live field mapping differs: ${summaryOf(changes)}`;
      if (drift !== "") print([drift]);
      return { id, props: { ...props, drift }, inputs };
    });
  }

  async delete(): Promise<void> {
    console.log("forgotten: the field mapping stays in SEI, because the API cannot delete one");
  }

  #clean<T>(work: () => Promise<T>): Promise<T> {
    return cleanInPublic(() => this.#sessions.people(), work);
  }

  async #carryOut(
    session: Session,
    inputs: FieldMappingInputs,
    before: readonly string[],
  ): Promise<Record<string, unknown>> {
    const { endpoint, account } = session.settings.target;
    const outs = { ...inputs, endpoint, account, drift: "" };
    const planned = await planMapping(session, inputs, before);
    if (planned === null) {
      console.log("declared: the initial setup has not been done yet; the roster carries the field mapping out");
      return outs;
    }
    refuse(planned, session.settings.people);
    if (planned.plan.changes.length === 0) return outs;
    // Saving a mapping replaces everybody, so it is looked at afterwards whether their identities are still theirs.
    const live = { ...planned.live, identities: await identitiesOf(session, planned.live) };
    await beforeWriting(session, planned.plan, live);
    session.progress.willWrite(planned.plan.way.requests);
    const outcome = await applyPlan({ ...planned, live, reader: session.reader, writer: session.writer });
    if (outcome.status !== "applied") {
      const reason = session.settings.people === "none" ? outcome.reasonWithoutPeople : outcome.reason;
      const how = outcome.touched ? "changed, and that is not all right:" : "not changed:";
      throw new CleanError(`the field mapping was ${how} ${reason}`);
    }
    console.log(`applied and verified: ${summaryOf(planned.plan.changes)}`);
    return outs;
  }
}

/**
 * null: the initial setup has not been done, so there is no mapping to compare with.
 *
 * @param before the columns that this resource declared when it was applied last: what is left out of them is to go
 */
async function planMapping(
  session: Session,
  { fields }: FieldMappingInputs,
  before: readonly string[],
): Promise<PlannedRoster | null> {
  const renameColumns = strings(Object.entries(fields.renameColumns ?? {}));
  const desired = { ...EMPTY_ROSTER, fields: { ...fields, renameColumns } };
  const wanted = { prune: "none", strategy: "upsert", guards: REREAD_GUARDS, managedColumns: before } as const;
  const planned = await planDesired(session, desired, wanted, nobodyManaged());
  const { mapping, completeness } = planned.live;
  if (mapping !== null) return planned;
  if (completeness.proven || completeness.everythingMissing === true) return null;
  throw new CleanError(`the live field mapping could not be read: ${completeness.reason}`);
}

/**
 * Whoever has another name or manager once another column holds them was meant: the mapping is all that is declared. A
 * count, because a share of the developers whom a mapping declares is nobody.
 */
const REREAD_GUARDS = { maxUpdate: 10_000_000, maxManagerChange: 10_000_000 } as const;

/** null: no request here reads them. */
async function identitiesOf({ reader }: Session, { developers }: LiveRoster): Promise<LiveRoster["identities"]> {
  try {
    return await reader.readIdentities([...developers.keys()]);
  } catch (error) {
    if (error instanceof IdentitiesUnavailableError) return null;
    throw error;
  }
}

/** The columns that were declared at the last apply. */
function declaredColumns(state: Properties): readonly string[] {
  const fields = asInputs(state).fields as DeclaredMapping | undefined;
  return fields === undefined ? [] : columnsOf(fields).map(([column]) => column);
}

function refuse({ plan }: PlannedRoster, people: People): void {
  const refused = refusedLines(plan, people);
  if (refused.length > 0) throw new CleanError(refused.join("\n"));
}

function problemsOf(fields: DeclaredMapping): readonly string[] {
  const { attributes, dropColumns = [], renameColumns = {} } = fields;
  if (!Array.isArray(attributes)) return ["attributes must be a list of column names"];
  if (!Array.isArray(dropColumns) || !dropColumns.every(isName)) return ["dropColumns must be a list of column names"];
  const isMap = typeof renameColumns === "object" && renameColumns !== null;
  if (!isMap || !Object.entries(renameColumns).flat().every(isName)) {
    return ["renameColumns must be a mapping of old column names to new ones"];
  }
  const seen = new Set<string>();
  const problems = columnsOf(fields).flatMap(([column]) => {
    if (typeof column !== "string" || column.trim() === "") return ["BLANK_CSV_COLUMN_NAME: a column has a blank name"];
    const key = columnKey(column);
    if (seen.has(key)) return [`two columns are called ${JSON.stringify(column)}`];
    seen.add(key);
    return [];
  });
  if (problems.length > 0) return problems;
  const moves = columnMoves(fields).map(({ message, hint }) => `${message}: ${hint}`);
  return [...moves, ...misleadingColumn(fields).map(({ rule, message }) => `${rule}: ${message}`)];
}

function isName(value: unknown): boolean {
  return typeof value === "string" && value.trim() !== "";
}

/** `check` made it so. */
function asInputs(properties: Properties): FieldMappingInputs {
  return pick(properties, KEYS) as unknown as FieldMappingInputs;
}

export = new FieldMappingProvider();
