/** How the key is sent. The documents show both; the newer ones only the second. */
export type AuthForm = "x-api-key" | "authorization";

/** `auto`: the first that the API accepts, in the order above. */
export type AuthChoice = AuthForm | "auto";

/** Holds the key, and remembers which form the API accepted. */
export class Auth {
  readonly #key: string;
  readonly #account: string;
  readonly #forms: readonly AuthForm[];
  #accepted: AuthForm | null = null;

  constructor(key: string, account: string, choice: AuthChoice) {
    this.#key = key;
    this.#account = account;
    this.#forms = choice === "auto" ? ["x-api-key", "authorization"] : [choice];
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
      case "authorization":
        return { authorization: `ApiKey ${this.#key}`, ...account };
    }
  }
}

/** The form, as a message names it. */
export function authFormText(form: AuthForm): string {
  return form === "x-api-key" ? "x-api-key" : "Authorization: ApiKey";
}
