/**
 * How the key is sent, the likeliest first. The documents show all four: `x-api-key` (developer records), `Authorization:
 * ApiKey` (their newer versions), `Authorization: Bearer` and the bare key (cloud IDs, previous endpoints).
 */
export const AUTH_FORMS = ["x-api-key", "ApiKey", "Bearer", "bare"] as const;

export type AuthForm = (typeof AUTH_FORMS)[number];

/** `auto`: the first form that the API accepts. `authorization`: the first of those in that header. */
export type AuthChoice = "x-api-key" | "authorization" | "auto";

function formsOf(choice: AuthChoice): readonly AuthForm[] {
  switch (choice) {
    case "auto":
      return AUTH_FORMS;
    case "x-api-key":
      return ["x-api-key"];
    case "authorization":
      return AUTH_FORMS.slice(1);
  }
}

/** Holds the key, and remembers which form the API accepted. */
export class Auth {
  readonly #key: string;
  readonly #account: string;
  readonly #forms: readonly AuthForm[];
  #accepted: AuthForm | null = null;

  constructor(key: string, account: string, choice: AuthChoice) {
    this.#key = key;
    this.#account = account;
    this.#forms = formsOf(choice);
  }

  /** The forms to try for a request, in order. */
  forms(): readonly AuthForm[] {
    return this.#accepted === null ? this.#forms : [this.#accepted];
  }

  accept(form: AuthForm): void {
    this.#accepted = form;
  }

  headers(form: AuthForm): Record<string, string> {
    const account = this.#account === "" ? {} : { "harness-account": this.#account };
    switch (form) {
      case "x-api-key":
        return { "x-api-key": this.#key, ...account };
      case "ApiKey":
      case "Bearer":
        return { authorization: `${form} ${this.#key}`, ...account };
      case "bare":
        return { authorization: this.#key, ...account };
    }
  }
}

/** The form, as a message names it. */
export function authFormText(form: AuthForm): string {
  switch (form) {
    case "x-api-key":
      return "x-api-key";
    case "ApiKey":
    case "Bearer":
      return `Authorization: ${form}`;
    case "bare":
      return "Authorization alone";
  }
}
