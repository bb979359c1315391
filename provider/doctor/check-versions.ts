import type { Looked } from "../sei/look.js";
import type { Finding } from "./check.js";
import type { Evidence } from "./evidence.js";

/** A name of a header that speaks of a version, and a value that can be nothing but one. */
const NAME = /^(?:[a-z-]*version|server)$/;
const VALUE = /^[\w.+/() -]{1,60}$/;

/** What runs here, and what the API says of itself. */
export function checkVersions({ subject, arrival, answers }: Evidence): Finding {
  const looks = [
    ...arrival.forms.map(({ looked }) => looked),
    ...(answers.kind === "done" ? [answers.value.list] : []),
  ];
  const stated = new Set(looks.flatMap(versionsIn));
  const api = stated.size === 0 ? "no answer names a version of the API" : `the API says ${[...stated].join(", ")}`;
  return {
    status: "ok",
    says: `pulumi-harness-sei ${subject.versions.package}, Node ${subject.versions.node}; ${api}`,
  };
}

function versionsIn(looked: Looked): readonly string[] {
  if (looked.kind === "none") return [];
  return [...looked.answer.headers]
    .filter(([name, value]) => NAME.test(name) && VALUE.test(value))
    .map(([name, value]) => `${name}: ${value}`);
}
