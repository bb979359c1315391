/** An integration of the account: one installation of a tool. */
export interface Integration {
  readonly id: number;
  /** The kind of tool, in the words of the cloud ids' API; null when nobody said. */
  readonly type: ApplicationType | null;
  readonly name: string;
}

/** How an integration is given to the simulator: its id alone, or with its type and name. */
export type GivenIntegration =
  | number
  | { readonly id: number; readonly type?: ApplicationType; readonly name?: string };

/**
 * The kinds of tools, with the id of the integration that the simulator makes for each, the name that the v1 API has for it,
 * and whether v1 counts its users for the licence.
 *
 * Source: "Source system identifier (e.g., `GITHUB`, `GITLAB_CLOUD`, `BITBUCKET_SERVER`, `HARNESS_CODE`, `CUSTOM`)", and
 * `BITBUCKET_CLOUD` in the example; the others are what an "e.g." leaves open. v1: reference section 7.7.
 */
const TYPES = {
  GITHUB: { id: 1001, v1: "github", licensed: true },
  GITLAB: { id: 1002, v1: "gitlab", licensed: true },
  GITLAB_CLOUD: { id: 1003, v1: "gitlab", licensed: true },
  BITBUCKET_SERVER: { id: 1004, v1: "bitbucket_server", licensed: true },
  BITBUCKET_CLOUD: { id: 1005, v1: "bitbucket", licensed: true },
  HARNESS_CODE: { id: 1006, v1: "harness_code", licensed: false },
  AZURE_DEVOPS: { id: 1007, v1: "azure_devops", licensed: true },
  PERFORCE: { id: 1008, v1: "helix", licensed: true },
  JIRA: { id: 1009, v1: "jira", licensed: false },
  CUSTOM: { id: 1010, v1: "custom", licensed: false },
} as const;

export type ApplicationType = keyof typeof TYPES;

export const APPLICATION_TYPES = Object.keys(TYPES).filter(isApplicationType);

export function isApplicationType(text: string): text is ApplicationType {
  return Object.hasOwn(TYPES, text);
}

/** The integrations of an account. */
export class Integrations {
  /** @param given null when every positive integer is one */
  constructor(given: readonly GivenIntegration[] | null) {
    this.listed =
      given?.map((each) => {
        const { id, type = null, name } = typeof each === "number" ? { id: each } : each;
        return { id, type, name: name ?? `Integration ${id}` };
      }) ?? null;
  }

  private readonly listed: readonly Integration[] | null;

  /** Whether an id is an integration: one that was given, or one that a type has for want of a given one. */
  has(id: number): boolean {
    if (this.listed === null || this.listed.some((each) => each.id === id)) return true;
    const type = assignedTo(id);
    return type !== null && this.ofType(type).length === 0;
  }

  /** The ids of the integrations of a type that were given, in order; without a list of them, the one that stands for it. */
  ofType(type: ApplicationType): readonly number[] {
    if (this.listed === null) return [TYPES[type].id];
    return this.listed
      .filter((each) => each.type === type)
      .map(({ id }) => id)
      .sort((a, b) => a - b);
  }

  /** The integration that a type has which nobody gave: always the same. */
  assigned(type: ApplicationType): number {
    return TYPES[type].id;
  }

  /** The type of an integration in the words of v1, and whether its users count; of an unknown kind it is a GitHub. */
  inV1(id: number): { readonly type: string; readonly licensed: boolean } {
    const { v1, licensed } = TYPES[this.listed?.find((each) => each.id === id)?.type ?? assignedTo(id) ?? "GITHUB"];
    return { type: v1, licensed };
  }
}

function assignedTo(id: number): ApplicationType | null {
  return APPLICATION_TYPES.find((type) => TYPES[type].id === id) ?? null;
}
