import type { dynamic } from "@pulumi/pulumi";
import { applyPlan } from "../apply/apply-plan.js";
import type { PlannedRoster } from "../apply/plan-live.js";
import type { People } from "../report/people.js";
import { summaryOf } from "../report/summary.js";
import { planLines, refusedLines } from "../report/text.js";
import { canonicalJson } from "../roster/checksum.js";
import { EMPTY_ROSTER } from "../roster/desired-roster.js";
import { columnKey, columnsOf, type FieldMapping } from "../roster/field-mapping.js";
import { misleadingColumn } from "../roster/rules/misleading-column.js";
import { beforeWriting } from "./before-writing.js";
import { clean } from "./clean.js";
import { CleanError, messageOf } from "./clean-error.js";
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
    return clean(async () => {
      const same = canonicalJson(pick(olds, KEYS)) === canonicalJson(inputs) && olds["drift"] === "";
      const session = this.#sessions.openFor(olds);
      const planned = await planMapping(session, asInputs(inputs));
      if (planned === null) return { changes: !same };
      const { people } = session.settings;
      if (planned.plan.changes.length > 0) print(planLines(planned.plan, { people }));
      refuse(planned, people);
      return { changes: !same || planned.plan.changes.length > 0 };
    });
  }

  async create(news: Properties): Promise<dynamic.CreateResult> {
    return clean(async () => {
      const session = this.#sessions.open();
      return { id: targetId(session.settings.target), outs: await this.#carryOut(session, asInputs(news)) };
    });
  }

  async update(_id: string, olds: Properties, news: Properties): Promise<dynamic.UpdateResult> {
    return clean(async () => ({ outs: await this.#carryOut(this.#sessions.openFor(olds), asInputs(news)) }));
  }

  async read(id: string, props: Properties = {}): Promise<dynamic.ReadResult> {
    return clean(async () => {
      const inputs = pick(props, KEYS);
      const planned = await planMapping(this.#sessions.openFor(props), asInputs(inputs));
      const changes = planned?.plan.changes ?? [];
      const drift = changes.length === 0 ? "" : `the live field mapping differs: ${summaryOf(changes)}`;
      if (drift !== "") print([drift]);
      return { id, props: { ...props, drift }, inputs };
    });
  }

  async delete(): Promise<void> {
    console.log("forgotten: the field mapping stays in SEI, because the API cannot delete one");
  }

  async #carryOut(session: Session, inputs: FieldMappingInputs): Promise<Record<string, unknown>> {
    const { endpoint, account } = session.settings.target;
    const outs = { ...inputs, endpoint, account, drift: "" };
    const planned = await planMapping(session, inputs);
    if (planned === null) {
      console.log("declared: the initial setup has not been done yet; the roster carries the field mapping out");
      return outs;
    }
    refuse(planned, session.settings.people);
    if (planned.plan.changes.length === 0) return outs;
    await beforeWriting(session, planned.plan, planned.live);
    const outcome = await applyPlan({ ...planned, reader: session.reader, writer: session.writer });
    if (outcome.status !== "applied") {
      const reason = session.settings.people === "none" ? outcome.reasonWithoutPeople : outcome.reason;
      throw new CleanError(`the field mapping was ${outcome.touched ? "changed, but" : "not changed:"} ${reason}`);
    }
    console.log(`applied and verified: ${summaryOf(planned.plan.changes)}`);
    return outs;
  }
}

/** null: the initial setup has not been done, so there is no mapping to compare with. */
async function planMapping(session: Session, { fields }: FieldMappingInputs): Promise<PlannedRoster | null> {
  const desired = { ...EMPTY_ROSTER, fields };
  const wanted = { prune: "none", strategy: "upsert", guards: {} } as const;
  const planned = await planDesired(session, desired, wanted, nobodyManaged());
  const { mapping, completeness } = planned.live;
  if (mapping !== null) return planned;
  if (completeness.proven || completeness.everythingMissing === true) return null;
  throw new CleanError(`the live field mapping could not be read: ${completeness.reason}`);
}

function refuse({ plan }: PlannedRoster, people: People): void {
  const refused = refusedLines(plan, people);
  if (refused.length > 0) throw new CleanError(refused.join("\n"));
}

function problemsOf(fields: FieldMapping): readonly string[] {
  if (!Array.isArray(fields.attributes)) return ["attributes must be a list of column names"];
  const seen = new Set<string>();
  const problems = columnsOf(fields).flatMap(([column]) => {
    if (typeof column !== "string" || column.trim() === "") return ["BLANK_CSV_COLUMN_NAME: a column has a blank name"];
    const key = columnKey(column);
    if (seen.has(key)) return [`two columns are called ${JSON.stringify(column)}`];
    seen.add(key);
    return [];
  });
  if (problems.length > 0) return problems;
  return misleadingColumn(fields).map(({ rule, message }) => `${rule}: ${message}`);
}

/** `check` made it so. */
function asInputs(properties: Properties): FieldMappingInputs {
  return pick(properties, KEYS) as unknown as FieldMappingInputs;
}

export = new FieldMappingProvider();
