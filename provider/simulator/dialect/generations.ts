import type { GenerationEntries } from "./generation-entries.js";

/** What the documents say or suggest of the two other generations. */
const standard: GenerationEntries = {
  generations: "both",
  previousVersionName: "uploadId",
  unlistedApplicationType: "assign",
  sharedApplicationType: "all",
  contributors: "same",
  contributorPut: "byId",
  contributorDuplicates: "badRequest",
  contributorRename: "managersStay",
  contributorVersions: "sdk",
  contributorHasNext: "right",
  nonUsersCount: "metadata",
  danglingUsers: 0,
  contributorPageSize: 50,
  contributorPageMax: null,
  contributorFilter: "applied",
};

/** What each named dialect says of them. */
export const GENERATIONS = {
  default: standard,
  /** An account that has moved, with a list of contributors of its own from the time before. */
  spring: {
    ...standard,
    generations: "current",
    contributors: "apart",
    contributorVersions: "source",
    contributorHasNext: "totalOverRows",
    nonUsersCount: "top",
    danglingUsers: 2,
    contributorPageMax: 100,
  },
  nested: {
    ...standard,
    previousVersionName: "versionId",
    sharedApplicationType: "first",
    contributorRename: "managersFollow",
    nonUsersCount: "none",
    contributorPageSize: 10,
  },
  terse: {
    ...standard,
    unlistedApplicationType: "badRequest",
    sharedApplicationType: "badRequest",
    contributors: "none",
  },
  /** As the older server behaved. */
  items: {
    ...standard,
    contributorPut: "byEmailOrId",
    contributorDuplicates: "firstWins",
    contributorVersions: "source",
    contributorHasNext: "totalOverRows",
    nonUsersCount: "top",
    danglingUsers: 3,
    contributorPageSize: 1000,
    contributorFilter: "ignored",
  },
  display: { ...standard, contributorRename: "managersFollow", contributorHasNext: "totalOverRows" },
} as const satisfies { readonly [name: string]: GenerationEntries };
