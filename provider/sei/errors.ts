/** Every error that the client throws. */
export { EndpointError } from "./endpoint.js";
export {
  ContributorNotFoundError,
  ContributorsMissingError,
  UnprovenListError,
} from "./errors/contributor-errors.js";
export {
  ApplicationTypeMissingError,
  IdentitiesUnavailableError,
  WrongGenerationError,
} from "./errors/generation-errors.js";
export { failureOf, PartialWriteError } from "./errors/partial-write-error.js";
export {
  ConflictError,
  ForbiddenError,
  NotFoundError,
  RateLimitedError,
  RefusedError,
  SetupRequiredError,
  TooLargeError,
  UnauthorizedError,
  UnsupportedMediaTypeError,
} from "./errors/refusals.js";
export { type Call, SeiError } from "./errors/sei-error.js";
export { FieldMappingNotTakenError, SetupUnfinishedError } from "./errors/setup-errors.js";
export {
  CancelledError,
  ConnectionLostError,
  GatewayError,
  RedirectedError,
  ServerError,
  TimeoutError,
  UncertainWriteError,
  UnreachableError,
  UnreadableAnswerError,
} from "./errors/transport-errors.js";
export { UpsertAddedColumnsError, UpsertNotTakenError, UpsertNotUnderstoodError } from "./errors/upsert-errors.js";
export { ValidationError, type ValidationIssue } from "./errors/validation-error.js";
