import { emailKey, isEmail } from "../email.js";
import { isLimit } from "../limit.js";
import { brief, printable, quoted } from "../shown.js";
import { emailHint } from "./email-hint.js";
import type { Problem } from "./problem.js";

/** The guards that are a limit. */
export const LIMIT_GUARDS = ["maxDelete", "maxUpdate", "maxBlank", "maxManagerChange", "maxIdentityMove"] as const;

/** Guards as somebody wrote them, before anybody looked at them. */
export type WrittenGuards = Readonly<Record<string, unknown>>;

/** INVALID_LIMIT: a limit is a count or a share such as "10%", and a minimum is a count. */
export function limitSyntax(guards: WrittenGuards): readonly Problem[] {
  const limits = LIMIT_GUARDS.flatMap((guard) => {
    const value = guards[guard];
    return value === undefined || isLimit(value)
      ? []
      : [limitProblem(guard, value, 'a count from 0, or a share such as "10%"')];
  });
  const least = guards["minDevelopers"];
  const fine = least === undefined || (typeof least === "number" && Number.isInteger(least) && least >= 0);
  return fine ? limits : [...limits, limitProblem("minDevelopers", least, "a count from 0")];
}

/** INVALID_EMAIL: whoever is protected is named by an email address. */
export function protectSyntax(guards: WrittenGuards): readonly Problem[] {
  const protect: unknown = guards["protect"];
  if (!Array.isArray(protect)) return [];
  return protect.flatMap((person: unknown, item): Problem[] =>
    typeof person === "string" && isEmail(emailKey(person))
      ? []
      : [
          {
            rule: "INVALID_EMAIL",
            message: `guards.protect must hold email addresses; ${show(person)} is none`,
            ...hinted(person),
            emails: [],
            subject: { kind: "guard", guard: "protect", item },
          },
        ],
  );
}

function hinted(person: unknown): { readonly hint?: string } {
  const hint = typeof person === "string" ? emailHint(person) : undefined;
  return hint === undefined ? {} : { hint };
}

function limitProblem(guard: string, value: unknown, expected: string): Problem {
  return {
    rule: "INVALID_LIMIT",
    message: `guards.${guard} must be ${expected}; it is ${show(value)}`,
    emails: [],
    subject: { kind: "guard", guard },
  };
}

function show(value: unknown): string {
  if (typeof value === "string") return quoted(value);
  return value === null ? "empty" : printable(brief(JSON.stringify(value) ?? String(value)));
}
