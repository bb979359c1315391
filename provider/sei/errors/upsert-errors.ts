import { type Call, SeiError } from "./sei-error.js";

const CALL: Call = { method: "PATCH", path: "/v2/developers" };
const ADVICE = "Use --strategy reupload (strategy: reupload): it sends everybody as a CSV, whose form is documented.";

/** A record was refused in every form in which records may be written. */
export class UpsertNotTakenError extends SeiError {
  override readonly cause: SeiError;
  /** @param first what the API said to the likeliest form */
  constructor(forms: number, first: SeiError) {
    super(
      `A record was refused in each of the ${forms} forms in which it may be written; the documents do not show one. The likeliest was answered with: ${first.message} If the record itself is right: ${ADVICE}`,
      {
        call: first.call,
        status: first.status,
        cause: first,
        todo: `If the records are right: ${ADVICE}`,
      },
    );
    this.cause = first;
  }
}

/**
 * A record was taken in some form, and in none of them it came out as it was sent, so no other record was sent in any.
 */
export class UpsertNotUnderstoodError extends SeiError {
  /** The key of the one whose record it is. Not enumerable: printing the error must not print people. */
  declare readonly email: string;
  /** Their columns that are blank now and had a value. */
  readonly blanked: readonly string[];

  constructor(email: string, blanked: readonly string[], forms: number) {
    const columns = blanked.map((column) => JSON.stringify(column)).join(", ");
    const found =
      blanked.length === 0
        ? `no read shows the record of ${email} as it was sent, in ${forms} forms`
        : `the server blanks ${columns} in each of ${forms} forms of a record: they are blank for ${email} now`;
    const what = blanked.length === 0 ? "nothing was changed as it should be" : `a record lost ${columns}`;
    super(`PATCH /v2/developers was taken, but ${found}. No other record was sent in these forms. ${repair(blanked)}`, {
      call: CALL,
      todo: `The request was taken, but ${what}; no other record was sent so. ${repair(blanked)}`,
    });
    Object.defineProperty(this, "email", { value: email, enumerable: false });
    this.blanked = blanked;
  }
}

/**
 * A record was taken, and the server made columns of the keys in it that it does not know. No other key was tried: each
 * would have left another column behind.
 */
export class UpsertAddedColumnsError extends SeiError {
  /** The columns that are new. */
  readonly columns: readonly string[];

  constructor(columns: readonly string[]) {
    const named = columns.map((column) => JSON.stringify(column)).join(", ");
    const ones = columns.length === 1 ? "a column that is" : "columns that are";
    super(
      `PATCH /v2/developers was taken, but the server made ${ones} new of keys that it does not know: ${named}. No other record was sent so. ${ADVICE} That leaves the new ones out.`,
      { call: CALL, todo: `The server made ${ones} new of keys that it does not know: ${named}. ${ADVICE}` },
    );
    this.columns = columns;
  }
}

function repair(blanked: readonly string[]): string {
  if (blanked.length === 0) return `Run it again, in case its answers only lag; if it stays so: ${ADVICE}`;
  return `${ADVICE} That brings the values back too; they are also in the backup that was made before.`;
}
