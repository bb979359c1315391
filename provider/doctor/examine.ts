import { CHECK_NAMES, type Check, type CheckName, type Finding } from "./check.js";
import { checkEndpoint } from "./check-endpoint.js";
import { checkGeneration } from "./check-generation.js";
import { checkIdentities } from "./check-identities.js";
import { checkKey } from "./check-key.js";
import { checkLicences } from "./check-licences.js";
import { checkReading } from "./check-reading.js";
import { checkSetup } from "./check-setup.js";
import { checkShapes } from "./check-shapes.js";
import { checkVersions } from "./check-versions.js";
import { checkWholeRead } from "./check-whole-read.js";
import { checkWriting } from "./check-writing.js";
import type { Evidence, Subject } from "./evidence.js";
import { gather } from "./gather.js";
import { type ShapeReport, shapeReport } from "./shape/shape-report.js";

/** What the doctor says. */
export interface Examination {
  readonly endpoint: string;
  /** "" when the key alone names it. */
  readonly account: string;
  readonly checks: readonly Check[];
  /** The redacted shapes of the answers. */
  readonly shapes: ShapeReport;
}

const CHECKS: Readonly<Record<CheckName, (evidence: Evidence) => Finding>> = {
  endpoint: checkEndpoint,
  key: checkKey,
  "may read": checkReading,
  "may write": checkWriting,
  generation: checkGeneration,
  setup: checkSetup,
  "whole read": checkWholeRead,
  shapes: checkShapes,
  identities: checkIdentities,
  licences: checkLicences,
  versions: checkVersions,
};

/** Looks at an account and at the way to it. Only reads; never rejects for what the API does. */
export async function examine(subject: Subject): Promise<Examination> {
  const evidence = await gather(subject);
  return {
    endpoint: subject.endpoint,
    account: subject.account,
    checks: CHECK_NAMES.map((name) => ({ name, ...judged(name, evidence) })),
    shapes: shapeReport(evidence),
  };
}

/** A check that fails by an answer that nobody thought of must not hide the others. */
function judged(name: CheckName, evidence: Evidence): Finding {
  try {
    return CHECKS[name](evidence);
  } catch (error) {
    const what = error instanceof Error ? error.message : String(error);
    return { status: "unknown", says: `the check itself failed: ${what}`, todo: "Please report this." };
  }
}

export function hasProblem({ checks }: Examination): boolean {
  return checks.some(({ status }) => status === "problem");
}
