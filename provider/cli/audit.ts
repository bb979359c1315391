import type { AuditFile } from "../apply/audit-file.js";
import { type Audit, runAudit } from "../client/run-audit.js";
import type { Plan } from "../roster/plan.js";
import type { WriteFlags } from "./plan-options.js";
import { say } from "./say.js";
import { peopleOf } from "./show-plan.js";

export type { Audit } from "../client/run-audit.js";

/**
 * Begins the audit of a command.
 *
 * @param file null: nobody wants one
 * @throws AuditError when the first line cannot be written: nothing may be sent then
 */
export function auditOf(
  file: AuditFile | null,
  { command, flags }: { readonly command: string; readonly flags: WriteFlags },
  plan: Plan,
): Audit {
  const warn = (message: string) => say(`warning: ${message}`);
  return runAudit(file, { command, people: peopleOf(flags), warn }, plan);
}
