import type { ContributorReader } from "../sei/contributors/contributors.js";
import type { AdoptedRoster } from "../sei/contributors/roster-of-contributors.js";
import type { Managers, SetUpRoster } from "../source/write/declarable-roster.js";
import type { ExportForm } from "../source/write/export-roster.js";

/** A roster to export, and what is to be said of how it was read. */
export interface ReadForExport {
  readonly live: SetUpRoster;
  readonly managers: Managers;
  readonly notes: readonly string[];
}

/**
 * Reads the contributors of SEI 1.0 as a roster. Only reads are sent.
 *
 * @param managerField the field that holds the manager's email, as somebody typed it
 * @throws ContributorsMissingError without v1; UnprovenListError when the list is not whole; Error for an unknown field
 */
export async function readFromV1(
  reader: ContributorReader,
  managerField: string | undefined,
  form: ExportForm,
): Promise<ReadForExport> {
  const [schema, contributors] = await Promise.all([reader.schema(), reader.list()]);
  const { customFields, fieldMeant, likelyManagerFields, rosterOfContributors } = await import(
    "../sei/contributors/roster-of-contributors.js"
  );
  const fields = customFields(schema.fields, contributors);
  const key = managerField === undefined ? null : fieldMeant(managerField, schema, contributors);
  if (managerField !== undefined && key === null) {
    const known = fields.map((field) => JSON.stringify(field.key)).join(", ");
    throw new Error(
      `contributors have no field ${JSON.stringify(managerField)} for --manager-field; fields: ${known === "" ? "none" : known}`,
    );
  }
  const adopted = rosterOfContributors(contributors, schema, key);
  if (adopted.roster.developers.size === 0) {
    throw new Error(
      `v1 lists ${contributors.length === 0 ? "nobody" : "nobody with an email"}: there is nothing to export`,
    );
  }
  const notes = notesOf(adopted);
  if (key !== null) {
    const cleaned = form.kind === "csv" ? await withoutFaults(adopted.roster) : { live: adopted.roster, notes: [] };
    return { live: cleaned.live, managers: "known", notes: [...notes, ...cleaned.notes] };
  }
  const [likely] = likelyManagerFields(fields);
  const hint = likely === undefined ? "" : `; ${JSON.stringify(likely)} may: --manager-field ${JSON.stringify(likely)}`;
  const unknown = `no managers: v1 has none of its own, so they are not managed here, unless --manager-field names a field that holds their emails${hint}`;
  return { live: adopted.roster, managers: "unknown", notes: [...notes, unknown] };
}

function notesOf(adopted: AdoptedRoster): readonly string[] {
  const { withoutEmail, withBadEmail, withEmailOfAnother, unnamedFields, nestedValues } = adopted;
  const people = (ids: readonly string[], what: string) =>
    ids.length === 0 ? [] : [`${contributorsText(ids.length)} ${what}: left out (ids ${some(ids)})`];
  return [
    ...people(withoutEmail, "without an email"),
    ...people(withBadEmail, "whose email is no address"),
    ...people(withEmailOfAnother, "with the email of somebody who has a lower id"),
    ...(unnamedFields.length === 0
      ? []
      : [
          `fields that the schema does not name are called by their keys: ${some(unnamedFields.map((one) => JSON.stringify(one)))}`,
        ]),
    ...(nestedValues === 0
      ? []
      : [`values that are lists or objects: ${nestedValues}, written as text (items with commas, or JSON)`]),
  ];
}

/** A CSV has no comments: a manager who cannot be declared is left blank, so that the file is valid. */
async function withoutFaults(live: SetUpRoster): Promise<Pick<ReadForExport, "live" | "notes">> {
  const { managerFaults } = await import("../source/write/declarable-managers.js");
  const faults = managerFaults(live.developers);
  if (faults.size === 0) return { live, notes: [] };
  const developers = new Map(
    [...live.developers].map(([email, one]) => [email, faults.has(email) ? { ...one, managerEmail: "" } : one]),
  );
  const note = `managers who are not on the roster, or make a circle: ${faults.size}, left blank`;
  return { live: { ...live, developers }, notes: [note] };
}

function contributorsText(count: number): string {
  return `${count} ${count === 1 ? "contributor" : "contributors"}`;
}

const MOST_SHOWN = 5;

function some(texts: readonly string[]): string {
  const more = texts.length - MOST_SHOWN;
  return `${texts.slice(0, MOST_SHOWN).join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
}
