import type { Judged } from "./assumption.js";
import { type Conformance, tallyOf } from "./conformance.js";

/** What was found as JSON, as `schema/conformance.schema.json` describes it. */
export function conformanceJson(conformance: Conformance): string {
  const { endpoint, account, judged, wrote } = conformance;
  const json = {
    version: 1,
    target: { endpoint, account },
    wrote: wrote !== null,
    run: wrote?.run ?? null,
    interrupted: wrote?.interrupted ?? false,
    summary: tallyOf(conformance),
    assumptions: judged.map(judgedJson),
    left: wrote?.left ?? [],
  };
  return JSON.stringify(json, null, 2);
}

function judgedJson({ assumption, verdict }: Judged) {
  const { id, gap, source, assumes, otherwise } = assumption;
  const head = { id, gap, source, assumes, verdict: verdict.kind };
  switch (verdict.kind) {
    case "holds":
      return head;
    case "differs":
      return { ...head, seen: verdict.seen, copes: verdict.copes, otherwise };
    case "notTested":
      return { ...head, why: verdict.why };
  }
}
