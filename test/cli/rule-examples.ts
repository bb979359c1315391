/** The smallest source that breaks one rule. */
export interface Example {
  readonly files: Readonly<Record<string, string | Uint8Array>>;
  /** Where each link leads to. */
  readonly links?: Readonly<Record<string, string>>;
  /** Default: the folder. */
  readonly source?: readonly string[];
  readonly maxFileSize?: number;
}

const yaml = (text: string): Example => ({ files: { "roster.yaml": text } });
const csv = (text: string | Uint8Array): Example => ({ files: { "people.csv": text } });
const latin1 = (text: string): Uint8Array => Buffer.from(text, "latin1");
const ada = "  ada@example.com: { name: Ada }\n";

/**
 * For every rule of the catalogue a source that a finding of this rule comes out of. docs/rules.md shows them, and a
 * test runs them.
 */
export const EXAMPLES: Readonly<Record<string, Example>> = {
  ALIASES_EXPLODE: yaml("version: 1\ndevelopers: &all\n  ada@example.com: *all\n"),
  ALLOW_EXPIRED: yaml(
    `version: 1\nallow:\n  - { delete: [bob@example.com], reason: "HR-123", until: 2026-11-20 }\ndevelopers:\n${ada}`,
  ),
  ALLOW_NOBODY: yaml(
    `version: 1\nallow:\n  - { delete: [], reason: "HR-123", until: 2026-12-31 }\ndevelopers:\n${ada}`,
  ),
  AMBIGUOUS_COLUMN: csv("Work Email,Company Email,Name,Manager\nada@example.com,ada@example.org,Ada,\n"),
  BLANK_CSV_COLUMN_NAME: csv("Email,Name,Manager,\nada@example.com,Ada,,Payments\n"),
  BROKEN_CHARACTER: yaml('version: 1\ndevelopers:\n  ada@example.com: { name: "Ada \\ud800" }\n'),
  CIRCULAR_REFERENCE: yaml(
    "version: 1\ndevelopers:\n  ada@example.com: { name: Ada, manager: grace@example.com }\n  grace@example.com: { name: Grace, manager: ada@example.com }\n",
  ),
  COLUMN_NOT_FOUND: csv("Email,Name,Team Lead\nada@example.com,Ada,grace@example.com\n"),
  CSV_FORMULA: csv('Email,Name,Manager,Team\nada@example.com,Ada,,"=HYPERLINK(A1)"\n'),
  DATES_RUN_BACKWARDS: yaml(
    "version: 1\ndevelopers:\n  ada@example.com: { name: Ada, effective: { from: 2026-12-02, until: 2026-12-01 } }\n",
  ),
  DECLARED_IN_TWO_FILES: {
    files: {
      "a.yaml": `version: 1\nguards: { maxDelete: 5 }\ndevelopers:\n${ada}`,
      "b.yaml": "version: 1\nguards: { maxDelete: 9 }\n",
    },
  },
  DUPLICATE_COLUMN: yaml(
    "version: 1\ndevelopers:\n  ada@example.com: { name: Ada, Sub Team: Cards }\n  bob@example.com: { name: Bob, sub_team: Cards }\n",
  ),
  DUPLICATE_EMAIL: {
    files: {
      "a.yaml": `version: 1\ndevelopers:\n${ada}`,
      "b.csv": "Email,Name,Manager\nAda@Example.com,Ada Lovelace,\n",
    },
  },
  DUPLICATE_KEY: yaml("version: 1\ndevelopers:\n  ada@example.com:\n    name: Ada\n    name: Ada Lovelace\n"),
  EMPTY_CSV: csv("Email,Name,Manager Email\n"),
  EMPTY_ROSTER: yaml("version: 1\ndevelopers: {}\n"),
  FILE_NOT_FOUND: { files: {}, source: ["people.yaml"] },
  FILE_NOT_READABLE: { files: { "people.yaml": "version: 1\n" }, source: ["people.yaml/team.yaml"] },
  FILE_NOT_SUPPORTED: { files: { "people.xlsx": "" }, source: ["people.xlsx"] },
  FILE_NOT_UTF8: { files: { "roster.yaml": latin1("version: 1\ndevelopers: { zoe@example.com: { name: Zoë } }\n") } },
  FILE_OUTSIDE: {
    files: { "teams/a.yaml": `version: 1\ndevelopers:\n${ada}`, "b.yaml": "version: 1\n" },
    links: { "teams/b.yaml": "../b.yaml" },
    source: ["teams"],
  },
  FILE_TOO_LARGE: { ...yaml(`version: 1\ndevelopers:\n${ada}`), maxFileSize: 20 },
  IDENTITY_CLAIMED_TWICE: yaml(
    "version: 1\ndevelopers:\n  ada@example.com: { name: Ada, identities: { 101: ada } }\n  bob@example.com: { name: Bob, identities: { 101: ada } }\n",
  ),
  IN_BOTH_LISTS: yaml(`version: 1\nmanageFields: [Role, Team]\nignoreFields: [Team]\ndevelopers:\n${ada}`),
  IDENTITY_WITH_SPACES: yaml(
    'version: 1\ndevelopers:\n  ada@example.com: { name: Ada, identities: { 101: " ada" } }\n',
  ),
  INVALID_ALLOW: yaml(`version: 1\nallow:\n  - { reason: "HR-123", until: 2026-12-31 }\ndevelopers:\n${ada}`),
  INVALID_CSV: csv('Email,Name\nada@example.com,Ada "Countess" Lovelace\n'),
  INVALID_DATE: yaml("version: 1\ndevelopers:\n  ada@example.com: { name: Ada, effective: { from: 2026-02-30 } }\n"),
  INVALID_EMAIL: yaml("version: 1\ndevelopers:\n  ada.example.com: { name: Ada }\n"),
  INVALID_LIMIT: yaml(`version: 1\nguards: { maxDelete: ten }\ndevelopers:\n${ada}`),
  INVALID_YAML: yaml('version: 1\ndevelopers:\n  ada@example.com: { name: "Ada }\n'),
  LIKELY_SLIP: yaml(
    "version: 1\ndefaults: { Stie: Berlin }\ndevelopers:\n  ada@example.com: { name: Ada, Site: Paris }\n  bob@example.com: { name: Bob }\n",
  ),
  LOST_CHARACTER: csv("Email,Name,Manager\nzoe@example.com,Zo\ufffd,\n"),
  MANAGER_EMAIL_MISSING_IN_DEVELOPER_EMAILS: yaml(
    "version: 1\ndevelopers:\n  ada@example.com: { name: Ada, manager: grace@example.com }\n",
  ),
  MANAGER_JOINS_LATER: yaml(
    "version: 1\ndevelopers:\n  ada@example.com: { name: Ada, manager: grace@example.com }\n  grace@example.com: { name: Grace, effective: { from: 2027-01-01 } }\n",
  ),
  MANAGER_LEAVES_FIRST: yaml(
    "version: 1\ndevelopers:\n  ada@example.com: { name: Ada, manager: grace@example.com }\n  grace@example.com: { name: Grace, effective: { until: 2027-06-30 } }\n",
  ),
  MERGE_CONFLICT: yaml(
    "version: 1\ndevelopers:\n<<<<<<< HEAD\n  ada@example.com: { name: Ada }\n=======\n  ada@example.com: { name: Ada Lovelace }\n>>>>>>> team\n",
  ),
  MISLEADING_COLUMN: yaml(
    `version: 1\nfields: { name: Name, email: Work Email, managerEmail: Manager Email, attributes: [Email] }\ndevelopers:\n${ada}`,
  ),
  MISSING_NAME_OR_EMAIL_OR_MANAGER_EMAIL_FIELD_MAPPING: yaml(
    `version: 1\nfields: { name: Name, email: Email }\ndevelopers:\n${ada}`,
  ),
  MULTIPLE_DOCUMENTS: yaml(`version: 1\ndevelopers:\n${ada}---\nversion: 1\n`),
  NO_FILES: { files: {}, source: ["teams/*.yaml"] },
  OUTSIDE_SCOPE: yaml(
    "version: 1\nscope: { Team: [Payments] }\ndevelopers:\n  ada@example.com: { name: Ada, Team: Billing }\n",
  ),
  PREVIOUS_EMAIL_CLAIMED_TWICE: yaml(
    "version: 1\ndevelopers:\n  ada@example.com: { name: Ada, previousEmails: [old@example.com] }\n  bob@example.com: { name: Bob, previousEmails: [old@example.com] }\n",
  ),
  PREVIOUS_EMAIL_DECLARED: yaml(
    "version: 1\ndevelopers:\n  ada@example.com: { name: Ada, previousEmails: [bob@example.com] }\n  bob@example.com: { name: Bob }\n",
  ),
  REQUIRED_FIELD_MISSING: csv("Name,Team\nAda,Payments\n"),
  REQUIRED_KEY_MISSING: yaml(`developers:\n${ada}`),
  REQUIRED_VALUE_MISSING: csv("Email,Name,Manager\nada@example.com,,\n"),
  UNKNOWN_COLUMN: yaml(
    "version: 1\nfields: { name: Name, email: Email, managerEmail: Manager Email, attributes: [Team] }\ndevelopers:\n  ada@example.com: { name: Ada, Taem: Payments }\n",
  ),
  UNKNOWN_INTEGRATION: yaml(
    "version: 1\nintegrations: { github: 101 }\ndevelopers:\n  ada@example.com: { name: Ada, identities: { gihtub: ada } }\n",
  ),
  UNKNOWN_KEY: yaml("version: 1\ndevelopers:\n  ada@example.com: { name: Ada, manger: grace@example.com }\n"),
  WRONG_CELL_COUNT: csv("Email,Name,Manager\nada@example.com,Lovelace, Ada,grace@example.com\n"),
  WRONG_KEY: yaml(`version: 1\nintegrations: { 101: 102 }\ndevelopers:\n${ada}`),
  WRONG_TYPE: yaml("version: 1\ndevelopers:\n  ada@example.com: { name: [Ada, Lovelace] }\n"),
  WRONG_VALUE: yaml(`version: 1\nprune: everybody\ndevelopers:\n${ada}`),
};
