import type { Generation } from "../roster/generation.js";
import type { Target } from "../roster/target.js";
import { accepted } from "./accepted.js";
import type { ContributorReader } from "./contributors/contributors.js";
import type { Learned } from "./learned.js";
import type { Routes } from "./routes/routes.js";
import type { Answer, SeiRequest } from "./transport/request.js";
import type { Transport } from "./transport/transport.js";

/** What the reader and the writer of one connection share. */
export interface Connection {
  readonly target: Target;
  readonly generation: Generation;
  /** Of that generation. */
  readonly routes: Routes;
  /** The v1 API (SEI 1.0) of the same account. */
  readonly contributors: ContributorReader;
  readonly learned: Learned;
  /** Reads under way at once. */
  readonly concurrency: number;
  /** Waits before the same thing is read again, because answers may lag behind writes or pages may have shifted. */
  readonly rereadMs: readonly number[];
  /** Sends; a 2xx whose body says that it failed is an error too. */
  call(request: SeiRequest): Promise<Answer>;
  /** Sends; the body is not looked at. */
  send(request: SeiRequest): Promise<Answer>;
  wait(ms: number): Promise<void>;
}

export function callsOver(transport: Transport, scrub: (text: string) => string): Pick<Connection, "call" | "send"> {
  return {
    call: async (request) => accepted(await transport.send(request), scrub),
    send: (request) => transport.send(request),
  };
}
