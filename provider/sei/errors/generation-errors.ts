import { type Generation, howToSet } from "../../roster/generation.js";
import { type Call, callText, SeiError } from "./sei-error.js";

/** An identity cannot be written in the previous generation, because nobody said which application it is of. */
export class ApplicationTypeMissingError extends SeiError {
  readonly integrationId: number;
  constructor(integrationId: number) {
    super(
      `The previous generation of the API writes identities by applicationType, and none is known for integration ${integrationId}. Declare it: integrations: { <name>: { id: ${integrationId}, applicationType: GITHUB } }, or what it is.`,
    );
    this.integrationId = integrationId;
  }
}

/** The account speaks the other generation of the API. */
export class WrongGenerationError extends SeiError {
  /** The one that it speaks. */
  readonly spoken: Generation;
  constructor(spoken: Generation, missing: Call, answering: Call) {
    const name = spoken === "previous" ? "the previous generation" : "the current generation (v2)";
    const todo = howToSet(spoken);
    super(
      `${callText(missing)} is not there, and ${callText(answering)} is: this account speaks ${name} of the API: ${todo}.`,
      { call: missing, todo },
    );
    this.spoken = spoken;
  }
}

/** There is no request here that reads identities. */
export class IdentitiesUnavailableError extends SeiError {
  constructor(reason: string, todo: string) {
    super(`The identities cannot be read: ${reason}. ${todo.charAt(0).toUpperCase()}${todo.slice(1)}.`, { todo });
  }
}
