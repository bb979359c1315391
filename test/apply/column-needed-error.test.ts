import { applyPlan } from "../../provider/apply/apply-plan.js";
import { ColumnNeededError, columnNeeded } from "../../provider/apply/column-needed-error.js";
import type { MapFieldChange } from "../../provider/roster/change.js";
import type { DeclaredMapping } from "../../provider/roster/field-mapping.js";
import { plan, refusals } from "../../provider/roster/plan.js";
import { connect } from "../../provider/sei/client.js";
import { PartialWriteError, RefusedError, ValidationError, type ValidationIssue } from "../../provider/sei/errors.js";
import { startSimulator } from "../../provider/simulator/simulator.js";
import { declare, desired, dev, MAPPING, policy } from "../support/people.js";

const CALL = { method: "PUT", path: "/v2/developers/versions/1/fieldMappings" };

const issue = (errorType: string, fieldName: string | null): ValidationIssue => ({
  errorType,
  fieldName,
  count: null,
  sampleEmails: [],
});
const invalid = (...errors: readonly ValidationIssue[]) => new ValidationError(CALL, 400, errors);
const missing = (fieldName: string | null) => issue("REQUIRED_FIELD_MISSING", fieldName);

const goes = (column: string): MapFieldChange => ({ kind: "mapField", column, before: "ATTRIBUTE", after: null });
const comes = (column: string): MapFieldChange => ({ kind: "mapField", column, before: null, after: "ATTRIBUTE" });
const changes = [
  goes("Team"),
  goes("Cost Centre"),
  comes("Site"),
  { kind: "create", email: "a", after: dev("a") },
] as const;

describe("a refusal to change the columns names those that the account does not let go of", () => {
  test.each<readonly [string, Error, readonly string[]]>([
    ["by name", invalid(missing("Team")), ['the column "Team" (']],
    ["however the API spells it", invalid(missing("costCentre")), ['the column "Cost Centre" (']],
    ["several", invalid(missing("Team"), missing("Cost Centre")), ['one of the columns "Team", "Cost Centre" (']],
    ["next to other errors", invalid(issue("DUPLICATE_EMAIL", null), missing("Team")), ['the column "Team" (']],
    ["without a name: one of those that go", invalid(missing(null)), ['one of the columns "Team", "Cost Centre" (']],
    ["one of them without a name", invalid(missing("Team"), missing(null)), ['the column "Team" (']],
    ["in a write of several requests", new PartialWriteError(0, 1, 0, invalid(missing("Team"))), ['"Team"']],
  ])("%s", (_how, thrown, words) => {
    const error = columnNeeded(thrown, { changes });
    expect(error).toBeInstanceOf(ColumnNeededError);
    for (const text of words) expect(error?.message).toContain(text);
    expect(error).toMatchObject({ cause: thrown, withoutPeople: error?.message });
    expect(error?.message).toContain("Nothing was saved. Change the filter or the grouping of that org tree first");
    expect(error?.message).not.toContain("Site");
  });

  test.each<readonly [string, unknown]>([
    ["a column that does not go", invalid(missing("Role"))],
    ["a column that comes", invalid(missing("Site"))],
    ["columns of which one has another name", invalid(missing("Role"), missing(null))],
    ["records, not columns", invalid(issue("DUPLICATE_EMAIL", null))],
    ["no validation at all", new RefusedError({ call: CALL, status: 400, said: "Team", reads: false })],
    ["no answer of the API", new TypeError("Team")],
    ["no error", "Team"],
  ])("not when it is about %s", (_what, thrown) => {
    expect(columnNeeded(thrown, { changes })).toBeNull();
  });

  test("not when no column goes", () => {
    expect(columnNeeded(invalid(missing("Team")), { changes: [comes("Site")] })).toBeNull();
    expect(columnNeeded(invalid(missing(null)), { changes: [comes("Site")] })).toBeNull();
  });
});

test("an apply that an org tree stands in the way of says so in both of its reasons, and leaves everything as it is", async () => {
  const server = await startSimulator({ requiredFields: ["Team"] });
  const client = connect({ endpoint: server.url, apiKey: "simulator", rereadMs: [5], retry: { baseMs: 1 } });
  try {
    const run = async (fields: DeclaredMapping, people = [declare(dev("ada", { Role: "CTO", Team: "Core" }))]) => {
      const want = desired(people, { fields });
      const live = await client.reader.readRoster({ identities: false });
      const under = policy({ prune: "none" });
      const made = plan(want, live, under);
      expect(refusals(made)).toEqual([]);
      return applyPlan({ plan: made, desired: want, live, policy: under, ...client, deadlineMs: 500 });
    };
    expect((await run(MAPPING)).status).toBe("applied");
    const before = server.state();
    const outcome = await run({ ...MAPPING, attributes: ["Role"], dropColumns: ["Team"] }, []);
    const words = /^the API refuses to go without the column "Team" \(REQUIRED_FIELD_MISSING\)/;
    expect(outcome).toMatchObject({
      status: "failed",
      done: [],
      touched: false,
      reason: expect.stringMatching(words),
      reasonWithoutPeople: expect.stringMatching(words),
    });
    expect(server.state()).toMatchObject({ columns: before.columns, developers: before.developers });
  } finally {
    await client.close();
    await server.stop();
  }
});
