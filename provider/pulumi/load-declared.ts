import { canonicalJson } from "../roster/checksum.js";
import { dayOf, isDay } from "../roster/day.js";
import type { DesiredRoster } from "../roster/desired-roster.js";

import { emailKey } from "../roster/email.js";
import { type DeclaredMapping, mappingOf } from "../roster/field-mapping.js";
import type { GuardSettings, Prune, Strategy } from "../roster/policy.js";
import { LIMIT_GUARDS, limitSyntax, protectSyntax, type WrittenGuards } from "../roster/rules/guard-syntax.js";
import { LooserError, tightenGuards, tightenPrune } from "../roster/tighten.js";
import type { DeclaredRoster } from "../source/declared.js";
import { formatFindings } from "../source/format-findings.js";
import { InvalidSourceError, type LoadedRoster, loadRoster, rosterFromCode } from "../source/load-roster.js";

/** What goes with `developers` in code; a source has its own. */
const CODE_KEYS = [
  "fields",
  "integrations",
  "defaults",
  "scope",
  "manageFields",
  "ignoreFields",
  "allow",
] as const satisfies readonly (keyof DeclaredRoster)[];

/** The parts of a declaration in code, besides the developers. */
export type DeclaredInCode = Pick<DeclaredRoster, (typeof CODE_KEYS)[number]>;

/** The arguments of a `DeveloperRoster`, resolved. */
export interface Declaration extends DeclaredInCode {
  readonly source?: string | readonly string[] | undefined;
  readonly developers?: DeclaredRoster["developers"] | undefined;
  readonly prune?: Prune | undefined;
  readonly guards?: GuardSettings | undefined;
  readonly strategy?: Strategy | undefined;
  readonly asOf?: string | undefined;
  readonly maxFileSize?: number | undefined;
}

/** A declaration that was loaded and is valid, with the policy it runs under. */
export interface LoadedDeclaration {
  readonly roster: DesiredRoster;
  readonly prune: Prune;
  readonly guards: GuardSettings;
  readonly strategy: Strategy;
  /** What somebody should look at in the source, as text; "" for nothing. */
  readonly warnings: string;
  /** Where somebody is declared, such as `roster/team.yaml:12:3`; "" in code. */
  placeOf(email: string): string;
}

/** More would bury the plan in the diagnostics; `sei-roster validate` shows all. */
const MOST_WARNINGS = 10;

/** An argument that cannot be used. */
export class ArgumentError extends Error {
  override readonly name = "ArgumentError";
}

/**
 * Loads and validates what a `DeveloperRoster` declares.
 *
 * @throws InvalidSourceError with every finding; ArgumentError; LooserError.
 */
export async function loadDeclared(given: Declaration, apart: DeclaredMapping | null): Promise<LoadedDeclaration> {
  const { roster, warnings, sources, placeOf } = await load(given);
  checkPolicy(given);
  const prune = tightenPrune(roster.prune, given.prune, "managed");
  const guards = tightenGuards(roster.guards, normalGuards(given.guards ?? {}));
  return {
    roster: { ...roster, fields: agreed(roster.fields, apart), prune, guards },
    prune,
    guards,
    strategy: given.strategy ?? "auto",
    warnings: warnings.length === 0 ? "" : formatFindings(warnings, { sources, limit: MOST_WARNINGS }),
    placeOf(email) {
      const place = placeOf(email);
      return place === null ? "" : `${place.file}:${place.line}:${place.column}`;
    },
  };
}

/** Whether an error says what the user did wrong; such an error is shown without a stack. */
export function isUserError(error: unknown): error is Error {
  return error instanceof InvalidSourceError || error instanceof ArgumentError || error instanceof LooserError;
}

async function load(given: Declaration): Promise<LoadedRoster> {
  const { source, developers } = given;
  const asOf = given.asOf ?? dayOf(new Date());
  if (!isDay(asOf)) throw new ArgumentError(`asOf must be a day such as "2026-12-01"; it is ${JSON.stringify(asOf)}`);
  if ((source === undefined) === (developers === undefined)) {
    throw new ArgumentError(
      "a DeveloperRoster takes either `source` (files) or `developers` (code), and exactly one of them",
    );
  }
  if (source !== undefined) {
    const [misplaced] = CODE_KEYS.filter((key) => given[key] !== undefined);
    if (misplaced !== undefined) {
      throw new ArgumentError(`\`${misplaced}\` goes with \`developers\` in code; a source has its own`);
    }
    const { maxFileSize } = given;
    return loadRoster(source, { asOf, ...(maxFileSize === undefined ? {} : { maxFileSize }) });
  }
  const parts = Object.fromEntries(CODE_KEYS.map((key) => [key, given[key]])) as DeclaredInCode;
  return rosterFromCode({ developers: developers ?? [], ...parts }, { asOf });
}

function agreed(own: DeclaredMapping | null, apart: DeclaredMapping | null): DeclaredMapping | null {
  if (own === null || apart === null) return own ?? apart;
  const inAnyOrder = (fields: DeclaredMapping) =>
    canonicalJson({ ...mappingOf(fields), attributes: [...fields.attributes].sort() });
  // What becomes of columns may be said in one of the two.
  if (inAnyOrder(own) === inAnyOrder(apart)) return { ...apart, ...own };
  throw new ArgumentError("the source has `fields`, and the FieldMappingSchema says something else: keep one of them");
}

const PRUNE: readonly string[] = ["none", "managed", "all"];
const STRATEGY: readonly string[] = ["auto", "upsert", "reupload"];

/** Arguments come from programs that may not be type-checked. */
function checkPolicy({ prune, strategy, guards }: Declaration): void {
  if (prune !== undefined && !PRUNE.includes(prune))
    throw new ArgumentError(`prune must be one of ${PRUNE.join(", ")}`);
  if (strategy !== undefined && !STRATEGY.includes(strategy)) {
    throw new ArgumentError(`strategy must be one of ${STRATEGY.join(", ")}`);
  }
  const known: readonly string[] = [...LIMIT_GUARDS, "minDevelopers", "protect"];
  const written: WrittenGuards = { ...guards };
  const stranger = Object.keys(written).find((name) => !known.includes(name));
  if (stranger !== undefined) {
    throw new ArgumentError(`there is no guard ${JSON.stringify(stranger)}; guards: ${known.join(", ")}`);
  }
  const { protect } = written;
  if (protect !== undefined && !Array.isArray(protect))
    throw new ArgumentError("guards.protect must be a list of emails");
  const [problem] = [...limitSyntax(written), ...protectSyntax(written)];
  if (problem !== undefined) throw new ArgumentError(problem.message);
}

function normalGuards(guards: GuardSettings): GuardSettings {
  return guards.protect === undefined ? guards : { ...guards, protect: guards.protect.map(emailKey) };
}
