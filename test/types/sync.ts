/**
 * What a sync takes: `npm run types` checks this file, and a `@ts-expect-error` over a line without an error is an error.
 */
import { type SyncOptions, type SyncOutcome, syncDeveloper } from "pulumi-harness-sei/client";

declare const options: SyncOptions;

export const slips = () => [
  // @ts-expect-error: there is no key `manger`
  syncDeveloper({ email: "ada@example.com", manger: "grace@example.com" }, options),
  // @ts-expect-error: without an email there is nobody
  syncDeveloper({ name: "Ada" }, options),
  // @ts-expect-error: a sync is now; dates belong into a roster
  syncDeveloper({ email: "ada@example.com", effective: { from: "2026-12-01" } }, options),
  // @ts-expect-error: it deletes nobody
  syncDeveloper({ email: "ada@example.com" }, { ...options, prune: "all" }),
  // @ts-expect-error: a key is needed
  syncDeveloper({ email: "ada@example.com" }, { region: "prod1" }),
];

/** Every outcome can be told apart, and no other has a reason. */
export function said(outcome: SyncOutcome): string {
  switch (outcome.status) {
    case "unchanged":
      return "";
    case "created":
      return outcome.checksum;
    case "updated":
      return outcome.columns.join();
    case "refused":
      return `${outcome.by.join()} ${outcome.reason}`;
    case "failed":
      return `${outcome.touched} ${outcome.reason}`;
  }
}
