import { emailKey, isEmail } from "../../roster/email.js";
import { emailHint, meansNobody } from "../../roster/rules/email-hint.js";
import { type Strings, strings } from "../../roster/strings.js";
import { counted } from "../counted.js";
import type { WrittenColumn, WrittenDeveloper, WrittenTable, WrittenText } from "../document.js";
import type { Finding } from "../finding.js";
import { brief, quoted } from "../show.js";
import { type CsvTable, isBlank } from "./csv-table.js";
import type { HeaderColumn } from "./header-columns.js";

/** The positions of the columns that are no attributes. */
export interface RolePositions {
  readonly email: number;
  readonly name?: number;
  readonly manager?: number;
}

/** The developers of a CSV. */
export interface CsvPeople {
  readonly developers: readonly WrittenDeveloper[];
  readonly findings: readonly Finding[];
  /** false: some rows could not be read, so nobody knows who is declared. */
  readonly whole: boolean;
}

/** Reads the rows below the header. Values are taken as they are; only addresses are trimmed and lower-cased. */
export function readRows(table: CsvTable, roles: RolePositions, attributes: readonly HeaderColumn[]): CsvPeople {
  const reader = new RowReader(table, roles, attributes);
  for (let row = table.headerRow + 1; row < table.rows.length; row++) reader.read(row);
  return reader;
}

const NO_COLUMNS: readonly WrittenColumn[] = [];
const NO_VALUES = strings([]);
const NO_IDENTITIES: WrittenDeveloper["identities"] = [];

class RowReader implements CsvPeople {
  readonly developers: WrittenDeveloper[] = [];
  readonly findings: Finding[] = [];
  whole = true;
  readonly #table: CsvTable;
  readonly #roles: RolePositions;
  readonly #attributes: readonly HeaderColumn[];
  readonly #width: number;
  readonly #cells: WrittenTable;

  constructor(table: CsvTable, roles: RolePositions, attributes: readonly HeaderColumn[]) {
    this.#table = table;
    this.#roles = roles;
    this.#attributes = attributes;
    this.#width = table.rows[table.headerRow]?.length ?? 0;
    this.#cells = {
      cellOf(email, column) {
        const index = attributes.find(({ name }) => name === column)?.index;
        return index === undefined || typeof email !== "number" ? undefined : email - roles.email + index;
      },
    };
  }

  read(row: number): void {
    const cells = this.#table.rows[row] ?? [];
    const written = cells[this.#roles.email] ?? "";
    const email = emailKey(written);
    if (email === "" && isBlank(cells)) return;
    const fits = this.#checkLength(row, cells, email);
    if (!isEmail(email)) {
      this.whole = false;
      if (fits) this.#findEmail(row, written);
      return;
    }
    const { origin, markOf } = this.#table;
    const { name: nameAt, manager: managerAt } = this.#roles;
    // In a row of another length nobody knows which value is which.
    this.developers.push({
      origin,
      defaults: NO_COLUMNS,
      email,
      mark: markOf(row, this.#roles.email),
      name: nameAt === undefined || !fits ? undefined : this.#name(row, nameAt, cells),
      manager: managerAt === undefined || !fits ? undefined : this.#manager(row, managerAt, cells, email),
      columns: NO_COLUMNS,
      attributes: fits ? this.#attributesOf(cells) : NO_VALUES,
      table: this.#cells,
      identities: NO_IDENTITIES,
    });
  }

  #attributesOf(cells: readonly string[]): Strings {
    // As strings() makes them, without an array for each value.
    const made: Record<string, string> = Object.create(null);
    for (const { name, index } of this.#attributes) made[name] = cells[index] ?? "";
    return made;
  }

  #name(row: number, column: number, cells: readonly string[]): WrittenText {
    return { text: cells[column] ?? "", mark: this.#table.markOf(row, column) };
  }

  #manager(row: number, column: number, cells: readonly string[], email: string): WrittenText | undefined {
    const text = emailKey(cells[column] ?? "");
    const mark = this.#table.markOf(row, column);
    if (text === "" || isEmail(text)) return { text, mark };
    const message = `the manager of ${brief(email)} must be an email address, or blank for nobody; it is ${quoted(cells[column] ?? "")}`;
    this.findings.push(
      this.#table.origin.finding(mark, "INVALID_EMAIL", message, this.#managerHint(cells[column] ?? "")),
    );
    return undefined;
  }

  /** Exports often name the manager where the address should be. */
  #managerHint(written: string): string {
    const meant = this.#emailOf(emailKey(written));
    if (meant !== undefined) return `did you mean ${brief(meant)}, who is called so?`;
    if (meansNobody(written)) return "leave the cell blank for nobody";
    return emailHint(written) ?? "write the address of the manager";
  }

  #byName: Map<string, string | null> | undefined;

  /** The only developer of the file with a name. */
  #emailOf(name: string): string | undefined {
    const { name: nameAt, email: emailAt } = this.#roles;
    if (nameAt === undefined) return undefined;
    if (this.#byName === undefined) {
      this.#byName = new Map();
      for (const cells of this.#table.rows.slice(this.#table.headerRow + 1)) {
        const key = emailKey(cells[nameAt] ?? "");
        const email = emailKey(cells[emailAt] ?? "");
        if (isEmail(email)) this.#byName.set(key, this.#byName.has(key) ? null : email);
      }
    }
    return this.#byName.get(name) ?? undefined;
  }

  #findEmail(row: number, written: string): void {
    const { origin, markOf } = this.#table;
    const mark = markOf(row, this.#roles.email);
    if (written.trim() === "") {
      const message = "the row has values and no email, which is the key of a developer";
      this.findings.push(origin.finding(mark, "REQUIRED_VALUE_MISSING", message, "write it, or take the row out"));
      return;
    }
    const message = `the email of a developer must be an email address; it is ${quoted(written)}`;
    const hint = this.#repeatsHeader(row) ? HEADER_AGAIN : emailHint(written);
    this.findings.push(
      origin.finding(mark, "INVALID_EMAIL", message, hint ?? "write the address, or take the row out"),
    );
  }

  /** Whether a row has the name of the email column for an email. */
  #repeatsHeader(row: number): boolean {
    const { rows, headerRow } = this.#table;
    const { email } = this.#roles;
    return emailKey(rows[row]?.[email] ?? "") === emailKey(rows[headerRow]?.[email] ?? "");
  }

  /** Whether a row is as long as the header; blank cells behind it do not count. */
  #checkLength(row: number, cells: readonly string[], email: string): boolean {
    if (cells.length === this.#width) return true;
    const surplus = cells.findIndex((cell, at) => at >= this.#width && cell.trim() !== "");
    if (cells.length > this.#width && surplus === -1) return true;
    const { origin, markOf } = this.#table;
    const whose = isEmail(email) ? `the row of ${brief(email)}` : "the row";
    const message = `${whose} has ${counted(cells.length, "cell")}, and the header ${this.#width}`;
    const wrong = surplus === -1 ? TOO_SHORT : "a value with a delimiter or a line end in it is written in quotes";
    const hint = this.#repeatsHeader(row) ? HEADER_AGAIN : wrong;
    this.findings.push(origin.finding(markOf(row, Math.max(surplus, 0)), "WRONG_CELL_COUNT", message, hint));
    return false;
  }
}

const HEADER_AGAIN =
  "this row is a header again, as when two exports are put together: take it out, or give each export its own file";

const TOO_SHORT = "write the cells that are missing, blank ones too; check that the row was not cut off";
